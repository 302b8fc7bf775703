using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using Parameters = ScenarioGrid.Models.Oracles.TwapOracle.Parameters;

namespace ScenarioGrid.Models.Tests.Oracles;

public partial class TwapOracleTests
{
    private const double Price = 2000;

    private static readonly Parameters Geometric = new() { Window = new(1800), Cadence = new(12) };

    private static readonly Parameters Median = Geometric with { Mean = TwapOracle.Average.Median };

    private static readonly Parameters Arithmetic = Geometric with { Mean = TwapOracle.Average.Arithmetic };

    // Systems row 7 (b): k of W at the multiple m move a geometric mean by m^(k/W), an arithmetic one by 1 + (m - 1)
    // k/W.
    [Fact]
    public void A_held_spot_moves_the_mean_by_the_closed_form() =>
        Gen.Select(Gen.Double[0.1, 20], Gen.Int[1, 160]).Sample((multiple, blocks) =>
        {
            foreach (var parameters in new[] { Geometric, Arithmetic })
            {
                var (oracle, harness) = Make(parameters with { BreakLimit = new(10) });
                harness.Step(200).Set(oracle.VenueSpot, Price * multiple).Step(blocks);
                var expected = parameters == Geometric
                    ? TwapManipulation.GeometricShift(multiple, blocks, 150)
                    : TwapManipulation.ArithmeticShift(multiple, blocks, 150);
                Assert.Equal(Price * expected, Value(oracle.Price), 1e-10 * Price * expected);
            }
        }, iter: 50);

    [Fact]
    public void Without_a_break_limit_any_jump_is_answered()
    {
        var (oracle, harness) = Make(Arithmetic with { Window = new(12), BreakLimit = new(0) });
        harness.Step(10).Set(oracle.VenueSpot, 50 * Price).Step();
        Assert.Equal((1, 50 * Price), (Value(oracle.IsFresh), Math.Round(Value(oracle.Price), 6)));
        harness.Set(oracle.VenueSpot, Price / 50).Step();
        Assert.Equal((1, Price / 50), (Value(oracle.IsFresh), Math.Round(Value(oracle.Price), 6)));
    }

    [Fact]
    public void A_fast_mean_equals_the_mean_of_all_prices() =>
        Gen.Select(Gen.Double[1, 4000].Array[40, 80], Gen.Int[1, 30], Gen.Bool).Sample((prices, blocks, geometric) =>
        {
            var (oracle, harness) = Make((geometric ? Geometric : Arithmetic) with
            {
                Window = new(12 * blocks), BreakLimit = new(10),
            });
            foreach (var price in prices)
            {
                harness.Set(oracle.VenueSpot, price).Step();
            }

            var last = prices[^blocks..];
            var expected = geometric ? Math.Exp(last.Average(Math.Log)) : last.Average();
            Assert.Equal(expected, Value(oracle.LastMean), 1e-10 * expected);
        }, iter: 100);

    [Fact]
    public void The_mean_lies_between_the_recorded_prices() =>
        Gen.Select(Gen.Double[1, 4000].Array[20, 60], Gen.Double[1, 100], Gen.Double[12, 600]).Sample(
            (prices, cadence, window) =>
            {
                var (oracle, harness) = Make(Geometric with { Cadence = new(cadence), Window = new(window) });
                foreach (var price in prices)
                {
                    harness.Set(oracle.VenueSpot, price).Step();
                    var (low, high) = (Math.Min(prices.Min(), Price), Math.Max(prices.Max(), Price));
                    Assert.InRange(Value(oracle.LastMean), low * (1 - 1e-9), high * (1 + 1e-9));
                }
            }, iter: 100);

