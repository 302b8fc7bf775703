using System.Globalization;
using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class NumberTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0.80", 0.8)]
    [InlineData("-12.5e-3", -0.0125)]
    [InlineData("1E+6", 1e6)]
    [InlineData("99999999999999999999", 1e20)]
    public void Plain_decimal_digits_are_a_number(string text, double expected)
    {
        var number = NumberText.Real("vol", text);
        Assert.Null(number.Fault);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(number.Value));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("010", 0)]
    [InlineData("-00.5", 0)]
    [InlineData("0x10", 1)]
    [InlineData("0o17", 1)]
    [InlineData("1_000", 1)]
    [InlineData("1,000", 1)]
    [InlineData("1:30", 1)]
    [InlineData("12.", 2)]
    [InlineData("1e", 1)]
    [InlineData("1e+", 1)]
    [InlineData(".5", 0)]
    [InlineData("+5", 0)]
    [InlineData("--5", 0)]
    [InlineData("1 ", 1)]
    [InlineData("１９４", 0)]
    [InlineData("1９", 1)]
    [InlineData("٣", 0)]
    [InlineData("abc", 0)]
    public void Any_other_spelling_is_a_format_fault(string text, int offset) =>
        Assert.Equal(
            new Fault("NUMBER_FORMAT", "write plain decimal digits", offset), NumberText.Real("vol", text).Fault);

    [Theory]
    [InlineData(".nan")]
    [InlineData(".NaN")]
    [InlineData("nan")]
    [InlineData(".inf")]
    [InlineData("-.inf")]
    [InlineData("+.INF")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    public void Numbers_that_are_not_finite_are_named_so(string text) =>
        Assert.Equal(new Fault("NOT_FINITE", "vol must be a finite number"), NumberText.Real("vol", text).Fault);

    [Fact]
    public void A_number_that_would_silently_become_zero_is_a_fault()
    {
        Assert.Equal(new Fault("RANGE", "vol is too close to 0"), NumberText.Real("vol", "1e-999").Fault);
        Assert.Equal(0, NumberText.Real("vol", "0e-999").Value);
        Assert.Null(NumberText.Real("vol", "0.0e5").Fault);
    }

    [Fact]
    public void Every_finite_number_survives_writing_and_reading() => Gen.Double.Sample(value =>
    {
        if (double.IsFinite(value) && value != 0)
        {
            Assert.Equal(value, NumberText.Real("x", value.ToString("R", CultureInfo.InvariantCulture)).Value);
        }
    });

    [Theory]
    [InlineData("1", 1)]
    [InlineData("4096", 4096)]
    [InlineData("10000000", 10_000_000)]
    public void A_whole_number_within_its_bounds_is_read(string text, long expected)
    {
        var number = NumberText.Integer("paths", text, 1, 10_000_000);
        Assert.Null(number.Fault);
        Assert.Equal(expected, number.Value);
    }

    [Theory]
    [InlineData("0", "INT_RANGE: paths must be 1..10000000")]
    [InlineData("-1", "INT_RANGE: paths must be 1..10000000")]
    [InlineData("10000001", "INT_RANGE: paths must be 1..10000000")]
    [InlineData("99999999999999999999", "INT_RANGE: paths must be 1..10000000")]
    [InlineData("1.5", "NUMBER_FORMAT: write plain decimal digits")]
    [InlineData("1e3", "NUMBER_FORMAT: write plain decimal digits")]
    [InlineData("007", "NUMBER_FORMAT: write plain decimal digits")]
    [InlineData("4k", "NUMBER_FORMAT: write plain decimal digits")]
    [InlineData("", "NUMBER_FORMAT: write plain decimal digits")]
    [InlineData(".inf", "NOT_FINITE: paths must be a finite number")]
    public void A_wrong_whole_number_is_a_fault(string text, string expected)
    {
        var fault = NumberText.Integer("paths", text, 1, 10_000_000).Fault;
        Assert.Equal(expected, $"{fault?.Code}: {fault?.Message}");
    }

    [Fact]
    public void Only_true_and_false_are_truth_values()
    {
        Assert.True(NumberText.Boolean("true").Value);
        Assert.Null(NumberText.Boolean("false").Fault);
        Assert.All(
            ["yes", "no", "on", "True", "TRUE", "1", "", "true "],
            text => Assert.Equal(new Fault("BOOL_FORMAT", "write true or false"), NumberText.Boolean(text).Fault));
    }
}
