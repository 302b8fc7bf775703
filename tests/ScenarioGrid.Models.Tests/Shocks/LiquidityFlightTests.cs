using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class LiquidityFlightTests
{
    private const double Day = 86_400;

    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("liquidity-flight");

    [Fact]
    public void Liquidity_leaves_by_halves_of_the_log_and_comes_back_the_same_way()
    {
        var shock = new LiquidityFlight(new()
        {
            Fraction = new(0.75), HalfLife = new(10), For = new(1000), Recovery = new(500),
        });

        Assert.Equal(1, shock.At(0, 1));
        Assert.Equal(0.5, shock.At(10, 1), 1e-14);
        Assert.Equal(0.25, shock.At(999, 1), 1e-12);
        Assert.Equal(0.5, shock.At(1500, 1), 1e-12);
        Assert.Equal(0.0625, shock.At(999, 2), 1e-12);
    }

    [Fact]
    public void Without_half_lives_it_leaves_at_once_for_good()
    {
        var shock = new LiquidityFlight(new() { Fraction = new(0.98), HalfLife = new(0), Recovery = new(0) });

        Assert.Equal(0.02, shock.At(0, 1), 1e-15);
        Assert.Equal(0.02, shock.At(1000 * Day, 1), 1e-15);
    }

    /// <summary>Kaiko: depth 57 % lower at once, still 40 % lower three months after the fall of FTX.</summary>
    [Fact]
    public void The_default_is_the_flight_after_FTX()
    {
        var shock = new LiquidityFlight(new());

        Assert.Equal(0.43, shock.At(3 * Day, 1), 0.01);
        Assert.Equal(0.60, shock.At(93 * Day, 1), 0.01);
    }
}
