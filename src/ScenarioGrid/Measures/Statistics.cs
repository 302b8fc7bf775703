using System.Globalization;
using System.Reflection;

namespace ScenarioGrid.Measures;

/// <summary>All statistics of this assembly, by name.</summary>
public static class Statistics
{
    private const string Placeholder = "{percent}";

    private static readonly (string Name, Type Type, IReadOnlyList<string> Examples)[] Known =
    [
        .. from type in typeof(Statistic).Assembly.GetTypes()
           let attribute = type.GetCustomAttribute<StatisticAttribute>()
           where attribute is not null
           orderby attribute.Name
           select (attribute.Name, type, attribute.Examples),
    ];

    /// <summary>Names to list and to suggest from: every single statistic, and common members of each family.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Known.SelectMany(k => k.Examples.Count > 0 ? k.Examples : [k.Name]).Order(StringComparer.Ordinal)];

    /// <summary>The statistic of that name, or null when there is none.</summary>
    public static Statistic? Find(string name)
    {
        foreach (var (pattern, type, _) in Known)
        {
            var isFamily = pattern.EndsWith(Placeholder, StringComparison.Ordinal);
            if (!isFamily && pattern == name)
            {
                return (Statistic)Activator.CreateInstance(type)!;
            }

            if (isFamily
                && name.StartsWith(pattern[..^Placeholder.Length], StringComparison.Ordinal)
                && Percent(name[(pattern.Length - Placeholder.Length)..]) is { } percent)
            {
                return (Statistic)Activator.CreateInstance(type, name, percent)!;
            }
        }

        return null;
    }

    /// <summary>A percentage between 0 and 100 in its one spelling: 5, 99.9, 0.1; not 05, 99.90 or 1e1.</summary>
    private static decimal? Percent(string text) =>
        text.Length <= 12
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
        && percent is > 0 and < 100
        && (percent / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture) == text
            ? percent
            : null;
}
