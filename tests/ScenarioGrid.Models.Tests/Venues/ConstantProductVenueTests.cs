using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Parameters = ScenarioGrid.Models.Venues.ConstantProductVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

public class ConstantProductVenueTests
{
    private const double Price = 2000;

    /// <summary>No users, no choice of providers: only orders and arbitrage move the pool.</summary>
    private static readonly Parameters Quiet = new() { Turnover = new(0), LiquiditySpeed = new(0) };

    [Fact]
    public void No_trade_however_large_takes_the_last_of_a_reserve()
    {
        var (venue, harness) = Make(Quiet with { Fee = new(0), Arbitrage = false });
        harness.Set(venue.Buy, 1e30).Step();
        Assert.True(Value(venue.ReserveBase) > 0 && double.IsFinite(Value(venue.Spot)));
        harness.Set(venue.Buy, 0).Set(venue.Sell, 1e30).Step();
        Assert.True(Value(venue.ReserveQuote) > 0 && Value(venue.Spot) > 0);
    }

    [Fact]
    public void Reserves_change_only_by_what_enters_and_leaves() =>
        Gen.Select(Gen.Double[0, 5e4], Gen.Double[0, 1e8], Gen.Double[0.1, 4], Gen.Double[0.3, 3]).Sample(
            (sell, buy, multiple, move) =>
            {
                var (venue, harness) = Make(new() { FeeVolatilityGain = new(2), BreakerThreshold = new(0.3) });
                double x = Value(venue.ReserveBase), y = Value(venue.ReserveQuote);
                for (var tick = 0; tick < 10; tick++)
                {
                    harness.Set(venue.Sell, tick == 3 ? sell : 0).Set(venue.Buy, tick is 3 or 5 ? buy : 0);
                    harness.Set(venue.LiquidityMultiple, tick > 4 ? multiple : 1);
                    harness.Set(venue.MarketPrice, tick > 6 ? Price * move : Price).Step();
                    double x2 = Value(venue.ReserveBase), y2 = Value(venue.ReserveQuote);
                    Balanced(x, x2, Value(venue.BaseIn), Value(venue.BaseOut));
                    Balanced(y, y2, Value(venue.QuoteIn), Value(venue.QuoteOut));
                    (x, y) = (x2, y2);
                    Assert.True(x > 0 && y > 0);
                }
            }, iter: 200);

    [Fact]
    public void An_order_gets_what_the_curve_gives() => Gen.Double[1e-3, 1e6].Sample(sell =>
    {
        var (venue, harness) = Make(Quiet with { Arbitrage = false });
        harness.Set(venue.Sell, sell).Step();
        var paid = ConstantProduct.Out(sell, 25_000, 5e7, 0.997);
        Assert.Equal(sell, Value(venue.SoldBase));
        Assert.Equal(paid, Value(venue.Proceeds), 1e-12 * paid);
        Assert.Equal(paid / sell, Value(venue.AverageSellPrice), 1e-12 * Price);
        Assert.Equal(1 - paid / sell / Price, Value(venue.Slippage), 1e-10);
    });

    [Fact]
    public void The_product_of_reserves_never_falls_without_action_of_the_providers()
    {
        var (venue, harness) = Make(new() { LiquiditySpeed = new(0) }, paths: 64);
        var product = 25_000 * 5e7;
        harness.Step(500, tick =>
        {
            harness.Set(venue.MarketPrice, Price * (1 + 0.2 * Math.Sin(tick / 20.0))).Set(venue.Sell, tick % 7 * 10);
            var now = Value(venue.ReserveBase) * Value(venue.ReserveQuote);
            Assert.True(now >= product * (1 - 1e-14), $"{now:R} < {product:R} in tick {tick}");
            product = now;
        });
        Assert.True(product > 25_000 * 5e7);
    }

    [Fact]
    public void Arbitrage_leaves_the_spot_in_the_band_around_the_market() => Gen.Double[0.2, 5].Sample(move =>
    {
        var (venue, harness) = Make(Quiet);
        harness.Set(venue.MarketPrice, Price * move).Step();
        Assert.InRange(Value(venue.Spot) / (Price * move), 0.997 - 1e-3, 1 / 0.997 + 1e-3);
        Assert.True(Value(venue.MispricingMax) <= -Math.Log(0.997) + 1e-3);
    });

    [Fact]
    public void Arbitrage_waits_until_it_pays_for_its_gas()
    {
        var profit = ConstantProduct.ArbitrageTo(25_000.0, 5e7, 0.997, Price * 1.01).Profit[0];
        foreach (var (gas, spot) in new[] { (profit * 0.999, false), (profit * 1.001, true) })
        {
            var (venue, harness) = Make(Quiet);
            harness.Set(venue.NativePrice, 3000).Set(venue.GasPrice, gas / 3000 / 120_000 * 1e9);
            harness.Set(venue.MarketPrice, Price * 1.01).Step();
            Assert.Equal(spot, Value(venue.Spot) == Price);
        }
    }

