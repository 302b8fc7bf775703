using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Markets;

/// <summary>Series that need no file: the recorded falls of <see cref="CrisisShape"/>, in bars of their own
/// length.</summary>
public static class RecordedSeries
{
    /// <summary>The series of a market that names none.</summary>
    public const string Default = "black-thursday-2020";

    /// <summary>Names of all series: "ftx-2022" of ether, "ftx-2022-btc" of bitcoin.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetValues<CrisisAsset>().SelectMany(a => Enum.GetValues<CrisisShape>()
            .Where(s => CrisisPaths.Has(s, a)).Select(s => NameOf(s, a)))];

    /// <summary>The series of a name, or null.</summary>
    public static PriceSeries? Find(string name)
    {
        foreach (var asset in Enum.GetValues<CrisisAsset>())
        {
            foreach (var shape in Enum.GetValues<CrisisShape>())
            {
                if (CrisisPaths.Has(shape, asset) && NameOf(shape, asset) == name)
                {
                    return CrisisPaths.Bars(shape, asset);
                }
            }
        }

        return null;
    }

    private static string NameOf(CrisisShape shape, CrisisAsset asset) =>
        ComponentKind.Kebab(shape.ToString()) + (asset == CrisisAsset.Btc ? "-btc" : "");
}
