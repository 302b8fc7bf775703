using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Markets;

/// <summary>Series that need no file: the recorded falls of <see cref="CrisisShape"/>, in bars of their own
/// length.</summary>
public static class RecordedSeries
{
    private static readonly OrderedDictionary<string, PriceSeries> ByName = new(
        Enum.GetValues<CrisisAsset>().SelectMany(a => Enum.GetValues<CrisisShape>().Where(s => CrisisPaths.Has(s, a))
            .Select(s => KeyValuePair.Create(NameOf(s, a), CrisisPaths.Bars(s, a)))), StringComparer.Ordinal);

    /// <summary>Names of all series: "ftx-2022" of ether, "ftx-2022-btc" of bitcoin.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys];

    /// <summary>The series of a market that names none: 12 March 2020.</summary>
    public static PriceSeries Default { get; } = ByName["black-thursday-2020"];

    /// <summary>The series of a name, or null.</summary>
    public static PriceSeries? Find(string name) => ByName.GetValueOrDefault(name);

    private static string NameOf(CrisisShape shape, CrisisAsset asset) =>
        ComponentKind.Kebab(shape.ToString()) + (asset == CrisisAsset.Btc ? "-btc" : "");
}
