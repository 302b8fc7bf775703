using System.Globalization;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Reports;

/// <summary>The unit in which a chart or a column shows a quantity: base units / <see cref="Factor"/>.</summary>
/// <param name="Factor">Base units in one unit shown.</param>
/// <param name="Name">"h", "%", "M USD"; empty for pure numbers.</param>
public readonly record struct DisplayUnit(double Factor, string Name)
{
    private static readonly DisplayUnit[] Durations =
        [new(86_400, "d"), new(3600, "h"), new(60, "min"), new(1, "s"), new(1e-3, "ms")];

    /// <summary>The unit that gives the largest of the values one to three digits before the point.</summary>
    public static DisplayUnit Of(UnitInfo? unit, IEnumerable<double> values)
    {
        var largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (unit is null || unit.Symbol.StartsWith("1/", StringComparison.Ordinal))
        {
            var percent = unit?.Accepted.FirstOrDefault(a => a.Suffix.StartsWith('%')) ?? default;
            return percent.Suffix is null ? new(1, unit?.Symbol ?? "") : new(percent.Factor, percent.Suffix);
        }

        if (unit.Symbol == "s")
        {
            // 90 minutes stay minutes: a unit is taken when the largest value is at least two of it.
            return largest == 0 ? new(1, "s") : Durations.FirstOrDefault(d => largest >= 2 * d.Factor, Durations[^1]);
        }

        if (unit.Fits(Fraction.Info))
        {
            return largest is > 0 and < 0.001 ? new(1e-4, "bps") : new(0.01, "%");
        }

        var (factor, letter) = largest switch
        {
            >= 1e9 => (1e9, "B"),
            >= 1e6 => (1e6, "M"),
            >= 1e4 => (1e3, "k"),
            _ => (1.0, ""),
        };
        return new DisplayUnit(factor, (letter + " " + unit.Symbol).Trim());
    }

    /// <summary>A value in this unit with six significant digits, null where it is not finite.</summary>
    public double? Show(double value) => double.IsFinite(value) ? Round(QuantityFormat.Divide(value, Factor)) : null;

    /// <summary>"vaults.badDebt.es99 (M USD)".</summary>
    public string Label(string name) => Name.Length == 0 ? name : $"{name} ({Name})";

    /// <summary>A value in base units as people read it, with its unit.</summary>
    public static string Text(double value, UnitInfo? unit)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "not a number" : value > 0 ? "\u221e" : "\u2212\u221e";
        }

        var percent = unit is not null && unit.Symbol.StartsWith("1/", StringComparison.Ordinal)
            ? unit.Accepted.FirstOrDefault(a => a.Suffix.StartsWith('%'))
            : default;
        return percent.Suffix is null
            ? QuantityFormat.Text(value, unit)
            : QuantityFormat.Text(value, unit, percent);
    }

    private static double Round(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
