using System.Text;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;

namespace ScenarioGrid.Campaigns;

/// <summary>Reads campaign files: all problems in one pass, each with its place.</summary>
public static class CampaignFile
{
    /// <summary>The format this version reads.</summary>
    public const int Version = 1;

    /// <summary>Keys of the top level.</summary>
    internal static readonly string[] Keys =
        ["version", "campaign", "about", "seed", "paths", "scenario", "sweep", "objectives", "thresholds"];

    private static readonly string[] ScenarioKeys = ["horizon", "tick", "instances", "correlations", "stress"];

    /// <summary>The campaign, or null with at least one problem.</summary>
    public static Campaign? Read(string text, ComponentCatalog catalog, Problems problems, string file = "campaign") =>
        Read(file, Encoding.UTF8.GetBytes(text), catalog, problems);

    /// <summary>The campaign, or null with at least one problem.</summary>
    /// <param name="file">Name of the file for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="catalog">The kinds that instances may have.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    public static Campaign? Read(string file, ReadOnlySpan<byte> bytes, ComponentCatalog catalog, Problems problems)
    {
        var root = SpecReader.Read(file, bytes, problems);
        return root is null ? null : Bind(root, Encoding.UTF8.GetString(bytes), catalog, problems);
    }

    /// <summary>The campaign of a tree that was read before, perhaps with settings overridden.</summary>
    public static Campaign? Bind(SpecNode root, string text, ComponentCatalog catalog, Problems problems)
    {
        if (root is not SpecMap map)
        {
            problems.Add(root, "SHAPE", $"a campaign is a map with the keys {string.Join(", ", Keys)}");
            return null;
        }

        var keys = new KeyReader(problems);
        if (!CheckVersion(map, problems))
        {
            return null;
        }

        keys.CheckKnown(map, Keys);
        var values = new ValueReader(problems);
        var scenario = keys.Map(map, "scenario");
        var (tick, ticks) = scenario is null ? (1, 1) : ReadClock(scenario, keys, values);
        keys.CheckKnown(scenario, ScenarioKeys);
        var system = new SystemBinder(catalog, keys, values).Read(scenario);
        CheckBars(system, tick, values);
        var sweep = new SweepBinder(system, keys, values).Read(keys.OptionalMap(map, "sweep"));
        if (!problems.Any)
        {
            StressBinder.CheckOnsets(system, sweep, problems);
        }

        var measures = new MeasureBinder(system, keys, values);
        var objectives = measures.Objectives(keys.OptionalMap(map, "objectives"));
        var thresholds = measures.Thresholds(keys.OptionalList(map, "thresholds"));
        var name = ReadName(map, keys, problems);
        var seed = keys.Integer(map, "seed", 0, long.MaxValue, 1);
        var paths = keys.Integer(map, "paths", 1, 10_000_000, null);
        var about = keys.OptionalText(map, "about") ?? "";
        if (problems.Any)
        {
            return null;
        }

        return new Campaign
        {
            Name = name,
            About = about,
            Seed = (ulong)seed,
            Paths = (int)paths,
            TickSeconds = tick,
            Ticks = ticks,
            Instances = system.Instances,
            Shocks = system.Shocks,
            Crises = system.Crises,
            Correlations = system.Correlations,
            Sweep = sweep,
            Objectives = objectives,
            Thresholds = thresholds,
            Measures = measures.All,
            Statistics = measures.Statistics,
            Text = text,
        };
    }

    /// <summary>Recorded bars and ticks must fit each other.</summary>
    private static void CheckBars(BoundSystem system, double tick, ValueReader values)
    {
        foreach (var instance in system.Instances.Where(i => i.Kind.ReadsSeries))
        {
            var bar = (instance.Series ?? RecordedSeries.Default).BarSeconds;
            var ratio = Math.Max(bar / tick, tick / bar);
            if (Math.Abs(ratio - Math.Round(ratio)) > 1e-9 * ratio)
            {
                values.Problems.Add(system.Places[instance.Name], "SERIES", FormattableString.Invariant(
                    $"bars of {bar} s and ticks of {tick} s do not fit; make one a whole number of the other"));
            }
        }
    }

    private static bool CheckVersion(SpecMap map, Problems problems)
    {
        if (!map.TryGet("version", out var version))
        {
            problems.Add(map, "SCHEMA", $"the key version is missing (supported: {Version})");
            return false;
        }

        if (version is SpecScalar { Text: "1" })
        {
            return true;
        }

        var text = version is SpecScalar scalar ? scalar.Text : version.Shape;
        problems.Add(version, "SCHEMA",
            $"version {Problem.Quote(text).Trim('\'')} is not supported (supported: {Version})");
        return false;
    }

    private static string ReadName(SpecMap map, KeyReader keys, Problems problems)
    {
        var name = keys.Text(map, "campaign");
        if (name is not null && map.TryGet("campaign", out var node) && IdText.Check(name.Text) is null
            && (name.Text.Length is 0 or > 64 || name.Text[0] is '.' or '-'
                || name.Text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))))
        {
            problems.Add(node, "OUTPUT_NAME", "use letters, digits, . _ - (max 64)");
        }

        return name?.Text ?? "";
    }

    private static (double Tick, int Ticks) ReadClock(SpecMap scenario, KeyReader keys, ValueReader values)
    {
        var horizon = keys.Required(scenario, "horizon") is { } h
            ? values.Duration(h, "horizon", 1e-3, 100 * Models.Kernel.Tick.YearSeconds)
            : null;
        var tick = keys.Required(scenario, "tick") is { } t ? values.Duration(t, "tick", 1e-3, 86_400 * 30) : null;
        if (horizon is null || tick is null)
        {
            return (1, 1);
        }

        var ticks = horizon.Value / tick.Value;
        if (Math.Abs(ticks - Math.Round(ticks)) > 1e-9 * ticks || ticks is < 1 or > 10_000_000)
        {
            values.Problems.Add(keys.Required(scenario, "horizon")!, "HORIZON",
                FormattableString.Invariant(
                    $"horizon must be a whole number of ticks, 1 to 10000000; it is {ticks:0.####}"));
        }

        return (tick.Value, (int)Math.Clamp(Math.Round(ticks), 1, 10_000_000));
    }
}