    [Fact]
    public void A_longer_tick_gives_the_mean_of_its_blocks()
    {
        var (slow, slowly) = Make(Geometric, 600);
        var (fast, quickly) = Make(Geometric);
        for (var hour = 0; hour < 30; hour++)
        {
            var price = Price * (1 + 0.1 * Math.Sin(hour));
            slowly.Set(slow.VenueSpot, price).Step();
            quickly.Set(fast.VenueSpot, price).Step(50);
            Assert.Equal(Value(fast.Price), Value(slow.Price), 1e-9 * Price);
        }
    }

    // Volatility 80 %, 150 prices of ages 1 to 150 blocks: the closed form of T12, and of T11 in the limit.
    [Fact]
    public void Lag_error_has_the_deviation_of_the_closed_form()
    {
        const int Paths = 2000;
        var (oracle, harness) = Make(Geometric, paths: Paths);
        var step = 0.8 * Math.Sqrt(12 / Tick.YearSeconds);
        harness.Step(160, _ =>
        {
            Vecs market = oracle.MarketPrice.Vecs, spot = oracle.VenueSpot.Vecs;
            for (var i = 0; i < harness.Tick.Vectors; i++)
            {
                spot[i] = market[i];
                market[i] *= LaneMath.Exp(step * harness.Tick.Normal(7, i));
            }
        });
        var errors = oracle.Error.Span.ToArray();
        var deviation = Math.Sqrt(errors.Average(e => e * e));
        var expected = TwapLag.DeviationOfBlocks(0.8, 12, 150);
        Assert.InRange(deviation / expected, 1 - 4 / Math.Sqrt(2 * Paths), 1 + 4 / Math.Sqrt(2 * Paths));
        var absolute = oracle.Lag.Span.ToArray().Average();
        Assert.InRange(absolute / TwapLag.MeanAbsolute(expected), 0.93, 1.07);
    }

    // Systems row 7 (d): after a jump the error is the part of the window that has not seen it.
    [Fact]
    public void After_a_crash_the_error_shrinks_with_the_age_of_the_crash()
    {
        var (oracle, harness) = Make(Geometric);
        harness.Step(200).Set(oracle.VenueSpot, Price * 0.6).Set(oracle.MarketPrice, Price * 0.6);
        for (var block = 1; block < 160; block++)
        {
            harness.Step();
            Assert.Equal(TwapLag.ErrorOfJump(Math.Log(0.6), 12 * block, 1800), Value(oracle.Error), 1e-10);
        }
    }

    // The limit of T18: 9116 ticks a block, held for one block: at most 0.61 % of the mean.
    [Fact]
    public void Truncation_bounds_what_one_block_can_do()
    {
        var (oracle, harness) = Make(Geometric with { Truncation = new(9116) });
        harness.Step(10).Set(oracle.VenueSpot, Price * 1e9).Step();
        Assert.Equal(Math.Pow(1.0001, 9116 / 150.0), Value(oracle.Price) / Price, 1e-9);
        harness.Set(oracle.VenueSpot, Price).Step(2);
        Assert.Equal(Math.Pow(1.0001, 9116 / 150.0), Value(oracle.Price) / Price, 1e-9);
    }

    [Fact]
    public void The_oracle_is_not_fresh_until_its_buffer_covers_the_window()
    {
        var (oracle, harness) = Make(Geometric with { BufferAge = new(1200) });
        for (var block = 1; block <= 60; block++)
        {
            harness.Set(oracle.VenueSpot, Price + block).Step();
            Assert.Equal(block >= 50 ? 1 : 0, Value(oracle.IsFresh));
            Assert.Equal(block >= 50 ? 0 : 12, Value(oracle.StaleTime));
            Assert.Equal(block < 50, Value(oracle.Price) == Price);
        }
    }

    [Fact]
    public void A_halted_chain_freezes_the_price_and_the_record()
    {
        var (oracle, harness) = Make(Geometric);
        harness.Step(10).Set(oracle.ChainIsUp, 0).Set(oracle.VenueSpot, 1000).Step(100);
        Assert.Equal(0, Value(oracle.IsFresh));
        Assert.Equal(Price, Value(oracle.Price));
        harness.Set(oracle.ChainIsUp, 1).Step();
        Assert.Equal(1, Value(oracle.IsFresh));
        Assert.Equal(Price * Math.Pow(0.5, 1 / 150.0), Value(oracle.Price), 1e-9 * Price);
    }

