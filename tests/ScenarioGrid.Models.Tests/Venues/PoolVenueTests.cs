using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;

namespace ScenarioGrid.Models.Tests.Venues;

/// <summary>Laws that hold on every curve.</summary>
public class PoolVenueTests
{
    internal const double Price = 2000;

    public static TheoryData<string> Curves { get; } =
        ["constant-product", "weighted", "stableswap", "concentrated", "bell", "moving"];

    public static TheoryData<string> Ladders { get; } = ["weighted", "stableswap", "concentrated", "bell"];

    [Theory]
    [MemberData(nameof(Curves))]
    public void Reserves_change_only_by_what_enters_and_leaves_and_stay_above_zero(string curve) =>
        Gen.Select(Gen.Double[0, 5e4], Gen.Double[0, 1e8], Gen.Double[0.1, 4], Gen.Double[0.3, 3]).Sample(
            (sell, buy, multiple, move) =>
            {
                var (venue, harness) = Make(curve, new() { BreakerThreshold = new(0.3) });
                double x = Value(venue.ReserveBase), y = Value(venue.ReserveQuote);
                for (var tick = 0; tick < 10; tick++)
                {
                    harness.Set(venue.Sell, tick == 3 ? sell : 0).Set(venue.Buy, tick is 3 or 5 ? buy : 0);
                    harness.Set(venue.LiquidityMultiple, tick > 4 ? multiple : 1);
                    harness.Set(venue.MarketPrice, tick > 6 ? Price * move : Price).Step();
                    double x2 = Value(venue.ReserveBase), y2 = Value(venue.ReserveQuote);
                    var (moreBase, moreQuote) = venue is ConcentratedLiquidityVenue c
                        ? (Value(c.RecentredBase), Value(c.RecentredQuote)) : (0, 0);
                    Balanced(x, x2, Value(venue.BaseIn) + moreBase, Value(venue.BaseOut));
                    Balanced(y, y2, Value(venue.QuoteIn) + moreQuote, Value(venue.QuoteOut));
                    (x, y) = (x2, y2);
                    Assert.True(x >= 0 && y >= 0 && x + y > 0 && double.IsFinite(x + y));
                    Assert.InRange(Value(venue.SoldBase), 0, sell);
                    Assert.InRange(Value(venue.SpentQuote), 0, buy);
                }
            }, iter: 100);

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_small_order_is_paid_at_the_marginal_price_less_the_fee(string curve)
    {
        var (venue, harness) = Make(curve, new() { Arbitrage = false });
        var start = Value(venue.Spot);
        harness.Set(venue.Sell, 1e-3).Step();
        Assert.Equal(start * 0.997, Value(venue.AverageSellPrice), 1e-6 * start);
        harness.Set(venue.Sell, 0).Set(venue.Buy, 1).Step();
        Assert.Equal(start / 0.997, Value(venue.AverageBuyPrice), 1e-6 * start);
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void A_larger_order_gets_a_worse_price_and_moves_the_spot_further(string curve) =>
        Gen.Select(Gen.Double[0.1, 3000], Gen.Double[1.05, 3]).Sample((sell, factor) =>
        {
            (double Average, double Spot) Sold(double amount)
            {
                var (venue, harness) = Make(curve, new() { Arbitrage = false });
                harness.Set(venue.Sell, amount).Step();
                return (Value(venue.Proceeds) / amount, Value(venue.Spot));
            }

            var (small, large) = (Sold(sell), Sold(sell * factor));
            Assert.True(large.Average <= small.Average * (1 + 1e-12) && large.Spot <= small.Spot);
        }, iter: 50);

    [Theory]
    [MemberData(nameof(Curves))]
    public void Scaling_reserves_and_orders_leaves_prices_alone(string curve) =>
        Gen.Select(Gen.Double[0.01, 100], Gen.Double[1, 5000], Gen.Double[0.5, 2]).Sample((factor, sell, move) =>
        {
            (double Average, double Spot, double Fees) Run(double scale)
            {
                var (venue, harness) = Make(curve, new() { Liquidity = new(1e8 * scale) });
                harness.Set(venue.Sell, sell * scale).Set(venue.MarketPrice, Price * move).Step();
                return (Value(venue.AverageSellPrice), Value(venue.Spot), Value(venue.Fees) / scale);
            }

            var (one, many) = (Run(1), Run(factor));
            Assert.Equal(one.Average, many.Average, 1e-9 * one.Average);
            Assert.Equal(one.Spot, many.Spot, 1e-9 * one.Spot);
            Assert.Equal(one.Fees, many.Fees, 1e-7 * one.Fees + 1e-9);
        }, iter: 50);

    [Theory]
    [MemberData(nameof(Curves))]
    public void Another_currency_rescales_all_money(string curve) =>
        Gen.Select(Gen.Double[0.01, 100], Gen.Double[1, 5000], Gen.Double[0.5, 2]).Sample((factor, sell, move) =>
        {
            double[] Run(double scale)
            {
                var (venue, harness) = Make(curve, new() { Liquidity = new(1e8 * scale) }, price: Price * scale);
                harness.Set(venue.Sell, sell).Set(venue.MarketPrice, Price * scale * move).Step();
                return [.. new Lane[] { venue.Proceeds, venue.Spot, venue.ReserveQuote, venue.Tvl,
                    venue.LossVersusRebalancing }.Select(l => Value(l) / scale), Value(venue.ReserveBase)];
            }

            foreach (var (one, other) in Run(1).Zip(Run(factor)))
            {
                Assert.Equal(one, other, 1e-8 * Math.Abs(one) + 1e-6);
            }
        }, iter: 50);

    [Theory]
    [MemberData(nameof(Curves))]
    public void Arbitrage_leaves_the_spot_in_the_band_around_the_market(string curve) =>
        Gen.Double[0.85, 1.17].Sample(move =>
        {
            var (venue, harness) = Make(curve, new());
            harness.Set(venue.MarketPrice, Price * move).Step();

            // The fee that stays in the pool moves the price back a little, most where a coin is scarce.
            var slack = curve == "stableswap" ? 1e-2 : 1e-3;
            Assert.InRange(Value(venue.Spot) / (Price * move), 0.997 - slack, 1 / 0.997 + slack);
            Assert.True(Value(venue.LossVersusRebalancing) >= -1e-6);
        }, iter: 50);

    [Theory]
    [MemberData(nameof(Curves))]
    public void Arbitrage_waits_until_it_pays_for_its_gas(string curve)
    {
        var (first, run) = Make(curve, new());
        run.Set(first.MarketPrice, Price * 1.01).Step();
        var profit = Value(first.LossVersusRebalancing) - Value(first.Fees);
        Assert.True(profit > 0);
        foreach (var (gas, acts) in new[] { (profit * 0.999, true), (profit * 1.001, false) })
        {
            var (venue, harness) = Make(curve, new());
            var before = Value(venue.Spot);
            harness.Set(venue.NativePrice, 3000).Set(venue.GasPrice, gas / 3000 / 120_000 * 1e9);
            harness.Set(venue.MarketPrice, Price * 1.01).Step();
            Assert.Equal(acts, Value(venue.Spot) > before * 1.001);
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Liquidity_follows_the_dial_at_an_unchanged_price(string curve)
    {
        var (venue, harness) = Make(curve, new());
        var spot = Value(venue.Spot);
        harness.Set(venue.LiquidityMultiple, 0.02).Step();
        Assert.Equal(2e6, Value(venue.Tvl), 1e-3);
        Assert.Equal(spot, Value(venue.Spot), 1e-9 * spot);
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Nothing_trades_while_the_chain_is_down(string curve)
    {
        var (venue, harness) = Make(curve, new() { Turnover = new(50) });
        var spot = Value(venue.Spot);
        harness.Set(venue.ChainIsUp, 0).Set(venue.Sell, 5).Set(venue.Buy, 5).Set(venue.MarketPrice, 1000).Step(5);
        Assert.Equal(spot, Value(venue.Spot));
        Assert.Equal(0, Value(venue.IsUp) + Value(venue.SoldBase) + Value(venue.SpentQuote) + Value(venue.Volume));
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void The_outflow_limit_bounds_what_one_tick_takes(string curve) => Gen.Double[0.01, 0.9].Sample(limit =>
    {
        var (venue, harness) = Make(curve, new() { Arbitrage = false, OutflowLimit = new(limit) });
        var quote = Value(venue.ReserveQuote);
        harness.Set(venue.Sell, 1e9).Step();
        Assert.InRange(Value(venue.Proceeds) / quote, 0.996 * limit, limit * (1 + 1e-9));
        harness.Set(venue.Sell, 0).Set(venue.Buy, 1e15);
        var coins = Value(venue.ReserveBase);
        harness.Step();
        Assert.InRange(Value(venue.BoughtBase) / coins, 0.996 * limit, limit * (1 + 1e-9));
    }, iter: 20);

    [Theory]
    [MemberData(nameof(Curves))]
    public void Trades_that_call_forth_others_burst_around_the_same_turnover(string curve)
    {
        // Over times far above that of the excitation the variance of the count is 1/(1 - 0.6)^2 = 6.25 times that of a
        // Poisson count. So large a median cuts all trades at the same size, which leaves the count alone.
        var (calm, burst) = (Volumes(0), Volumes(0.6));
        Assert.Equal(calm.Mean, burst.Mean, 4 * Math.Sqrt((calm.Variance + burst.Variance) / 2000));
        Assert.InRange(burst.Variance / calm.Variance, 3, 7);

        (double Mean, double Variance) Volumes(double excitation)
        {
            var (venue, harness) = Make(curve, new()
            {
                Arbitrage = false, LiquiditySpeed = new(0), Turnover = new(200), TradeSize = new(1e7),
                Excitation = new(excitation),
            }, 2000, 600);
            harness.Step(10);
            var volumes = new double[2000];
            for (var tick = 0; tick < 20; tick++)
            {
                harness.Step();
                for (var path = 0; path < volumes.Length; path++)
                {
                    volumes[path] += venue.Volume.Span[path];
                }
            }

            var mean = volumes.Average();
            return (mean, volumes.Average(v => (v - mean) * (v - mean)));
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Users_come_at_the_busy_hours(string curve)
    {
        var (venue, harness) = Make(curve, new()
        {
            Arbitrage = false, LiquiditySpeed = new(0), Turnover = new(36.5), DaySwing = new(0.5),
        }, 2000, 3600);
        double At(int hour)
        {
            harness.Step(hour + 1 - harness.Ticks);
            return venue.Volume.Span.ToArray().Average();
        }

        Assert.Equal(1 / 3.0, At(4) / At(16), 0.03);
    }

    internal static double Value(Lane lane) => lane.Span[0];

    /// <summary>A venue with what is set here and no users unless they are asked for.</summary>
    internal static (PoolVenue Venue, Harness Harness) Make(
        string curve, ConstantProductVenue.Parameters set, int paths = 8, double seconds = 12, double price = Price)
    {
        var quiet = set.Turnover == new ConstantProductVenue.Parameters().Turnover
            ? set with { Turnover = new(0), LiquiditySpeed = new(0) } : set;
        PoolVenue venue = curve switch
        {
            "constant-product" => new ConstantProductVenue(quiet),
            "weighted" => new WeightedVenue(Copy(quiet, new WeightedVenue.Parameters())),
            "stableswap" => new StableswapVenue(Copy(quiet, new StableswapVenue.Parameters())),
            "bell" => new ConcentratedLiquidityVenue(Copy(quiet, new ConcentratedLiquidityVenue.Parameters()
            {
                Shape = ConcentratedLiquidityVenue.Form.Bell, Range = new(0.05), Bins = new(20),
            })),
            "moving" => new ConcentratedLiquidityVenue(
                Copy(quiet, new ConcentratedLiquidityVenue.Parameters() { RecentreAt = new(0.2) })),
            _ => new ConcentratedLiquidityVenue(Copy(quiet, new ConcentratedLiquidityVenue.Parameters())),
        };
        var harness = new Harness(venue, paths, seconds);
        harness.Set(venue.MarketPrice, price).Set(venue.MarketVolatility, 0.93).Set(venue.ChainIsUp, 1);
        if (venue is StableswapVenue stable)
        {
            harness.Set(stable.QuotePrice, 1);
        }

        return (venue, harness.Start());
    }

    internal static T Copy<T>(PoolVenue.PoolParameters from, T to)
        where T : PoolVenue.PoolParameters
    {
        foreach (var property in typeof(PoolVenue.PoolParameters).GetProperties().Where(p => p.CanWrite))
        {
            property.SetValue(to, property.GetValue(from));
        }

        return to;
    }

    internal static void Balanced(double before, double after, double enters, double leaves) =>
        Assert.Equal(enters - leaves, after - before, 1e-9 * (Math.Abs(enters) + leaves) + 1e-12 * (before + after));
}
