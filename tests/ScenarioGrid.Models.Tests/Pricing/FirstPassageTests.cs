using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class FirstPassageTests
{
    [Theory]
    [InlineData("E18", 2000, 1500, 0, 0.8, 7.0 / 365)]
    [InlineData("E19", 100, 75, 0.05, 0.6, 0.25)]
    public void The_barrier_is_hit_with_the_probability_of_the_reflection_principle(
        string row, double spot, double barrier, double drift, double volatility, double years) =>
        ReferenceCases.Check(row, FirstPassage.Below(spot, barrier, drift, volatility, years));

    [Fact]
    public void More_time_and_a_nearer_barrier_never_lower_the_probability() =>
        Gen.Select(Gen.Double[0.1, 0.98], Gen.Double[-1, 1], Gen.Double[0.1, 2], Gen.Double[0.01, 2])
            .Sample((barrier, drift, volatility, years) =>
            {
                var hit = FirstPassage.Below(1, barrier, drift, volatility, years);
                Assert.InRange(hit, 0, 1 + 1e-12);
                Assert.True(FirstPassage.Below(1, barrier, drift, volatility, years * 1.1) >= hit - 1e-12);
                Assert.True(FirstPassage.Below(1, barrier * 1.01, drift, volatility, years) >= hit - 1e-12);
            });

    [Fact]
    public void Watching_less_often_sees_fewer_hits()
    {
        double[] hits = [.. new[] { 0, 1.0 / 8760, 1.0 / 365, 1.0 / 52 }
            .Select(interval => FirstPassage.BelowWatched(100, 75, 0.05, 0.6, 0.25, interval))];

        Assert.Equal(FirstPassage.Below(100, 75, 0.05, 0.6, 0.25), hits[0]);
        Assert.Equal(hits.OrderDescending(), hits);
        Assert.Equal(4, hits.Distinct().Count());
    }

    [Fact]
    public void A_barrier_at_the_spot_is_hit_at_once_and_no_time_hits_no_other()
    {
        Assert.Equal(1, FirstPassage.Below(100, 100, 0, 0.5, 0));
        Assert.Equal(0, FirstPassage.Below(100, 99, 0, 0.5, 0));
    }
}
