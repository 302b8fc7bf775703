using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class OutageTests
{
    [Fact]
    public void The_outage_of_78_minutes_equals_its_areas()
    {
        var outage = new Outage(40, 100, 4680);
        ReferenceCases.Check("Q21", outage.Backlog, outage.Drain, outage.Affected, outage.MeanDelay);
    }

    [Fact]
    public void The_mean_delay_is_half_the_outage() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Double[1, 1e5]).Sample((load, seconds) =>
            Assert.Equal(seconds / 2, new Outage(load * 100, 100, seconds).MeanDelay, seconds * 1e-12));

    [Fact]
    public void Full_load_never_drains() => Assert.Equal(double.PositiveInfinity, new Outage(100, 100, 1).Drain);
}
