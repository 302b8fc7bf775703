using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class QuantityTextTests
{
    private static readonly string[] s_units =
        ["USD", "bps", "%", "%/yr", "s", "m", "h", "d", "blocks", "gwei", "MB", "kWh", "x"];

    [Theory]
    [InlineData("40M USD", 40e6, "USD", 4)]
    [InlineData("30 bps", 30, "bps", 3)]
    [InlineData("93 %/yr", 93, "%/yr", 3)]
    [InlineData("12s", 12, "s", 2)]
    [InlineData("83 %", 83, "%", 3)]
    [InlineData("83%", 83, "%", 2)]
    [InlineData("7d", 7, "d", 1)]
    [InlineData("30m", 30, "m", 2)]
    [InlineData("1.5M", 1.5e6, "", 4)]
    [InlineData("50400 blocks", 50400, "blocks", 6)]
    [InlineData("194 USD", 194, "USD", 4)]
    [InlineData("0.80", 0.8, "", 4)]
    [InlineData("5MUSD", 5e6, "USD", 2)]
    [InlineData("2B USD", 2e9, "USD", 3)]
    [InlineData("2.5k  gwei", 2500, "gwei", 6)]
    [InlineData("10x", 10, "x", 2)]
    [InlineData("0x", 0, "x", 1)]
    [InlineData("5MB", 5, "MB", 1)]
    [InlineData("5kWh", 5, "kWh", 1)]
    [InlineData("-3 USD", -3, "USD", 3)]
    [InlineData("1e6 USD", 1e6, "USD", 4)]
    [InlineData("7 dys", 7, "dys", 2)]
    [InlineData("7Mdys", 7, "Mdys", 1)]
    [InlineData("1 USD ", 1, "USD", 2)]
    public void Number_and_unit_are_taken_apart(string text, double number, string unit, int unitOffset)
    {
        var quantity = QuantityText.Parse("x", text, s_units);
        Assert.Null(quantity.Fault);
        Assert.Equal(new QuantityText(number, unit, unitOffset), quantity.Value);
    }

    [Fact]
    public void A_multiplied_number_is_the_double_nearest_to_its_decimal_value() =>
        Gen.Int[0, 99_999_999].Sample(millionths =>
        {
            var text = $"{millionths / 1_000_000}.{millionths % 1_000_000:D6}M";
            Assert.Equal(millionths, QuantityText.Parse("x", text, s_units).Value.Number);
        });

    [Fact]
    public void A_change_of_unit_gives_the_nearest_double() => Gen.Int[0, 100_000].Sample(number =>
    {
        var quantity = new QuantityText(number, "", 0);
        Assert.Equal(number / 100.0, quantity.Times(0.01));
        Assert.Equal(number / 10_000.0, quantity.Times(0.0001));
        Assert.Equal(number / 3600.0, quantity.Times(1.0 / 3600));
        Assert.Equal(number * 86_400.0, quantity.Times(86_400));
        Assert.Equal(number * 0.3, quantity.Times(0.3));
    });

    [Theory]
    [InlineData("", "NUMBER_FORMAT", 0)]
    [InlineData("USD", "NUMBER_FORMAT", 0)]
    [InlineData("010 USD", "NUMBER_FORMAT", 0)]
    [InlineData("0x10", "NUMBER_FORMAT", 1)]
    [InlineData("1_000 USD", "NUMBER_FORMAT", 1)]
    [InlineData("1,5 USD", "NUMBER_FORMAT", 1)]
    [InlineData("1.2.3", "NUMBER_FORMAT", 3)]
    [InlineData("1.", "NUMBER_FORMAT", 1)]
    [InlineData("１９４ USD", "NUMBER_FORMAT", 0)]
    [InlineData("19４ USD", "NUMBER_FORMAT", 2)]
    [InlineData("1e3k USD", "NUMBER_FORMAT", 3)]
    [InlineData(".nan USD", "NOT_FINITE", 0)]
    [InlineData("-.inf", "NOT_FINITE", 0)]
    [InlineData("1e999 USD", "NOT_FINITE", 0)]
    [InlineData("1e-999 USD", "RANGE", 0)]
    public void A_wrong_number_is_a_fault_with_its_place(string text, string code, int offset)
    {
        var fault = QuantityText.Parse("x", text, s_units).Fault;
        Assert.Equal((code, offset), (fault?.Code, fault?.Offset));
    }

    [Theory]
    [InlineData("7 blcks", "'blcks' is not a unit (did you mean 'blocks'?)", 2)]
    [InlineData("7 parsec", "'parsec' is not a unit", 2)]
    [InlineData("7", "a unit is missing", 0)]
    public void An_unknown_unit_is_named(string text, string message, int offset) => Assert.Equal(
        new Fault("UNIT", message, offset), QuantityText.Parse("x", text, s_units).Value.UnknownUnit(s_units));

    [Fact]
    public void No_text_throws() => Gen.String[Gen.Char[" 0123456789.eE+-_kMB%/USDdshxnaif４é"], 0, 12].Sample(text =>
    {
        var quantity = QuantityText.Parse("x", text, s_units);
        Assert.True(quantity.Fault is { } fault
            ? fault.Offset <= text.Length
            : double.IsFinite(quantity.Value.Number) && quantity.Value.UnitOffset <= text.Length);
    });
}
