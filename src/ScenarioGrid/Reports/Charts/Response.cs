using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Reports.Charts;

/// <summary>A statistic that a chart can show over the settings.</summary>
internal sealed record Response(int Measure, string Statistic, string Name, UnitInfo Unit)
{
    /// <summary>Objectives first, then thresholds, then the mean of every other measure.</summary>
    public static IReadOnlyList<Response> Of(ReportData data)
    {
        var campaign = data.Campaign;
        return
        [
            .. campaign.Objectives.Select(o => (o.Measure, o.Statistic))
                .Concat(campaign.Thresholds.Select(t => (t.Measure, t.Statistic)))
                .Concat(campaign.Measures.Select((_, m) => (Measure: m, Statistic: campaign.Statistics[0])))
                .Distinct()
                .Select(r => new Response(
                    r.Measure, r.Statistic, $"{campaign.Measures[r.Measure].Name}.{r.Statistic}",
                    data.UnitOf(r.Measure, r.Statistic))),
        ];
    }
}
