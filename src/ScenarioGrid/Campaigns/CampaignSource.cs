using System.Text;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>A campaign file of the console: read once, with the price files it names, and bound with any overrides.
/// </summary>
public sealed class CampaignSource
{
    private readonly string _file;
    private readonly SpecNode _root;
    private readonly string _text;
    private readonly ComponentCatalog _catalog;
    private readonly IReadOnlyList<string> _series;

    private CampaignSource(
        string file, SpecNode root, string text, ComponentCatalog catalog, IReadOnlyList<string> series)
    {
        _file = file;
        _root = root;
        _text = text;
        _catalog = catalog;
        _series = series;
    }

    /// <summary>The source, or null with at least one problem.</summary>
    /// <param name="file">Path of the campaign file; price files are looked for beside it.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="catalog">The kinds that instances may have.</param>
    /// <param name="problems">Takes all that is wrong with the form of the file and with the price files.</param>
    public static async Task<CampaignSource?> Open(
        string file, byte[] bytes, ComponentCatalog catalog, Problems problems)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (SpecReader.Read(file, bytes, problems) is not { } root)
        {
            return null;
        }

        if (problems.Any)
        {
            // What is wrong with the meaning is said together with what is wrong with the form.
            CampaignFile.Bind(root, text, catalog, problems);
            return null;
        }

        var series = await SeriesFiles.Overrides(file, root, catalog, problems);
        return problems.Any ? null : new CampaignSource(file, root, text, catalog, series);
    }

    /// <summary>The campaign with settings replaced, as if the file said so; null with at least one problem.</summary>
    /// <param name="overrides">"paths=100", "vaults.cohorts=32", "crash.severity=1.5", "scenario.tick=5m".</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    public Campaign? Bind(IReadOnlyList<string> overrides, Problems problems) =>
        _root is SpecMap map && _series.Count + overrides.Count > 0
            ? CampaignOverrides.Read(_file, map, [.. _series, .. overrides], _catalog, problems)
            : CampaignFile.Bind(_root, _text, _catalog, problems);
}
