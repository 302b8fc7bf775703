using System.Globalization;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>Numbers with units as people write them.</summary>
public static class QuantityFormat
{
    /// <summary>
    /// A value in the suffix it was written in: 0.83 as "83 %"; without a suffix, or where the number would be long, in
    /// the unit that suits it.
    /// </summary>
    public static string Text(double value, UnitInfo? unit, UnitSuffix suffix)
    {
        if (unit is null || suffix.Suffix.Length == 0 || (suffix.Factor == 1 && Math.Abs(value) >= 1e4))
        {
            return Text(value, unit);
        }

        var space = char.IsLetter(suffix.Suffix[0]) && suffix.Suffix.Length == 1 ? "" : " ";
        return Number(Divide(value, suffix.Factor)) + space + suffix.Suffix;
    }

    /// <summary>
    /// A value in the unit that suits it: seconds as "30 m", fractions as "83 %", large amounts with k, M or B.
    /// </summary>
    public static string Text(double value, UnitInfo? unit)
    {
        if (unit is null || !double.IsFinite(value))
        {
            return Number(value);
        }

        if (unit.Symbol == "s")
        {
            return Duration(value);
        }

        if (unit.Fits(Fraction.Info))
        {
            return Math.Abs(value) is > 0 and < 0.001
                ? Number(value * 10_000) + " bps"
                : Number(value * 100) + " %";
        }

        var (text, letter) = Math.Abs(value) switch
        {
            >= 1e9 => (value / 1e9, "B"),
            >= 1e6 => (value / 1e6, "M"),
            >= 1e4 => (value / 1e3, "k"),
            _ => (value, ""),
        };
        return (Number(text) + letter + (unit.Symbol.Length > 0 ? " " + unit.Symbol : "")).Trim();
    }

    /// <summary>A number with at most four significant digits, more only where it is whole and short.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        return value == Math.Round(value) && Math.Abs(value) < 1e7
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : value.ToString("G4", CultureInfo.InvariantCulture);
    }

    /// <summary>value / factor without the rounding of 0.01 and its like: dividing by 0.01 multiplies by 100.</summary>
    public static double Divide(double value, double factor)
    {
        var inverse = Math.Round(1 / factor);
        return factor < 1 && Math.Abs(inverse * factor - 1) < 1e-12 ? Math.Round(value * inverse, 10) : value / factor;
    }

    private static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        >= 172_800 => Number(seconds / 86_400) + " d",
        >= 7200 => Number(seconds / 3600) + " h",
        >= 120 => Number(seconds / 60) + " min",
        _ => Number(seconds) + " s",
    };
}
