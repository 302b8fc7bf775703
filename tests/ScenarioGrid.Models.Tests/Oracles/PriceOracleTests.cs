using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Oracles;

public class PriceOracleTests
{
    [Fact]
    public void Every_oracle_keeps_the_contract()
    {
        string[] outputs = ["price", "isFresh", "age", "error"];
        string[] measures = ["lag", "lagMax", "staleTime", "frozenTime", "falseShare"];
        var oracles = ComponentCatalog.Default.Components.Values.Where(k => k.Family == "Oracles").ToArray();
        Assert.True(oracles.Length >= 4);
        Assert.All(oracles, kind =>
        {
            Assert.True(kind.Type.IsSubclassOf(typeof(PriceOracle)));
            Assert.All(outputs, o => Assert.Equal(LaneKind.Output, kind.Port(o)!.Kind));
            Assert.All(measures, m => Assert.NotEqual(Over.None, kind.Port(m)!.Over));
        });
    }

    [Fact]
    public void An_oracle_needs_somewhere_to_read_from() =>
        Assert.All(ComponentCatalog.Default.Components.Values.Where(k => k.Family == "Oracles"), kind =>
            Assert.Contains(kind.Slots, s => s.Required && s.Name is "venue" or "market" or "sources"));

    [Fact]
    public void A_fresh_price_far_from_the_market_is_false_and_a_refused_one_is_frozen()
    {
        var oracle = new EmaOracle(new() { DeviationLimit = new(0.5), FalseLimit = new(0.1) });
        var harness = new Harness(oracle);
        harness.Set(oracle.VenueSpot, 100).Set(oracle.MarketPrice, 100).Set(oracle.ChainIsUp, 1).Start().Step();
        (double, double, double) Seen() =>
            (oracle.FalseShare.Span[0], oracle.FrozenTime.Span[0], oracle.StaleTime.Span[0]);
        Assert.Equal((0, 0, 0), Seen());
        harness.Set(oracle.MarketPrice, 120).Step();
        Assert.Equal((1, 0, 0), Seen());
        Assert.Equal(Math.Log(100 / 120.0), oracle.Error.Span[0], 1e-12);
        harness.Set(oracle.VenueSpot, 200).Step();
        Assert.Equal((0, 12, 12), Seen());
        harness.Set(oracle.ChainIsUp, 0).Step();
        Assert.Equal((0, 0, 12), Seen());
        Assert.Equal(24, oracle.Age.Span[0]);
    }
}
