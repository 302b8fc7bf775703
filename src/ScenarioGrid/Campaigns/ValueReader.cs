using System.Globalization;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads the value of one parameter: its grammar, its unit, its range.</summary>
internal sealed class ValueReader(Problems problems)
{
    private static readonly string[] AllSymbols = typeof(UnitInfo).Assembly.GetTypes()
        .Where(t => t.IsValueType && typeof(IUnit).IsAssignableFrom(t))
        .SelectMany(t => ((UnitInfo)t.GetProperty(nameof(IUnit.Info))!.GetValue(null)!).Accepted)
        .Select(s => s.Suffix).Distinct().ToArray();

    public Problems Problems => problems;

    /// <summary>The value in base units, or null with a problem.</summary>
    public double? Read(SpecNode node, ParameterInfo parameter) => Read(node, parameter, out _);

    /// <inheritdoc cref="Read(SpecNode, ParameterInfo)"/>
    public double? Read(SpecNode node, ParameterInfo parameter, out UnitSuffix suffix)
    {
        suffix = new UnitSuffix("", 1);
        if (node is not SpecScalar scalar)
        {
            problems.Add(node, "SHAPE", $"{parameter.Name} takes one value, not {node.Shape}");
            return null;
        }

        if (parameter.IsSwitch)
        {
            return NumberText.Boolean(scalar.Text).TryGet(scalar, problems, out var isOn) ? isOn ? 1 : 0 : null;
        }

        return parameter.Choices is not null
            ? Choice(scalar, parameter)
            : Quantity(scalar, parameter.Name, parameter.Unit!, out suffix) is { } value
                && InRange(scalar, parameter, value, suffix)
                ? value
                : null;
    }

    /// <summary>A quantity with one of the suffixes of its unit, in base units.</summary>
    public double? Quantity(SpecScalar scalar, string key, UnitInfo unit, out UnitSuffix suffix)
    {
        suffix = new UnitSuffix("", 1);
        if (!QuantityText.Parse(key, scalar.Text, AllSymbols).TryGet(scalar, problems, out var quantity))
        {
            return null;
        }

        if (quantity.Unit.Length == 0 && unit.Bare)
        {
            return quantity.Number;
        }

        foreach (var accepted in unit.Accepted)
        {
            if (accepted.Suffix == quantity.Unit)
            {
                suffix = accepted;
                return quantity.Times(accepted.Factor);
            }
        }

        var unknown = quantity.Unit.Length > 0 && !AllSymbols.Contains(quantity.Unit)
            ? $"; {Problem.Quote(quantity.Unit)} is not a unit"
                + Suggestion.Text(quantity.Unit, unit.Accepted.Select(a => a.Suffix))
            : quantity.Unit.Length > 0 ? $", not {Problem.Quote(quantity.Unit)}" : "";
        problems.Add(scalar.File, scalar.Line,
            scalar.ColumnOf(Math.Min(quantity.UnitOffset, Math.Max(0, scalar.Text.Length - 1))), "UNIT",
            $"{key} needs {unit.Name} like {unit.Example}{unknown}");
        return null;
    }

    /// <summary>A duration in seconds between two bounds, for the keys of the engine itself.</summary>
    public double? Duration(SpecNode node, string key, double low, double high)
    {
        var parameter = new ParameterInfo(key, Second.Info, low, high, false, null, 0, null!);
        return Read(node, parameter);
    }

    private double? Choice(SpecScalar scalar, ParameterInfo parameter)
    {
        for (var i = 0; i < parameter.Choices!.Count; i++)
        {
            if (parameter.Choices[i] == scalar.Text)
            {
                return i;
            }
        }

        problems.Add(scalar, "CHOICE", $"{parameter.Name} is {Problem.Quote(scalar.Text)}; it must be one of "
            + $"{string.Join(", ", parameter.Choices)}{Suggestion.Text(scalar.Text, parameter.Choices)}");
        return null;
    }

    private bool InRange(SpecScalar scalar, ParameterInfo parameter, double value, UnitSuffix suffix)
    {
        if (value >= parameter.Low && value <= parameter.High && (!parameter.Whole || value == Math.Round(value)))
        {
            return true;
        }

        var unit = parameter.Unit!;
        if (unit.Fits(Fraction.Info) && parameter is { Low: >= 0, High: <= 1 } && value is > 1 and <= 100
            && !scalar.Text.Contains('%', StringComparison.Ordinal))
        {
            problems.Add(scalar, "RANGE", string.Create(CultureInfo.InvariantCulture,
                $"{parameter.Name} is a fraction 0..1 (did you mean {value / 100:0.00}?)"));
        }
        else if (parameter.Whole && value != Math.Round(value))
        {
            problems.Add(scalar, "RANGE", $"{parameter.Name} is {scalar.Text}; it must be a whole number");
        }
        else
        {
            problems.Add(scalar, "RANGE", $"{parameter.Name} is {scalar.Text}; it must be between "
                + $"{Bound(parameter.Low, suffix)} and {Bound(parameter.High, suffix)}");
        }

        return false;
    }

    /// <summary>A bound in full and in the unit that was written.</summary>
    private static string Bound(double value, UnitSuffix suffix) =>
        (QuantityFormat.Divide(value, suffix.Factor).ToString("R", CultureInfo.InvariantCulture) + " " + suffix.Suffix)
            .Trim();
}
