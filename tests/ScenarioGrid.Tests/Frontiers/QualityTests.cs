using ScenarioGrid.Frontiers;
using static ScenarioGrid.Frontiers.Direction;

namespace ScenarioGrid.Tests.Frontiers;

public class QualityTests
{
    private static readonly Direction[] Two = [Minimise, Minimise];

    // security.md section 11, row TO-4; source S33 (moocore, documentation of igd).
    [Fact]
    public void TO_4_distances_and_epsilons()
    {
        double[][] found = [[3.5, 5.5], [3.6, 4.1], [4.1, 3.2], [5.5, 1.5]];
        double[][] reference = [[1, 6], [2, 5], [3, 4], [4, 3], [5, 2], [6, 1]];
        Assert.Equal(1.0627908666722465, Quality.Igd(found, reference, Two), 1e-15);
        Assert.Equal(0.9855036468106652, Quality.IgdPlus(found, reference, Two), 1e-15);
        Assert.Equal(2.5, Quality.EpsilonAdditive(found, reference, Two), 1e-15);
        Assert.Equal(3.5, Quality.EpsilonMultiplicative(found, reference, Two), 1e-15);
    }

    // Row TO-5; source S33: example 4 of Ishibuchi et al. (2015), where IGD prefers the dominated set B, IGD+ does not.
    [Fact]
    public void TO_5_example_of_Ishibuchi()
    {
        double[][] reference = [[10, 0], [6, 1], [2, 2], [1, 6], [0, 10]];
        double[][] a = [[4, 2], [3, 3], [2, 4]], b = [[8, 2], [4, 4], [2, 8]];
        Assert.Equal(3.707092031609239, Quality.Igd(a, reference, Two), 1e-14);
        Assert.Equal(2.59148346584763, Quality.Igd(b, reference, Two), 1e-14);
        Assert.Equal(1.482842712474619, Quality.IgdPlus(a, reference, Two), 1e-14);
        Assert.Equal(2.260112615949154, Quality.IgdPlus(b, reference, Two), 1e-14);
    }

    [Fact]
    public void Maximising_mirrors_minimising()
    {
        double[][] found = [[3, 5], [4, 2]], reference = [[2, 4], [3, 1]];
        double[][] minusFound = [[-3, -5], [-4, -2]], minusReference = [[-2, -4], [-3, -1]];
        Direction[] up = [Maximise, Maximise];
        Assert.Equal(Quality.IgdPlus(found, reference, Two), Quality.IgdPlus(minusFound, minusReference, up));
        Assert.Equal(1, Quality.EpsilonAdditive(found, reference, Two));
        Assert.Equal(1, Quality.EpsilonAdditive(minusFound, minusReference, up));
        // Each value of (2, 4) must grow by 3/2 to reach (3, 5), or by 2 to reach (3, 1) from the wrong point.
        Assert.Equal(1.5, Quality.EpsilonMultiplicative([[2, 4]], [[3, 5]], up));
    }

    [Fact]
    public void A_ratio_of_values_that_are_not_positive_is_refused() =>
        Assert.Throws<ArgumentException>(() => Quality.EpsilonMultiplicative([[0, 1]], [[1, 1]], Two));
}