    [Fact]
    public void Arbitrage_within_the_tick_undoes_the_orders_and_in_the_next_tick_lets_them_stand()
    {
        var (within, first) = Make(Quiet);
        first.Set(within.Sell, 1000).Step();
        Assert.InRange(Value(within.Spot) / Price, 0.996, 1);
        var (next, second) = Make(Quiet with { ArbitrageTiming = ConstantProductVenue.Timing.NextTick });
        second.Set(next.Sell, 1000).Step();
        Assert.True(Value(next.Spot) < 0.93 * Price);
        second.Set(next.Sell, 0).Step();
        Assert.InRange(Value(next.Spot) / Price, 0.996, 1);
    }

    // A34: a pool without fee that is arbitraged each step loses V (1 - exp(-sigma^2 dt/8)) of its value V in the mean.
    [Fact]
    public void Loss_versus_rebalancing_is_that_of_the_closed_form()
    {
        const int Paths = 20_000;
        const double Sigma = 0.8, Seconds = 86_400;
        var (venue, harness) = Make(Quiet with { Fee = new(0) }, Paths, Seconds);
        var deviation = Sigma * Math.Sqrt(Seconds / Tick.YearSeconds);
        var expected = 1e8 * ConstantProduct.ExpectedLoss(Sigma, Seconds / Tick.YearSeconds);
        for (var i = 0; i < harness.Tick.Vectors; i++)
        {
            var market = venue.MarketPrice.Vecs;
            market[i] = Price * LaneMath.Exp(deviation * harness.Tick.Normal(99, i) - 0.5 * deviation * deviation);
        }

        harness.Step();
        var losses = venue.LossVersusRebalancing.Span.ToArray();
        Within4StandardErrors(expected, losses);
    }

    [Fact]
    public void Users_trade_the_turnover_in_proportion_to_volatility()
    {
        foreach (var (volatility, pace) in new[] { (0.93, 1.0), (1.86, 2.0) })
        {
            var (venue, harness) = Make(
                new() { Arbitrage = false, LiquiditySpeed = new(0), Turnover = new(36.5) }, 10_000, 600);
            harness.Set(venue.MarketVolatility, volatility).Step();
            Within4StandardErrors(pace * 36.5 * 1e8 * 600 / Tick.YearSeconds, venue.Volume.Span.ToArray());
            var flows = venue.NetFlow.Span.ToArray();
            Within4StandardErrors(0, flows, 100);
        }
    }

    [Fact]
    public void Fees_are_the_fee_on_the_volume_of_users()
    {
        var (venue, harness) = Make(new() { Arbitrage = false, LiquiditySpeed = new(0) }, 64);
        harness.Set(venue.MarketVolatility, 0.93).Step();
        for (var path = 0; path < 64; path++)
        {
            var volume = venue.Volume.Span[path];
            Assert.Equal(0.003 * volume, venue.Fees.Span[path], 0.003 * (0.005 * volume) + 1e-9);
        }
    }

    [Fact]
    public void Liquidity_follows_the_dial_at_an_unchanged_price()
    {
        var (venue, harness) = Make(Quiet);
        harness.Set(venue.LiquidityMultiple, 0.02).Step();
        Assert.Equal(2e6, Value(venue.Tvl), 1e-6);
        Assert.Equal(Price, Value(venue.Spot), 1e-9);
        harness.Set(venue.LiquidityMultiple, 0).Step().Set(venue.LiquidityMultiple, 1).Step();
        Assert.Equal(1e8, Value(venue.Tvl), 1e-3);
    }

    [Fact]
    public void Providers_leave_when_fees_do_not_pay_for_the_loss_to_arbitrage()
    {
        // Fee yield 0 and loss 8 %/yr: short of the hurdle by 16 %/yr, so the speed is 0.3 a day times tanh(-2).
        var (venue, harness) = Make(new() { Turnover = new(0) }, seconds: 86_400);
        harness.Set(venue.MarketVolatility, 0.8).Step();
        Assert.Equal(1e8 * Math.Exp(0.3 * Math.Tanh(-2)), Value(venue.Tvl), 1);
    }

    [Fact]
    public void The_fee_rises_with_volatility_up_to_its_limit()
    {
        var (venue, harness) = Make(Quiet with { FeeVolatilityGain = new(10), FeeMax = new(0.01) });
        harness.Set(venue.MarketVolatility, 0.5).Step();
        Assert.Equal(0.003 + 10 * 0.5 * Math.Sqrt(12 / Tick.YearSeconds), Value(venue.Fee), 1e-15);
        harness.Set(venue.MarketVolatility, 5).Step();
        Assert.Equal(0.01, Value(venue.Fee));
    }

