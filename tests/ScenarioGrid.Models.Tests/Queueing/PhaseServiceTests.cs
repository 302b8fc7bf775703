using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Tests.Queueing;

public class PhaseServiceTests
{
    [Fact]
    public void Mean_and_variation_are_those_asked_for() => Gen.Double[0.05, 25].Sample(variability =>
    {
        var service = new PhaseService(variability);
        var (p, less, more) = (service.ChanceOfMore, service.Less, service.More);
        Assert.InRange(p, 0, 1);
        var mean = (1 - p) * less + p * more;
        var variance = p * (1 - p) * (more - less) * (more - less);
        Assert.Equal(mean, service.Mean, 1e-12 * mean);
        Assert.Equal(variability, (variance + mean) / (mean * mean), 1e-9 * variability);
    });

    [Fact]
    public void Variation_one_is_one_exponential_phase()
    {
        var service = new PhaseService(1);
        Assert.Equal((1.0, 1.0), (service.Mean, service.More));
    }

    [Fact]
    public void A_service_without_variation_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhaseService(0.01));
}
