using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Tests.Scenarios;

public class CorrelationTests
{
    private static readonly string[] Names = ["eth", "btc", "sol"];

    [Fact]
    public void Pairs_that_are_not_given_are_uncorrelated() => Assert.Equal(
        [1, 0.8, 0, 0.8, 1, 0, 0, 0, 1],
        Correlation.Matrix(Names, [new CorrelationSpec("btc", "eth", 0.8)]).SelectMany(row => row));

    [Fact]
    public void A_fault_names_the_pairs_that_no_prices_can_have()
    {
        var matrix = Correlation.Matrix(
            Names, [new("eth", "btc", 0.9), new("btc", "sol", 0.9), new("eth", "sol", -0.5)]);

        Assert.Null(CorrelationMatrix.Root(matrix));
        Assert.Equal("smallest eigenvalue -0.55; no prices can have eth with btc 0.9, btc with sol 0.9, "
            + "eth with sol -0.5 at once; bring them nearer to 0", Correlation.Fault(Names, matrix));
    }
}
