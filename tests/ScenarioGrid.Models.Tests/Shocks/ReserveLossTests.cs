using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class ReserveLossTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("reserve-loss");

    [Fact]
    public void The_share_is_lost_for_its_time_and_never_more_than_all()
    {
        var shock = new ReserveLoss(new() { Fraction = new(0.6), For = new(100) });

        Assert.Equal(0.6, shock.At(99, 1));
        Assert.Equal(1, shock.At(99, 2));
        Assert.Equal(0, shock.At(100, 1));
    }
}
