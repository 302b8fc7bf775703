using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Oracles.EmaOracle.Parameters;

namespace ScenarioGrid.Models.Tests.Oracles;

public class EmaOracleTests
{
    private const double Price = 2000;

    private static readonly Parameters OfLog = new() { Mean = EmaOracle.Average.Geometric };

    [Fact]
    public void A_held_spot_moves_the_average_by_one_less_the_weight_that_is_left() =>
        Gen.Select(Gen.Double[0.2, 10], Gen.Int[1, 300]).Sample((multiple, blocks) =>
        {
            var left = Math.Pow(2, -12.0 * blocks / 600);
            foreach (var parameters in new[] { OfLog, new Parameters() })
            {
                var (oracle, harness) = Make(parameters);
                harness.Step(10).Set(oracle.VenueSpot, Price * multiple).Step(blocks);
                var expected = parameters == OfLog
                    ? Math.Pow(multiple, 1 - left)
                    : 1 + (multiple - 1) * (1 - left);
                Assert.Equal(Price * expected, oracle.Price.Span[0], 1e-10 * Price * expected);
            }
        }, iter: 30);

    [Fact]
    public void The_length_of_a_tick_does_not_matter()
    {
        var (slow, slowly) = Make(OfLog, 600);
        var (fast, quickly) = Make(OfLog);
        for (var step = 0; step < 20; step++)
        {
            var price = Price * (1 + 0.1 * Math.Sin(step));
            slowly.Set(slow.VenueSpot, price).Step();
            quickly.Set(fast.VenueSpot, price).Step(50);
            Assert.Equal(fast.Price.Span[0], slow.Price.Span[0], 1e-9 * Price);
        }
    }

    [Fact]
    public void The_price_lies_between_the_recorded_ones() =>
        Gen.Double[1, 4000].Array[20, 60].Sample(prices =>
        {
            var (oracle, harness) = Make(new Parameters());
            foreach (var price in prices)
            {
                harness.Set(oracle.VenueSpot, price).Step();
            }

            var (low, high) = (Math.Min(prices.Min(), Price), Math.Max(prices.Max(), Price));
            Assert.InRange(oracle.Price.Span[0], low - 1e-9, high + 1e-9);
        }, iter: 50);

    // T13: the deviation of the lag, within 4 standard errors; prices of the block before take 0.5 % off or on.
    [Fact]
    public void Lag_error_has_the_deviation_of_the_closed_form()
    {
        const int Paths = 2000;
        var (oracle, harness) = Make(OfLog with { HalfLife = new(600 * Math.Log(2)) }, paths: Paths);
        var step = 0.8 * Math.Sqrt(12 / Tick.YearSeconds);
        harness.Step(300, _ =>
        {
            Vecs market = oracle.MarketPrice.Vecs, spot = oracle.VenueSpot.Vecs;
            for (var i = 0; i < harness.Tick.Vectors; i++)
            {
                spot[i] = market[i];
                market[i] *= LaneMath.Exp(step * harness.Tick.Normal(7, i));
            }
        });

        // Sum over ages k of (step b^k)^2 from 0 on: a block adds to the continuous form.
        var keep = Math.Exp(-12.0 / 600);
        var expected = step / Math.Sqrt(1 - keep * keep);
        Assert.Equal(TwapLag.DeviationOfExponential(0.8, 600), expected, 0.02 * expected);
        var deviation = Math.Sqrt(oracle.Error.Span.ToArray().Average(e => e * e));
        Assert.InRange(deviation / expected, 1 - 4 / Math.Sqrt(2 * Paths), 1 + 4 / Math.Sqrt(2 * Paths));
    }

    [Fact]
    public void An_untouched_pool_drifts_to_its_last_price_and_goes_stale()
    {
        var (oracle, harness) = Make(OfLog with { FreezeAge = new(1200) });
        harness.Step(5).Set(oracle.VenueSpot, 1.2 * Price).Step().Set(oracle.ChainIsUp, 0).Step(200);
        Assert.Equal(0, oracle.IsFresh.Span[0]);
        Assert.Equal(Price * Math.Pow(1.2, 1 - Math.Pow(2, -0.02)), oracle.Price.Span[0], 1e-9 * Price);
        Assert.Equal(1.2, Math.Exp(oracle.Mean.Span[0]), 0.02);
    }

    [Fact]
    public void Truncation_bounds_a_block()
    {
        var (oracle, harness) = Make(OfLog with { Truncation = new(9116) });
        harness.Step(10).Set(oracle.VenueSpot, 1e9 * Price).Step();
        var weight = 1 - Math.Pow(2, -12.0 / 600);
        Assert.Equal(9116 * Math.Log(1.0001) * weight, Math.Log(oracle.Price.Span[0] / Price), 1e-9);
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (oracle, harness) = Make(new() { TouchInterval = new(30), Truncation = new(100) });
        harness.Step(300, tick => harness.Set(oracle.VenueSpot, Price * (1 + tick % 50 * 0.004)));
        Assert.Equal(
            [2239.0896283820216, 0.17563256864315796],
            new[] { oracle.Price.Span[0], oracle.Recorded.Span[0] });
    }

    private static (EmaOracle Oracle, Harness Harness) Make(Parameters parameters, double seconds = 12, int paths = 8)
    {
        var oracle = new EmaOracle(parameters);
        var harness = new Harness(oracle, paths, seconds);
        harness.Set(oracle.VenueSpot, Price).Set(oracle.MarketPrice, Price).Set(oracle.ChainIsUp, 1).Start();
        return (oracle, harness);
    }
}
