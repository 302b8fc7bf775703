using ScenarioGrid.Models.Attacks;
using ScenarioGrid.Models.Bridges;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Attacks;

public class BridgeKeyCompromiseTests
{
    private const double Day = 86_400;

    [Fact]
    public void Effort_lasts_from_the_onset_for_its_time_while_the_budget_pays()
    {
        var p = new BridgeKeyCompromise.Parameters
        {
            Effort = new(8), For = new(10 * Day), CostPerDay = new(1000 / Day), Budget = new(3500),
        };
        var attack = new BridgeKeyCompromise(p) { Onset = 2 * Day };
        var harness = new Harness(attack, 8, Day);
        var hazards = new List<double>();
        harness.Step(8, _ => hazards.Add(attack.Hazard.Span[0]));
        Assert.Equal([0, 0, 0, 8, 8, 8, 4, 0], hazards);
        Assert.Equal(3500, attack.Cost.Span[0], 1e-9);
        Assert.Equal(-3500, attack.Profit.Span[0], 1e-9);
        Assert.Equal(0, attack.Success.Span[0]);
    }

    [Fact]
    public void Only_what_is_stolen_after_the_onset_is_profit_and_success_ends_the_effort()
    {
        var p = new BridgeKeyCompromise.Parameters { CostPerDay = new(1000 / Day), For = new(100 * Day) };
        var attack = new BridgeKeyCompromise(p) { Onset = 2 * Day };
        var harness = new Harness(attack, 8, Day);
        harness.Set(attack.TargetStolen, 50).Step(4).Set(attack.TargetStolen, 9050).Step(3);
        Assert.Equal(2000, attack.Cost.Span[0], 1e-9);
        Assert.Equal(7000, attack.Profit.Span[0], 1e-9);
        Assert.Equal(1, attack.Success.Span[0]);
        Assert.Equal(0, attack.Hazard.Span[0]);
    }

    [Fact]
    public void Effort_ends_with_its_time()
    {
        var attack = new BridgeKeyCompromise(new() { For = new(3 * Day), CostPerDay = new(0) });
        var harness = new Harness(attack, 8, Day).Step(3);
        Assert.Equal(5, attack.Hazard.Span[0]);
        harness.Step();
        Assert.Equal(0, attack.Hazard.Span[0]);
        Assert.Equal(0, attack.Cost.Span[0]);
    }

    [Fact]
    public void A_bridge_falls_as_often_as_its_quorum_does()
    {
        // Each of five keys falls with 1 - exp(-(effort) T); three are needed; the theft follows at once.
        const int Paths = 8192, Days = 10;
        var bridge = new MultisigBridge(new()
        {
            Signers = new(5), Threshold = new(3), KeyCompromise = new(0), KeyRotation = new(0), CommonCause = new(0),
            LaunchRate = new(1e9), TheftCost = new(0), Inflow = new(0), Outflow = new(0),
        });
        var attack = new BridgeKeyCompromise(new() { Effort = new(15), For = new(Days * Day), Budget = new(1e9) });
        var bridgeTicks = new Harness(bridge, Paths, Day).Set(bridge.ChainIsUp, 1).Set(bridge.Price, 1).Start();
        var attackTicks = new Harness(attack, Paths, Day);
        for (var day = 0; day <= Days + 1; day++)
        {
            bridgeTicks.Step();
            bridge.Stolen.Span.CopyTo(attack.TargetStolen.Span);
            attackTicks.Step();
            attack.Hazard.Span.CopyTo(bridge.CompromiseRate.Span);
        }

        var expected = Quorum.Theft(5, 3, 1 - Math.Exp(-15.0 * Days / 365));
        var actual = attack.Success.Span.ToArray().Average();
        var error = Math.Sqrt(expected * (1 - expected) / Paths);
        Assert.True(Math.Abs(actual - expected) <= 4 * error, $"{actual}, not {expected} within 4 x {error}");
        Assert.Equal(bridge.Stolen.Span[0] - attack.Cost.Span[0], attack.Profit.Span[0], 1e-6);
    }
}