    [Fact]
    public void The_breaker_halts_trading_for_its_time_and_then_lets_the_price_go()
    {
        var (venue, harness) = Make(
            Quiet with { BreakerThreshold = new(0.1), BreakerWindow = new(96), HaltTime = new(60) });
        harness.Step(10).Set(venue.MarketPrice, Price * 0.8).Step();
        Assert.Equal(1, Value(venue.IsUp));
        harness.Set(venue.Sell, 10);
        for (var tick = 0; tick < 5; tick++)
        {
            harness.Step();
            Assert.Equal(0, Value(venue.IsUp));
            Assert.Equal(0, Value(venue.SoldBase));
        }

        harness.Step(3);
        Assert.Equal(1, Value(venue.IsUp));
        Assert.Equal(10, Value(venue.SoldBase));
    }

    [Fact]
    public void A_slow_move_within_the_threshold_of_the_window_does_not_halt()
    {
        var (venue, harness) = Make(Quiet with { BreakerThreshold = new(0.1), BreakerWindow = new(96) });
        harness.Step(300, tick =>
        {
            harness.Set(venue.MarketPrice, Price * Math.Exp(-0.005 * tick));
            Assert.Equal(1, Value(venue.IsUp));
        });
    }

    [Fact]
    public void Nothing_trades_while_the_chain_is_down()
    {
        var (venue, harness) = Make(new());
        harness.Set(venue.ChainIsUp, 0).Set(venue.Sell, 5).Set(venue.Buy, 5).Set(venue.MarketPrice, 1000).Step(5);
        Assert.Equal(Price, Value(venue.Spot));
        Assert.Equal(0, Value(venue.IsUp) + Value(venue.SoldBase) + Value(venue.SpentQuote) + Value(venue.Volume));
    }

    [Fact]
    public void The_outflow_limit_bounds_what_one_tick_takes() => Gen.Double[0.001, 0.999].Sample(limit =>
    {
        var (venue, harness) = Make(Quiet with { Arbitrage = false, OutflowLimit = new(limit) });
        harness.Set(venue.Sell, 1e9).Step();
        Assert.Equal(limit * 5e7, Value(venue.Proceeds), 1e-3);
    });

    [Fact]
    public void Liquidity_comes_and_goes_with_both_reserves() => Gen.Double[-2e8, 2e8].Sample(flow =>
    {
        var (venue, harness) = Make(Quiet);
        harness.Set(venue.LiquidityFlow, flow).Step();
        var moved = Math.Max(flow, -0.95e8);
        Assert.Equal(moved, Value(venue.LiquidityMoved), 1e-6);
        Assert.Equal(1e8 + moved, Value(venue.Tvl), 1e-6);
        Assert.Equal(Price, Value(venue.Spot), 1e-9);
        Assert.Equal(moved / 2 / Price, Value(venue.BaseIn) - Value(venue.BaseOut), 1e-6);
        Assert.Equal(moved / 2, Value(venue.QuoteIn) - Value(venue.QuoteOut), 1e-6);
        harness.Set(venue.ChainIsUp, 0).Step();
        Assert.Equal(0, Value(venue.LiquidityMoved));
        Assert.Equal(1e8 + moved, Value(venue.Tvl), 1e-6);
    });

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (venue, harness) = Make(new(), seconds: 600);
        harness.Set(venue.MarketVolatility, 0.8).Step(100, tick => harness.Set(venue.MarketPrice, Price + tick));
        Assert.Equal(
            [PinnedBase, PinnedQuote, PinnedFees],
            new[] { Value(venue.ReserveBase), Value(venue.ReserveQuote), Value(venue.Fees) });
    }

    private const double PinnedBase = 24605.939401949901, PinnedQuote = 51510133.793676078;

    private const double PinnedFees = 211.69346031871746;

    private static (ConstantProductVenue Venue, Harness Harness) Make(
        Parameters parameters, int paths = 8, double seconds = 12)
    {
        var venue = new ConstantProductVenue(parameters);
        var harness = new Harness(venue, paths, seconds);
        harness.Set(venue.MarketPrice, Price).Set(venue.MarketVolatility, 0.93).Set(venue.ChainIsUp, 1).Start();
        return (venue, harness);
    }

    private static double Value(Lane lane) => lane.Span[0];

    private static void Balanced(double before, double after, double enters, double leaves) =>
        Assert.Equal(enters - leaves, after - before, 1e-9 * (enters + leaves) + 1e-12 * (before + after));

    private static void Within4StandardErrors(double expected, double[] sample, double floor = 0)
    {
        var mean = sample.Average();
        var error = Math.Sqrt(sample.Sum(v => (v - mean) * (v - mean))) / sample.Length;
        Assert.True(Math.Abs(mean - expected) <= 4 * error + floor,
            $"mean {mean:R}, expected {expected:R}, s.e. {error:R}");
        Assert.True(expected == 0 || error < 0.02 * Math.Abs(expected), $"s.e. {error:R} has no teeth");
    }
}
