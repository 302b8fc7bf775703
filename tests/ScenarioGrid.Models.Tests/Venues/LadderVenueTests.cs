using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using static ScenarioGrid.Models.Tests.Venues.PoolVenueTests;

namespace ScenarioGrid.Models.Tests.Venues;

/// <summary>Ladders of depths, and what providers earn.</summary>
public class LadderVenueTests
{
    [Theory]
    [MemberData(nameof(PoolVenueTests.Ladders), MemberType = typeof(PoolVenueTests))]
    public void Selling_or_buying_a_depth_of_the_ladder_moves_the_spot_by_its_basis_points(string curve) =>
        Gen.Double[0.87, 1.13].Sample(move =>
        {
            double[] steps = [10e-4, 50e-4, 100e-4, 200e-4, 1000e-4];
            var still = new ConstantProductVenue.Parameters()
            {
                Fee = new(0), ArbitrageTiming = PoolVenue.Timing.NextTick,
            };
            for (var k = 0; k < steps.Length; k++)
            {
                var (venue, harness) = Make(curve, still);
                harness.Set(venue.MarketPrice, Price * move).Step();
                var before = Value(venue.Spot);
                var (sell, buy, depth) = (Sell(venue, k), Buy(venue, k), Value(((LadderVenue)venue).Depth100));
                var (down, first) = Make(curve, still);
                first.Set(down.MarketPrice, Price * move).Set(down.Sell, sell).Step();
                var (up, second) = Make(curve, still);
                second.Set(up.MarketPrice, Price * move).Set(up.Buy, buy).Step();

                // Bins end, so a depth may be all that is left before the price has moved as far.
                var mayEnd = venue is ConcentratedLiquidityVenue && steps[k] > 0.01;
                var (low, high) = (before * (1 - steps[k]), before * (1 + steps[k]));
                Assert.InRange(Value(down.Spot), low * (1 - 1e-9), mayEnd ? before : low * (1 + 1e-9));
                Assert.InRange(Value(up.Spot), mayEnd ? before : high * (1 - 1e-9), high * (1 + 1e-9));
                Assert.True(k != 2 || Math.Abs(Value(down.Proceeds) - depth) < 1e-7 * depth);
            }
        }, iter: 20);

    [Theory]
    [MemberData(nameof(PoolVenueTests.Curves), MemberType = typeof(PoolVenueTests))]
    public void The_curve_says_whether_there_is_a_ladder(string curve) =>
        Assert.Equal(curve == "constant-product" ? 0 : 1, Value(Make(curve, new()).Venue.Curve));

    // Metamorphic test vii: no fee, no gas, arbitraged each step: the pool loses its loss rate times its value.
    [Theory]
    [InlineData("constant-product")]
    [InlineData("weighted")]
    [InlineData("concentrated")]
    [InlineData("stableswap")]
    public void Without_fee_the_loss_to_arbitrageurs_is_that_versus_rebalancing(string curve)
    {
        const int Paths = 20_000;
        var (sigma, seconds) = curve == "stableswap" ? (0.02, 12) : (0.8, 600);
        var (venue, harness) = Make(curve, new() { Fee = new(0) }, Paths, seconds);
        var deviation = sigma * Math.Sqrt(seconds / Tick.YearSeconds);
        for (var i = 0; i < harness.Tick.Vectors; i++)
        {
            var market = venue.MarketPrice.Vecs;
            market[i] = Price * LaneMath.Exp(deviation * harness.Tick.Normal(99, i) - 0.5 * deviation * deviation);
        }

        var rate = venue switch
        {
            WeightedVenue => 0.5 * 0.8 * 0.2,
            ConcentratedLiquidityVenue c => 0.25 * Value(c.Root) * DepthOf(c),
            StableswapVenue => 0.5 * SlopeOf(venue) * Price / 1e8,
            _ => 0.125,
        };
        harness.Step();
        var losses = venue.LossVersusRebalancing.Span.ToArray();
        var expected = 1e8 * rate * deviation * deviation;
        var mean = losses.Average();
        var error = Math.Sqrt(losses.Sum(v => (v - mean) * (v - mean))) / losses.Length;
        Assert.True(Math.Abs(mean - expected) <= 4 * error, $"mean {mean:R}, expected {expected:R}, s.e. {error:R}");
        Assert.True(error < 0.02 * expected, $"s.e. {error:R} has no teeth");

        // Depth over value from the ladder: base taken per fall of the root of the price.
        static double DepthOf(ConcentratedLiquidityVenue c) =>
            Sell(c, 0) * Price / 1e8 / (1 / Math.Sqrt(1 - 0.001) - 1);

        // Base taken per relative fall of the price at balance: Ann/8 + 1/4 of the invariant.
        static double SlopeOf(PoolVenue venue) =>
            (200.0 / 8 + 0.25) * Value(((StableswapVenue)venue).Invariant) / Price;
    }

    [Theory]
    [MemberData(nameof(PoolVenueTests.Ladders), MemberType = typeof(PoolVenueTests))]
    public void The_return_of_providers_is_fees_less_the_loss_to_arbitrageurs(string curve)
    {
        var (venue, harness) = Make(curve, new());
        harness.Set(venue.MarketPrice, Price * 1.05).Step();
        var value = 1e8 + 0.05 * Price * Value(Make(curve, new()).Venue.ReserveBase);
        var expected = (Value(venue.Fees) - Value(venue.LossVersusRebalancing)) / value;
        Assert.Equal(expected, Value(((LadderVenue)venue).LpReturn), 1e-9);
        Assert.True(expected < 0);
    }

    [Theory]
    [MemberData(nameof(PoolVenueTests.Ladders), MemberType = typeof(PoolVenueTests))]
    public void Paths_of_a_larger_run_equal_those_of_a_smaller_one(string curve)
    {
        double[] Run(int paths)
        {
            var (venue, harness) = Make(curve, new() { Turnover = new(50) }, paths, 600);
            harness.Step(50, t => harness.Set(venue.MarketPrice, Price * (1 + 0.01 * Math.Sin(t))));
            return [.. venue.ReserveQuote.Span[..16].ToArray(), .. venue.Spot.Span[..16].ToArray()];
        }

        Assert.Equal(Run(16), Run(64));
    }

    private static double Sell(PoolVenue venue, int row) => venue.SellDepths.Row(row).At(0);

    private static double Buy(PoolVenue venue, int row) => venue.BuyDepths.Row(row).At(0);
}
