using ScenarioGrid.Models.Venues;

namespace ScenarioGrid.Models.Tests.Venues;

public class BookParametersTests
{
    [Fact]
    public void The_defaults_keep_every_rule() => Assert.Empty(new OrderBookVenue.Parameters().Check());

    [Fact]
    public void Levels_that_reach_too_far_are_refused()
    {
        var wide = new OrderBookVenue.Parameters { Levels = new(64), TickSize = new(0.01), TickGrowth = new(0.5) };
        Assert.Contains(wide.Check(), fault => fault.Parameter == "tickGrowth");
    }

    [Fact]
    public void Small_orders_are_not_larger_than_large_ones()
    {
        var turned = new OrderBookVenue.Parameters { SizeSmall = new(1e6), SizeLarge = new(1e5) };
        Assert.Contains(turned.Check(), fault => fault.Parameter == "sizeSmall");
    }
}
