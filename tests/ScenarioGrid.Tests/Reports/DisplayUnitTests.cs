using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

public class DisplayUnitTests
{
    [Fact]
    public void Unit_suits_the_largest_value()
    {
        Assert.Equal("M USD", DisplayUnit.Of(Usd.Info, [1, -2.5e6]).Name);
        Assert.Equal("h", DisplayUnit.Of(Second.Info, [60, 43_200]).Name);
        Assert.Equal("min", DisplayUnit.Of(Second.Info, [5400]).Name);
        Assert.Equal("%", DisplayUnit.Of(Fraction.Info, [0.83]).Name);
        Assert.Equal("bps", DisplayUnit.Of(Fraction.Info, [0.0003]).Name);
        Assert.Equal("%/yr", DisplayUnit.Of(Volatility.Info, [0.93]).Name);
        Assert.Equal("", DisplayUnit.Of(null, [7]).Name);
    }

    [Fact]
    public void Values_are_shown_in_their_unit_or_not_at_all()
    {
        var unit = DisplayUnit.Of(Usd.Info, [2.5e6]);
        Assert.Equal(-1.23457, unit.Show(-1_234_567.8));
        Assert.Null(unit.Show(double.PositiveInfinity));
        Assert.Null(unit.Show(double.NaN));
        Assert.Equal("vaults.badDebt (M USD)", unit.Label("vaults.badDebt"));
        Assert.Equal("93 %/yr", DisplayUnit.Text(0.93, Volatility.Info));
    }
}
