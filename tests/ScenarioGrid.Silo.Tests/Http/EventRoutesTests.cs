using System.Net.ServerSentEvents;
using System.Text.Json;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Http;

public class EventRoutesTests
{
    private const string Events = "/api/v1/campaigns/mine/events";

    [Fact]
    public async Task The_stream_tells_each_change_and_ends_with_the_final_state()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        var states = new List<(string Type, CampaignState State, long Done)>();
        await foreach (var item in Read(client))
        {
            var status = JsonSerializer.Deserialize<CampaignDocument>(item.Data, ApiDocuments.Options)!;
            states.Add((item.EventType, status.State, status.Done));
            (front.Front.Done, front.Front.State) = states.Count == 1
                ? (18, CampaignState.Running)
                : (36, CampaignState.Completed);
        }

        Assert.Equal(
            [
                ("status", CampaignState.Running, 0), ("status", CampaignState.Running, 18),
                ("status", CampaignState.Completed, 36),
            ],
            states);
    }

    [Fact]
    public async Task A_store_that_is_down_is_said_once_and_the_stream_goes_on_when_it_is_back()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        var types = new List<string>();
        await foreach (var item in Read(client))
        {
            types.Add(item.EventType);
            front.Front.Fault = types.Count == 1 ? new StoreException("Redis does not answer") : null;
            front.Front.State = types.Count == 1 ? CampaignState.Running : CampaignState.Completed;
        }

        Assert.Equal(["status", "problem", "status"], types);
    }

    [Fact]
    public async Task A_campaign_that_was_removed_ends_its_stream()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        var last = "";
        await foreach (var item in Read(client))
        {
            last = item.Data;
            front.Front.Fault = new GridException("UNKNOWN_CAMPAIGN", "gone");
        }

        Assert.Contains("UNKNOWN_CAMPAIGN", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_holds_4_streams_and_gets_a_new_one_when_one_ends()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(await client.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead));
            Assert.Equal("text/event-stream", open[i].Content.Headers.ContentType!.MediaType);
        }

        using var fifth = await client.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(429, (int)fifth.StatusCode);
        using var other = front.Client(Role.Operator);
        using var others = await other.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)others.StatusCode);

        // The four end with their campaign.
        front.Front.State = CampaignState.Completed;
        await Task.WhenAll(open.Select(o => o.Content.ReadAsStringAsync()));
        front.Front.State = CampaignState.Running;
        using var next = await client.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)next.StatusCode);
        open.ForEach(o => o.Dispose());
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_up_the_end_of_the_silo()
    {
        var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        using var answer = await client.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        await front.Stop().WaitAsync(TimeSpan.FromSeconds(15));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("event: status", text, StringComparison.Ordinal);
        await front.DisposeAsync();
    }

    private static async IAsyncEnumerable<SseItem<string>> Read(HttpClient client)
    {
        using var answer = await client.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            yield return item;
        }
    }
}
