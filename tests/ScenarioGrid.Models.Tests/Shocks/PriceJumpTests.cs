using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class PriceJumpTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("price-jump");

    [Fact]
    public void The_price_falls_to_its_bottom_and_comes_back_by_halves()
    {
        var shock = new PriceJump(new() { Size = new(-0.4), Fall = new(600), Recovery = new(1000) });

        Assert.Equal(0, shock.At(0, 1));
        Assert.Equal(Math.Log(0.6) / 2, shock.At(300, 1), 1e-15);
        Assert.Equal(0.6, Math.Exp(shock.At(600, 1)), 1e-15);
        Assert.Equal(Math.Log(0.6) / 8, shock.At(3600, 1), 1e-15);
        Assert.Equal(0.36, Math.Exp(shock.At(600, 2)), 1e-15);
    }

    [Fact]
    public void Without_a_fall_it_jumps_and_without_a_recovery_it_stays()
    {
        var shock = new PriceJump(new() { Size = new(0.5), Fall = new(0), Recovery = new(0) });

        Assert.Equal(1.5, Math.Exp(shock.At(0, 1)), 1e-15);
        Assert.Equal(1.5, Math.Exp(shock.At(1e9, 1)), 1e-15);
    }
}
