using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Campaigns;

public class QuantityFormatTests
{
    [Theory]
    [InlineData(0.83, "%", 0.01, "83 %")]
    [InlineData(0.83, "", 1, "83 %")]
    [InlineData(0.0003, "bps", 0.0001, "3 bps")]
    public void Fractions_keep_their_suffix(double value, string suffix, double factor, string text) =>
        Assert.Equal(text, QuantityFormat.Text(value, Fraction.Info, new UnitSuffix(suffix, factor)));

    [Theory]
    [InlineData(89_512_345, "USD", 1, "89.51M USD")]
    [InlineData(194, "USD", 1, "194 USD")]
    public void Long_amounts_are_shortened(double value, string suffix, double factor, string text) =>
        Assert.Equal(text, QuantityFormat.Text(value, Usd.Info, new UnitSuffix(suffix, factor)));

    [Fact]
    public void A_setting_between_listed_levels_has_its_unit() =>
        Assert.Equal("3 min", QuantityFormat.Text(180, Second.Info, new UnitSuffix("", 1)));
}
