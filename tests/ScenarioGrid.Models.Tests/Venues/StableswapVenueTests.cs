using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using static ScenarioGrid.Models.Tests.Venues.PoolVenueTests;
using Parameters = ScenarioGrid.Models.Venues.StableswapVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

public class StableswapVenueTests
{
    private static readonly Parameters Quiet = new() { Turnover = new(0), LiquiditySpeed = new(0) };

    [Fact]
    public void An_order_gets_what_the_contract_gives() =>
        Gen.Select(Gen.Double[1e-3, 8e7], Gen.Double[2, 2000]).Sample((sell, a) =>
        {
            var (venue, harness) = Make(Quiet with { Arbitrage = false, Amplification = new(a) });
            harness.Set(venue.Sell, sell).Step();
            var paid = StableSwap.Out([5e7, 5e7], 0, 1, sell, 2 * a) * 0.9996;
            Assert.Equal(paid, Value(venue.Proceeds), 1e-12 * paid + 1e-7);
        });

    // A30 and A31: market check, ETH and stETH of 2022: the pool that starts at the published discount holds the
    // published balances.
    [Theory]
    [InlineData(0.9812490232, 0.683)]
    [InlineData(0.9373817574, 491_000 / 602_300.0)]
    public void At_the_discount_of_2022_the_pool_holds_the_published_share(double discount, double share)
    {
        var (venue, harness) = Make(
            Quiet with { Amplification = new(50), Peg = new(1), Liquidity = new(1e9) }, discount * 2000, quote: 2000);
        Assert.Equal(share, Value(venue.Imbalance), 1e-8);
        Assert.Equal(1e9, Value(venue.Tvl), 1e-3);
        Assert.Equal(discount * 2000, Value(venue.Spot), 1e-6);
        harness.Step();
        Assert.Equal(share, Value(venue.Imbalance), 1e-8);
    }

    [Fact]
    public void A_lost_peg_leaves_the_pool_full_of_the_bad_coin()
    {
        (double Imbalance, double Return, double Slippage) Run(double a)
        {
            var (venue, harness) = Make(Quiet with { Amplification = new(a) });
            harness.Step(50, tick => harness.Set(venue.MarketPrice, 1 - 0.01 * (tick + 1)));
            harness.Set(venue.Sell, 1e7).Step();
            return (Value(venue.Imbalance), Value(venue.LpReturn), Value(venue.Slippage));
        }

        var (flat, steep) = (Run(2000), Run(10));
        Assert.True(flat.Imbalance > 0.99 && steep.Imbalance is > 0.6 and < 0.98, $"{flat} {steep}");
        Assert.True(flat.Slippage > steep.Slippage);
    }

    [Fact]
    public void The_invariant_never_falls_without_action_of_the_providers()
    {
        var (venue, harness) = Make(Quiet with { Turnover = new(1000) }, paths: 64);
        var invariant = 1e8;
        harness.Step(300, tick =>
        {
            harness.Set(venue.MarketPrice, 1 + 0.2 * Math.Sin(tick / 20.0)).Set(venue.Sell, tick % 7 * 1e5);
            var now = Value(venue.Invariant);
            Assert.True(now >= invariant * (1 - 1e-12), $"{now:R} < {invariant:R} in tick {tick}");
            Assert.Equal(now, StableSwap.Invariant([Value(venue.ReserveBase), Value(venue.ReserveQuote)], 200), 1e-3);
            invariant = now;
        });
        Assert.True(invariant > 1e8);
    }

    [Fact]
    public void The_quote_held_is_told_at_the_price_of_its_coin()
    {
        var (venue, harness) = Make(Quiet, 2000, quote: 2000);
        harness.Set(venue.QuotePrice, 1000).Set(venue.MarketPrice, 1000).Step();
        Assert.Equal(-2.5e7, Value(venue.Revalued), 1e-6);
        Assert.Equal(2.5e7, Value(venue.ReserveQuote), 1e-6);
        Assert.Equal(5e7, Value(venue.Tvl), 1e-6);
        Assert.Equal(1000, Value(venue.Spot), 1e-9);
        Assert.Equal(0, Value(venue.Volume) + Value(venue.LossVersusRebalancing), 1e-6);
    }

    [Fact]
    public void The_moving_average_sees_a_spot_one_tick_late_and_half_of_it_after_its_half_life()
    {
        var (venue, harness) = Make(Quiet with { EmaHalfLife = new(600) });
        harness.Set(venue.MarketPrice, 0.9).Step();
        Assert.Equal(1, Value(venue.Ema), 1e-12);
        var log = Math.Log(Value(venue.Spot));
        harness.Step(50);
        Assert.Equal(Math.Exp(0.5 * log), Value(venue.Ema), 2e-4);
    }

    [Fact]
    public void Money_that_drains_the_pool_leaves_finite_reserves_above_zero() =>
        Gen.Select(Gen.Double[0, 25], Gen.Double[0, 0.05], Gen.Double[1, 1e5]).Sample((log, fee, a) =>
        {
            var parameters = Quiet with { Amplification = new(a), Fee = new(fee), Arbitrage = false };
            var (venue, harness) = Make(parameters);
            harness.Set(venue.Sell, Math.Exp(log + 10)).Step();
            harness.Set(venue.Sell, 0).Set(venue.Buy, Math.Exp(log)).Step();
            foreach (var lane in new Lane[] { venue.ReserveBase, venue.ReserveQuote, venue.Spot, venue.Invariant })
            {
                Assert.True(double.IsFinite(Value(lane)) && Value(lane) > 0);
            }
        });

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (venue, harness) = Make(new());
        harness.Set(venue.MarketVolatility, 0.05).Step(
            100, tick => harness.Set(venue.MarketPrice, 1 - 0.0005 * tick).Set(venue.Sell, tick * 1000));
        Assert.Equal(
            [PinnedBase, PinnedQuote, PinnedEma],
            new[] { Value(venue.ReserveBase), Value(venue.ReserveQuote), Value(venue.Ema) });
    }

    private const double PinnedBase = 85472587.112315074, PinnedQuote = 15101936.731952006;

    private const double PinnedEma = 0.97771468568697317;

    private static (StableswapVenue Venue, Harness Harness) Make(
        Parameters parameters, double price = 1, double quote = 1, int paths = 8)
    {
        var venue = new StableswapVenue(parameters);
        var harness = new Harness(venue, paths, 12);
        harness.Set(venue.MarketPrice, price).Set(venue.QuotePrice, quote).Set(venue.MarketVolatility, 0.02);
        return (venue, harness.Set(venue.ChainIsUp, 1).Start());
    }
}
