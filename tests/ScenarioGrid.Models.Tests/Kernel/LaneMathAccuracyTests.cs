using System.Globalization;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

/// <summary>LaneMath against values computed with mpmath in 60 digits (Data/generate.py).</summary>
public class LaneMathAccuracyTests
{
    [Fact]
    public void Exp_is_within_1_1_units_in_the_last_place() => Check("exp", 1.1, LaneMath.Exp);

    [Fact]
    public void Expm1_is_within_1_5_units_in_the_last_place() => Check("expm1", 1.5, LaneMath.Expm1);

    [Fact]
    public void Log_is_within_1_unit_in_the_last_place() => Check("log", 1, LaneMath.Log);

    [Fact]
    public void Log1p_is_within_1_unit_in_the_last_place() => Check("log1p", 1, LaneMath.Log1p);

    [Fact]
    public void Pow_is_within_1_5_units_in_the_last_place() => Check("pow", 1.5, null, LaneMath.Pow);

    [Fact]
    public void Sin_is_within_1_unit_in_the_last_place() => Check("sin", 1, LaneMath.Sin);

    [Fact]
    public void Cos_is_within_1_unit_in_the_last_place() => Check("cos", 1, LaneMath.Cos);

    [Fact]
    public void NormalCdf_is_within_1_5_units_in_the_last_place() => Check("normalCdf", 1.5, LaneMath.NormalCdf);

    [Fact]
    public void NormalInverse_has_a_relative_error_below_1e_15()
    {
        foreach (var row in Rows("normalInverse"))
        {
            var actual = LaneMath.NormalInverse(row[0]);
            var error = Math.Abs((actual - row[1] - row[2]) / row[1]);
            Assert.True(actual == row[1] || error <= 1e-15,
                $"NormalInverse({row[0]:R}): expected {row[1]:R}, actual {actual:R}, relative error {error:E2}");
        }
    }

    private static void Check(
        string name, double ulpMax, Func<double, double>? f, Func<double, double, double>? g = null)
    {
        var worst = (Ulp: 0.0, Text: "");
        foreach (var row in Rows(name))
        {
            var actual = f is null ? g!(row[0], row[1]) : f(row[0]);
            var ulp = UlpError(actual, row[^2], row[^1]);
            if (!(ulp <= worst.Ulp))
            {
                var arguments = string.Join(", ", row[..^2].Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
                worst = (ulp, $"{name}({arguments}): expected {row[^2]:R}, actual {actual:R}, error {ulp:F3} ulp");
            }
        }

        Assert.True(worst.Ulp <= ulpMax, $"{worst.Text}, allowed {ulpMax}");
    }

    /// <summary>|actual - (high + low)| in units of the last place of high; NaN or a wrong infinity count as
    /// infinite.</summary>
    private static double UlpError(double actual, double high, double low)
    {
        if (!double.IsFinite(actual) || !double.IsFinite(high))
        {
            return actual.Equals(high) ? 0 : double.PositiveInfinity;
        }

        var ulp = Math.BitIncrement(Math.Abs(high)) - Math.Abs(high);
        return Math.Abs((actual - high) / ulp - low / ulp);
    }

    private static IEnumerable<double[]> Rows(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Kernel", "Data", name + ".txt"));
        Assert.True(lines.Length >= 500, $"{name}: only {lines.Length} reference points");
        return lines.Select(line => line.Split(' ')
            .Select(word => BitConverter.UInt64BitsToDouble(ulong.Parse(word, NumberStyles.HexNumber)))
            .ToArray());
    }
}
