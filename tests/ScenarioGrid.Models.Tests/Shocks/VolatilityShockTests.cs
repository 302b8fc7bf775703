using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class VolatilityShockTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("volatility");

    [Fact]
    public void The_multiple_lasts_then_fades_by_halves_of_its_log()
    {
        var shock = new VolatilityShock(new() { Multiple = new(4), For = new(100), HalfLife = new(50) });

        Assert.Equal(4, shock.At(0, 1), 1e-14);
        Assert.Equal(4, shock.At(99, 1), 1e-14);
        Assert.Equal(4, shock.At(100, 1), 1e-14);
        Assert.Equal(2, shock.At(150, 1), 1e-14);
        Assert.Equal(16, shock.At(50, 2), 1e-13);
        Assert.Equal(2, shock.At(50, 0.5), 1e-14);
    }

    [Fact]
    public void Without_a_half_life_it_ends_at_once()
    {
        var shock = new VolatilityShock(new() { For = new(100), HalfLife = new(0) });

        Assert.Equal(5.3, shock.At(99.9, 1), 1e-14);
        Assert.Equal(1, shock.At(100, 1));
    }
}
