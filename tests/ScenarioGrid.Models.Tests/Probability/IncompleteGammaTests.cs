using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class IncompleteGammaTests
{
    [Fact]
    public void Lower_agrees_with_mpmath() =>
        Reference.Check("incompleteGamma", 1e-13, x => IncompleteGamma.Lower(x[0], x[1]), results: 2);

    [Fact]
    public void Upper_agrees_with_mpmath() =>
        Reference.Check("incompleteGamma", 1e-13, x => IncompleteGamma.Upper(x[0], x[1]), results: 2, result: 1);

    [Fact]
    public void Lower_and_upper_add_up_to_one() =>
        Gen.Select(Gen.Double[0.1, 1_000], Gen.Double[0, 2_000]).Sample((a, x) =>
            Assert.Equal(1, IncompleteGamma.Lower(a, x) + IncompleteGamma.Upper(a, x), 1e-13));

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteGamma.Lower(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteGamma.Upper(1, -1));
    }
}
