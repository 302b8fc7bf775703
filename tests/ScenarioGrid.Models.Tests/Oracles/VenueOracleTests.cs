using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Oracles;

/// <summary>Laws of what is recorded, on every oracle that reads a venue.</summary>
public class VenueOracleTests
{
    private const double Price = 2000;

    public static TheoryData<string> Kinds => ["twap-oracle", "ema-oracle"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Attackers_are_told_how_it_averages_over_what_and_within_what(string kind)
    {
        var (oracle, _) = Make(kind, touchInterval: 0, truncation: 9116);
        Assert.Equal(Price, oracle.SpotStart.Span[0]);
        Assert.Equal(Price, oracle.Price.Span[0]);
        Assert.Equal(9116 * Math.Log(1.0001), oracle.MoveLimit.Span[0], 1e-9);
        Assert.Equal(
            kind == "ema-oracle"
                ? (600 / Math.Log(2), (double)Averaging.ExponentialArithmetic)
                : (1800, (double)Averaging.Geometric),
            (oracle.Window.Span[0], oracle.Averaging.Span[0]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_record_follows_the_spot_by_the_limit_a_block(string kind)
    {
        var (oracle, harness) = Make(kind, touchInterval: 0, truncation: 100);
        harness.Set(oracle.VenueSpot, Price / 2);
        for (var block = 1; block <= 3; block++)
        {
            harness.Step();
            Assert.Equal(-block * 100 * Math.Log(1.0001), oracle.Recorded.Span[0], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_is_recorded_while_the_chain_is_down(string kind)
    {
        var (oracle, harness) = Make(kind, touchInterval: 0, truncation: 0);
        harness.Set(oracle.VenueSpot, 2 * Price).Set(oracle.ChainIsUp, 0).Step(5);
        Assert.Equal((0.0, 60.0), (oracle.Recorded.Span[0], oracle.Untouched.Span[0]));
        harness.Set(oracle.ChainIsUp, 1).Step();
        Assert.Equal(Math.Log(2), oracle.Recorded.Span[0], 1e-12);
        Assert.Equal(0, oracle.Untouched.Span[0]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_pool_is_touched_with_the_probability_of_its_interval(string kind)
    {
        const int Paths = 20_000;
        var (oracle, harness) = Make(kind, touchInterval: 60, truncation: 0, Paths);
        harness.Set(oracle.VenueSpot, 2 * Price).Step();
        var expected = 1 - Math.Exp(-0.2);
        var share = (double)oracle.Recorded.Span.ToArray().Count(z => z > 0) / Paths;
        Assert.Equal(expected, share, 4 * Math.Sqrt(expected * (1 - expected) / Paths));
    }

    private static (VenueOracle Oracle, Harness Harness) Make(
        string name, double touchInterval, double truncation, int paths = 8)
    {
        var kind = ComponentCatalog.Default.Components[name];
        double[] values = [.. kind.Parameters.Select(x => x.Name switch
        {
            "touchInterval" => touchInterval,
            "truncation" => truncation,
            _ => x.Default,
        })];
        var oracle = (VenueOracle)kind.Create(values);
        var harness = new Harness(oracle, paths);
        harness.Set(oracle.VenueSpot, Price).Set(oracle.MarketPrice, Price).Set(oracle.ChainIsUp, 1).Start();
        return (oracle, harness);
    }
}
