using ScenarioGrid.Reports.Charts;

namespace ScenarioGrid.Tests.Reports.Charts;

public class PartsTests
{
    [Theory]
    [InlineData("v.badDebt.es99", "v.badDebt.es99")]
    [InlineData("venue.effectiveHalfSpreadMediumBook.es99", "venue.effectiveHalfSpreadMediumBook.es99")]
    [InlineData("the-collateral-of-everybody.badDebt.es99", "the-co")]
    public void A_long_instance_is_cut_and_its_measure_stays(string name, string beginning)
    {
        var text = Parts.Short(name);
        Assert.StartsWith(beginning, text, StringComparison.Ordinal);
        Assert.EndsWith(name[name.IndexOf('.', StringComparison.Ordinal)..], text, StringComparison.Ordinal);
    }
}
