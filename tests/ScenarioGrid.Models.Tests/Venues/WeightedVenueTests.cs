using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using static ScenarioGrid.Models.Tests.Venues.PoolVenueTests;
using Parameters = ScenarioGrid.Models.Venues.WeightedVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

public class WeightedVenueTests
{
    private const double Price = 2000;

    private static readonly Parameters Quiet = new() { Turnover = new(0), LiquiditySpeed = new(0) };

    [Fact]
    public void An_order_gets_what_the_curve_gives() =>
        Gen.Select(Gen.Double[1e-3, 1e5], Gen.Double[0.05, 0.95]).Sample((sell, weight) =>
        {
            var (venue, harness) = Make(Quiet with { Arbitrage = false, WeightBase = new(weight) });
            double x = 1e8 * weight / Price, y = 1e8 * (1 - weight);
            harness.Set(venue.Sell, sell).Step();
            var paid = WeightedPool.Out(sell, x, y, weight / (1 - weight), 0.997);
            Assert.Equal(paid, Value(venue.Proceeds), 1e-9 * paid);
            Assert.Equal(1 - paid / sell / Price, Value(venue.Slippage), 1e-9);
        });

    [Fact]
    public void Equal_weights_trade_like_the_constant_product_pool() => Gen.Double[0.5, 2].Sample(move =>
    {
        var (venue, harness) = Make(Quiet with { WeightBase = new(0.5) });
        harness.Set(venue.MarketPrice, Price * move).Set(venue.Sell, 100).Step();
        var other = new ConstantProductVenue(new() { Turnover = new(0), LiquiditySpeed = new(0) });
        var second = new Harness(other).Set(other.MarketPrice, Price).Set(other.ChainIsUp, 1).Start();
        second.Set(other.MarketPrice, Price * move).Set(other.Sell, 100).Step();
        Assert.Equal(Value(other.ReserveQuote), Value(venue.ReserveQuote), 1e-3);
        Assert.Equal(Value(other.LossVersusRebalancing), Value(venue.LossVersusRebalancing), 1e-3);
        Assert.Equal(Value(other.ImpermanentLoss), Value(venue.ImpermanentLoss), 1e-9);
    });

    [Fact]
    public void The_invariant_never_falls_without_action_of_the_providers()
    {
        var (venue, harness) = Make(Quiet with { Turnover = new(100) }, paths: 64);
        var invariant = 0.0;
        harness.Step(300, tick =>
        {
            harness.Set(venue.MarketPrice, Price * (1 + 0.2 * Math.Sin(tick / 20.0))).Set(venue.Sell, tick % 7 * 10);
            var now = WeightedPool.Invariant([Value(venue.ReserveBase), Value(venue.ReserveQuote)], [0.8, 0.2]);
            Assert.True(now >= invariant * (1 - 1e-13), $"{now:R} < {invariant:R} in tick {tick}");
            invariant = now;
        });
    }

    [Fact]
    public void A_heavy_base_loses_less_to_arbitrageurs_and_is_less_deep()
    {
        (double Loss, double Depth) Run(double weight)
        {
            var (venue, harness) = Make(Quiet with { WeightBase = new(weight) });
            var depth = Value(venue.Depth100);
            harness.Set(venue.MarketPrice, Price * 1.2).Step();
            return (Value(venue.LossVersusRebalancing), depth);
        }

        var (even, heavy) = (Run(0.5), Run(0.9));
        Assert.True(heavy.Loss < 0.5 * even.Loss && heavy.Depth < 0.5 * even.Depth, $"{heavy} {even}");
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (venue, harness) = Make(new());
        harness.Set(venue.MarketVolatility, 0.8).Step(100, tick => harness.Set(venue.MarketPrice, Price + tick));
        Assert.Equal([PinnedBase, PinnedQuote], new[] { Value(venue.ReserveBase), Value(venue.ReserveQuote) });
    }

    private const double PinnedBase = 42663.275623883732, PinnedQuote = 22320392.948623266;

    private static (WeightedVenue Venue, Harness Harness) Make(Parameters parameters, int paths = 8)
    {
        var venue = new WeightedVenue(parameters);
        var harness = new Harness(venue, paths, 600);
        harness.Set(venue.MarketPrice, Price).Set(venue.MarketVolatility, 0.93).Set(venue.ChainIsUp, 1).Start();
        return (venue, harness);
    }
}
