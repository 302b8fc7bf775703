using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

/// <summary>Feeds markets of recorded bars with normals.</summary>
internal static class BarRuns
{
    public static void Draw(SeriesMarket market, Harness run)
    {
        var normal = market.Normal.Vecs;
        var now = run.Tick;
        for (var i = 0; i < now.Vectors; i++)
        {
            normal[i] = now.Normal(99, i);
        }
    }
}
