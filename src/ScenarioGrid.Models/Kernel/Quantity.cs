namespace ScenarioGrid.Models.Kernel;

/// <summary>A number with its unit, in the base unit of <typeparamref name="TUnit"/>.</summary>
/// <param name="Value">The number in base units: seconds, dollars, tokens, fractions of one.</param>
public readonly record struct Quantity<TUnit>(double Value)
    where TUnit : IUnit
{
    public override string ToString() => $"{Value} {TUnit.Info.Symbol}".TrimEnd();
}

/// <summary>
/// The allowed range of a parameter or a port, written once: validation, error text, help and schema come from it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BoundsAttribute(double low, double high) : Attribute
{
    /// <summary>Smallest allowed value, in base units.</summary>
    public double Low { get; } = low;

    /// <summary>Largest allowed value, in base units.</summary>
    public double High { get; } = high;

    /// <summary>True when only whole numbers are allowed.</summary>
    public bool Whole { get; init; }
}

/// <summary>What an attacker has to spend or to win by: the severity of the attack multiplies it, up to its upper
/// bound.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MeansAttribute : Attribute;

/// <summary>Parameters whose values constrain each other.</summary>
public interface IChecked
{
    /// <summary>
    /// Every broken rule: which parameter (as in the campaign file) and what is wrong, with its numbers.
    /// </summary>
    IEnumerable<(string Parameter, string Message)> Check();
}