    [Fact]
    public void A_deviation_from_the_spot_freezes_the_price()
    {
        var (oracle, harness) = Make(Geometric with { DeviationLimit = new(0.2) });
        harness.Step(10).Set(oracle.VenueSpot, 0.5 * Price).Step();
        Assert.Equal((0, Price), (Value(oracle.IsFresh), Value(oracle.Price)));
        harness.Step(140);
        Assert.Equal(1, Value(oracle.IsFresh));
    }

    [Fact]
    public void A_mean_that_jumps_is_not_used()
    {
        var (oracle, harness) = Make(Arithmetic with { Window = new(12) });
        harness.Step(10).Set(oracle.VenueSpot, 1.6 * Price).Step();
        Assert.Equal((0, Price), (Value(oracle.IsFresh), Value(oracle.Price)));
        harness.Step();
        Assert.Equal((1, 1.6 * Price), (Value(oracle.IsFresh), Value(oracle.Price)));
    }

    [Fact]
    public void A_pool_that_nobody_touches_freezes_its_oracle()
    {
        var (oracle, harness) = Make(
            Geometric with { TouchInterval = new(86_400), FreezeAge = new(120) }, paths: 64);
        harness.Set(oracle.VenueSpot, 1.1 * Price).Step(11);
        var stale = oracle.IsFresh.Span.ToArray().Count(f => f == 0);
        Assert.InRange(stale, 50, 64);
        Assert.All(Enumerable.Range(0, 64), path =>
            Assert.True(oracle.IsFresh.Span[path] == 1 || oracle.Price.Span[path] <= Price * 1.0101));
    }

    [Fact]
    public void Touches_come_at_their_rate()
    {
        var (oracle, harness) = Make(Geometric with { TouchInterval = new(60) }, paths: 10_000);
        harness.Set(oracle.VenueSpot, 1.1 * Price).Step();
        var touched = oracle.Recorded.Span.ToArray().Count(z => z > 0) / 10_000.0;
        var chance = 1 - Math.Exp(-12 / 60.0);
        Assert.Equal(chance, touched, 4 * Math.Sqrt(chance * (1 - chance) / 10_000));
    }

    [Fact]
    public void Too_many_observations_are_refused()
    {
        var fault = Assert.Single(new Parameters { Window = new(86_400), Cadence = new(12) }.Check());
        Assert.Equal("cadence", fault.Parameter);
        Assert.Contains("7202 observations", fault.Message, StringComparison.Ordinal);
        Assert.Empty(new Parameters { Window = new(86_400), Cadence = new(60) }.Check());
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (oracle, harness) = Make(
            Arithmetic with { TouchInterval = new(30), Truncation = new(100), Cadence = new(50) });
        harness.Step(300, tick => harness.Set(oracle.VenueSpot, Price * (1 + tick % 50 * 0.004)));
        Assert.Equal([2264.2104628048378, 457.42728448558609], new[] { Value(oracle.Price), Value(oracle.Cumulative) });
    }

    private static (TwapOracle Oracle, Harness Harness) Make(Parameters parameters, double seconds = 12, int paths = 8)
    {
        var oracle = new TwapOracle(parameters);
        var harness = new Harness(oracle, paths, seconds);
        harness.Set(oracle.VenueSpot, Price).Set(oracle.MarketPrice, Price).Set(oracle.ChainIsUp, 1).Start();
        return (oracle, harness);
    }

    private static int TickOf(double price) => (int)Math.Floor(Math.Log(price) / Math.Log(1.0001));

    private static double Value(Lane lane) => lane.Span[0];
}
