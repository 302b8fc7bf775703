using ScenarioGrid.Campaigns;
using ScenarioGrid.Data;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Campaigns;

public class SystemBinderTests
{
    [Fact]
    public void Bootstrap_markets_with_as_many_bars_are_recorded_together()
    {
        var series = Read("""
                eth: {kind: bootstrap-market, series: luna-2022}
                btc: {kind: bootstrap-market, series: luna-2022-btc}
                own: {kind: bootstrap-market, series: june-2022}
                default: {kind: bootstrap-market}
                replayed: {kind: replay-market, series: luna-2022}
            """);

        // The default, twelve bars of four hours, has as many bars as those of Luna, but of another length.
        Assert.Same(series["eth"]!.Order, series["btc"]!.Order);
        Assert.NotSame(series["eth"]!.Order, series["own"]!.Order);
        Assert.NotSame(series["eth"]!.Order, series["replayed"]!.Order);
        Assert.Null(series["default"]);
        Assert.Equal(Texts("luna-2022", "luna-2022-btc"), [SeriesText.Write(series["eth"]!),
            SeriesText.Write(series["btc"]!)]);
    }

    [Fact]
    public void Markets_without_a_series_share_that_of_the_default()
    {
        var series = Read("""
                eth: {kind: bootstrap-market}
                btc: {kind: bootstrap-market, series: black-thursday-2020-btc}
            """);
        Assert.Same(series["eth"]!.Order, series["btc"]!.Order);
        Assert.Equal(Texts("black-thursday-2020"), [SeriesText.Write(series["eth"]!)]);
    }

    private static IEnumerable<string> Texts(params string[] names) =>
        names.Select(n => SeriesText.Write(Models.Markets.RecordedSeries.Find(n)!));

    private static Dictionary<string, PriceSeries?> Read(string instances)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read($$"""
            version: 1
            campaign: together
            paths: 8
            scenario:
              horizon: 24h
              tick: 1h
              instances:
            {{instances}}
            """, ComponentCatalog.Default, problems);
        Assert.Equal("", problems.ToString());
        return campaign!.Instances.ToDictionary(i => i.Name, i => i.Series);
    }
}
