using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class TrafficBurstTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("traffic-burst");

    [Fact]
    public void Traffic_rises_over_the_ramp_and_ends_at_its_time()
    {
        var shock = new TrafficBurst(new() { Multiple = new(9), Ramp = new(100), For = new(1000) });

        Assert.Equal(1, shock.At(0, 1));
        Assert.Equal(3, shock.At(50, 1), 1e-14);
        Assert.Equal(9, shock.At(999, 1), 1e-14);
        Assert.Equal(81, shock.At(999, 2), 1e-12);
        Assert.Equal(1, shock.At(1000, 1));
    }
}
