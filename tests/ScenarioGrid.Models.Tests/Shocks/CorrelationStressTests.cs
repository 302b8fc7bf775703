using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class CorrelationStressTests
{
    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("correlation");

    [Fact]
    public void The_weight_lasts_for_its_time_and_never_passes_one()
    {
        var shock = new CorrelationStress(new() { Weight = new(0.6), For = new(100) });

        Assert.Equal(0.6, shock.At(99, 1));
        Assert.Equal(1, shock.At(99, 2));
        Assert.Equal(0, shock.At(100, 1));
    }

    /// <summary>ETH-BTC hourly: 0.837 on all days and 0.8654 on the worst 5 % of days of BTC.</summary>
    [Fact]
    public void The_default_takes_the_usual_correlation_to_that_of_the_worst_days()
    {
        var weight = new CorrelationStress(new()).At(0, 1);

        Assert.Equal(0.8654, (1 - weight) * 0.837 + weight, 1e-3);
    }
}
