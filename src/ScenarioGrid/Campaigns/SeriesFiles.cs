using ScenarioGrid.Data;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;

namespace ScenarioGrid.Campaigns;

/// <summary>Takes the price files that a campaign file names into the campaign itself, so that it can travel.</summary>
public static class SeriesFiles
{
    private static readonly string[] Keys = ["file", "from", "to", "gaps"];
    private static readonly string[] Gaps = ["refuse", "hold"];

    /// <summary>Overrides that put the prices in the place of the files.</summary>
    /// <param name="file">Path of the campaign file; price files are looked for beside it.</param>
    /// <param name="spec">Its tree.</param>
    /// <param name="catalog">The kinds.</param>
    /// <param name="problems">Takes everything that is wrong with the files.</param>
    public static async Task<IReadOnlyList<string>> Overrides(
        string file, SpecNode spec, ComponentCatalog catalog, Problems problems)
    {
        var overrides = new List<string>();
        if (spec is not SpecMap root
            || !root.TryGet("scenario", out var scenario) || scenario is not SpecMap map
            || !map.TryGet("instances", out var node) || node is not SpecMap instances)
        {
            return overrides;
        }

        foreach (var entry in instances.Entries)
        {
            if (entry.Value is SpecMap instance && instance.TryGet("kind", out var kind) && kind is SpecScalar name
                && catalog.Components.GetValueOrDefault(name.Text) is { ReadsSeries: true }
                && instance.TryGet(SystemBinder.SeriesKey, out var series) && Wish(file, series, problems) is { } wish
                && await Text(series, wish, problems) is { } text)
            {
                overrides.Add($"scenario.instances.{entry.Key}.{SystemBinder.SeriesKey}={text}");
            }
        }

        return overrides;
    }

    /// <summary>The file that is meant, or null for a series that needs none.</summary>
    private static PriceFileWish? Wish(string campaign, SpecNode series, Problems problems)
    {
        var beside = Path.GetDirectoryName(Path.GetFullPath(campaign))!;
        if (series is SpecScalar { Text: var text })
        {
            return SeriesText.IsInline(text) || RecordedSeries.Names.Contains(text) || !File.Exists(In(beside, text))
                ? null
                : new PriceFileWish(In(beside, text), null, null, false);
        }

        var keys = new KeyReader(problems);
        if (series is not SpecMap map)
        {
            return null;
        }

        keys.CheckKnown(map, Keys);
        var gaps = keys.OptionalText(map, "gaps") ?? Gaps[0];
        if (!Gaps.Contains(gaps))
        {
            problems.Add(map, "CHOICE", $"gaps is {Problem.Quote(gaps)}; it must be one of {string.Join(", ", Gaps)}");
        }

        return keys.Text(map, "file") is { } name
            ? new PriceFileWish(In(beside, name.Text), Date(keys, map, "from"), Date(keys, map, "to"), gaps == Gaps[1])
            : null;
    }

    private static string In(string folder, string file) => Path.Combine(folder, file);

    private static DateTime? Date(KeyReader keys, SpecMap map, string key)
    {
        if (keys.OptionalText(map, key) is not { } text)
        {
            return null;
        }

        if (PriceFile.Date(text) is { } date)
        {
            return date;
        }

        keys.Problems.Add(map, "DATE", $"{key} {Problem.Quote(text)} is no date; write 2020-03-12 or 2020-03-12 06:00");
        return null;
    }

    private static async Task<string?> Text(SpecNode at, PriceFileWish wish, Problems problems)
    {
        try
        {
            var series = await PriceFile.Read(wish);
            var text = SeriesText.Write(series);
            if (text.Length <= SeriesText.LengthMax)
            {
                return text;
            }

            problems.Add(at, "SERIES", $"{wish.File}: {series.Count} bars are {text.Length} characters, at most "
                + $"{SeriesText.LengthMax} fit into a campaign; cut the window with from and to, take longer bars, or "
                + "leave high and low out");
        }
        catch (PriceFileException e)
        {
            problems.Add(at, "SERIES", e.Message);
        }

        return null;
    }
}
