namespace ScenarioGrid.Measures;

/// <summary>Turns the values of one measure over all paths of a cell into one number with a confidence
/// interval.</summary>
/// <remarks>One file is one statistic (or one family with a number in its name); <see cref="Statistics"/> finds
/// it.</remarks>
public abstract class Statistic(string name)
{
    /// <summary>Name as a campaign writes it after the measure: <c>mean</c>, <c>p99.9</c>, <c>es95</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What the number is, in one sentence.</summary>
    public abstract string Definition { get; }

    /// <summary>The statistic of a sample, in the unit of the measure.</summary>
    public abstract Estimate Of(Sample sample);
}

/// <summary>Registers a statistic under its name, or a family under a pattern such as <c>p{percent}</c>.</summary>
/// <param name="name">The name; a family ends in <c>{percent}</c> and its class takes (name, percent).</param>
/// <param name="examples">Names that help texts and suggestions list for a family.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatisticAttribute(string name, params string[] examples) : Attribute
{
    /// <summary>Name or pattern.</summary>
    public string Name { get; } = name;

    /// <summary>Common members of a family; empty for a single statistic.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
