using System.Globalization;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>Cuts a sweep down to the levels that are asked for, as overrides of the campaign file.</summary>
/// <remarks>The levels keep their bits, so a cell of the smaller sweep has the results of the same cell in the
/// whole.</remarks>
public static class CellFilter
{
    /// <summary>The overrides that leave only matching cells.</summary>
    /// <param name="campaign">The campaign with its whole sweep.</param>
    /// <param name="filters">"twap.window=30m" or "twap.window=30m,1h"; all must hold.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static IReadOnlyList<string> Overrides(Campaign campaign, IReadOnlyList<string> filters, Problems problems)
    {
        var overrides = new List<string>();
        foreach (var filter in filters)
        {
            var equals = filter.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? filter : filter[..equals].Trim();
            var axis = campaign.Sweep.Axes.FirstOrDefault(a => a.Name == name);
            if (equals < 1)
            {
                problems.Add("--cells", 1, 1, "FILTER", $"{Problem.Quote(filter)} is no filter; write setting=level");
            }
            else if (campaign.Sweep.Design != Design.Grid)
            {
                problems.Add("--cells", 1, 1, "FILTER",
                    "a sampled design has no levels to choose from; only a grid has");
            }
            else if (axis is null)
            {
                var known = campaign.Sweep.Axes.Select(a => a.Name).ToList();
                var suggestion = Suggestion.Text(name, known);
                problems.Add("--cells", 1, 1, "FILTER", $"{Problem.Quote(name)} is not swept"
                    + (suggestion.Length > 0 ? suggestion : $" (swept: {string.Join(", ", known)})"));
            }
            else if (Levels(axis, filter[(equals + 1)..], problems) is { Count: > 0 } levels)
            {
                overrides.Add($"sweep.{axis.Name}=[{string.Join(", ", levels.Order().Select(l => Written(axis, l)))}]");
            }
        }

        return overrides;
    }

    private static List<int> Levels(Axis axis, string wanted, Problems problems)
    {
        var levels = new List<int>();
        foreach (var text in wanted.Split(',', StringSplitOptions.TrimEntries))
        {
            var value = axis.Unit is null ? null : Read(axis, text);
            var level = Enumerable.Range(0, axis.Levels).FirstOrDefault(
                l => axis.Written?[l] == text || (value is { } number && IsSame(number, axis.Value(l))), -1);
            if (level < 0)
            {
                var known = Enumerable.Range(0, Math.Min(axis.Levels, 20)).Select(l => Label(axis, l));
                problems.Add("--cells", 1, 1, "FILTER",
                    $"{axis.Name} has no level {Problem.Quote(text)} (levels: {string.Join(", ", known)})");
            }
            else if (!levels.Contains(level))
            {
                levels.Add(level);
            }
        }

        return levels;
    }

    private static string Label(Axis axis, int level) => axis.Written?[level] ?? axis.Label(axis.Value(level));

    /// <summary>The level as written; a level of a range in the shortest text that is read as the same
    /// number.</summary>
    private static string Written(Axis axis, int level)
    {
        var (value, label) = (axis.Value(level), Label(axis, level));
        if (axis.Written is not null || Read(axis, label) == value)
        {
            return label;
        }

        var plain = value.ToString("R", CultureInfo.InvariantCulture);
        return axis.Unit!.Bare ? plain : $"{plain} {axis.Unit.Accepted.First(a => a.Factor == 1).Suffix}";
    }

    private static bool IsSame(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b));

    private static double? Read(Axis axis, string text)
    {
        var scalar = new SpecScalar(null, "", "--cells", 1, 1, text, true, 0);
        return new ValueReader(new Problems()).Quantity(scalar, axis.Name, axis.Unit!, out _);
    }
}
