using Microsoft.Extensions.DependencyInjection;
using Orleans;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo.Tests.Hosting;

namespace ScenarioGrid.Silo.Tests.Retention;

/// <summary>Results are kept for as long as was said, and no longer.</summary>
public sealed class RetentionGrainTests(SiloHostTests.TwoSilos silos) : IClassFixture<SiloHostTests.TwoSilos>
{
    private const string Text = """
        version: 1
        campaign: kept
        seed: 7
        paths: 8
        scenario:
          horizon: 1h
          tick: 1m
          instances:
            eth: {kind: merton-jump-market, spot: 194 USD}
        objectives:
          price: maximise eth.price.mean
        """;

    [SkippableFact]
    public async Task What_ended_longer_ago_than_results_are_kept_is_forgotten_and_nothing_else_is()
    {
        var front = silos.First.Services.GetRequiredService<ICampaignFront>();
        await front.Submit(new CampaignSubmission(Text, 8, Id: "old"), Caller.Local);
        await front.Cancel("old", "over", Caller.Local);
        var retention = silos.Second.Services.GetRequiredService<IGrainFactory>().GetGrain<IRetentionGrain>(0);
        await retention.Keep(TimeSpan.FromDays(1));
        Assert.Equal(0, await retention.Sweep());
        Assert.Equal("old", (await front.Status("old", Caller.Local)).Campaign);

        await retention.Keep(TimeSpan.Zero);
        var ended = (await front.Status("old", Caller.Local)).EndedMs;
        var store = silos.First.Services.GetRequiredService<ILedgerStore>();
        for (var look = 0; look < 100_000 && await store.Now() <= ended; look++)
        {
            // The store's clock has moved on after some milliseconds.
        }

        Assert.Equal(1, await retention.Sweep());
        var gone = await Assert.ThrowsAsync<GridException>(() => front.Status("old", Caller.Local));
        Assert.Equal("UNKNOWN_CAMPAIGN", gone.Code);
    }
}
