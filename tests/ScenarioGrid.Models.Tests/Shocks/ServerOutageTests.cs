using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class ServerOutageTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("server-outage");

    [Fact]
    public void Servers_are_down_for_the_time_and_never_more_than_all()
    {
        var shock = new ServerOutage(new() { Fraction = new(0.6), For = new(100) });

        Assert.Equal(0.6, shock.At(0, 1));
        Assert.Equal(0.3, shock.At(99, 0.5));
        Assert.Equal(1, shock.At(99, 2));
        Assert.Equal(0, shock.At(100, 1));
    }
}
