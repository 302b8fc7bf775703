namespace ScenarioGrid.Grains.Tests.Contracts;

public class ClusterStatusTests
{
    [Theory]
    [InlineData(1, 5.0, 5.0)]
    [InlineData(1.5, 3.0, 1.0)]
    [InlineData(2, 4.0, 0.0)]
    [InlineData(1, 0.0, 0.0)]
    public void Imbalance_is_the_busiest_working_silo_over_their_mean(double expected, double first, double second) =>
        Assert.Equal(expected, new ClusterStatus(
            [Silo("working", first), Silo("working", second), Silo("silent", 100)], 1, 0, 0).Imbalance);

    [Fact]
    public void A_cluster_without_silos_is_even() => Assert.Equal(1, new ClusterStatus([], 0, 0, 0).Imbalance);

    private static SiloStatus Silo(string state, double speed) => new("a", "e", 0, 0, state, 0, speed, [], "h");
}
