using System.Net;
using System.Text;
using System.Text.Json;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Http;

public class CampaignRoutesTests
{
    private const string Campaigns = "/api/v1/campaigns";

    [Fact]
    public async Task A_submission_reaches_the_grid_as_it_was_sent_and_is_answered_with_its_address()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Submitter);
        using var answer = await client.PostAsync(
            $"{Campaigns}?blockPaths=128&priority=high&id=mine&spread=true",
            new StringContent("näme: x\n", Encoding.UTF8));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("/api/v1/campaigns/mine", answer.Headers.Location!.ToString());
        Assert.Equal(
            """{"schemaVersion":1,"campaign":"mine","isNew":true,"cells":36}""",
            await answer.Content.ReadAsStringAsync());
        var (submission, caller) = Assert.Single(front.Front.Submissions);
        Assert.Equal(new("näme: x\n", 128, true, Priority.High, "mine"), submission);
        Assert.Equal(new(FakeFront.Owner, Role.Submitter), caller);
    }

    [Theory]
    [InlineData("?priority=urgent", "priority 'urgent'")]
    [InlineData("?priority=1", "priority '1'")]
    [InlineData("?blockPaths=many", "blockPaths")]
    [InlineData("?spread=perhaps", "spread")]
    public async Task A_submission_with_a_wrong_option_is_invalid_and_says_which(string query, string part)
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Submitter);
        using var answer = await client.PostAsync(Campaigns + query, new StringContent("x"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"INVALID\"", text, StringComparison.Ordinal);
        using var problem = JsonDocument.Parse(text);
        Assert.Contains(part, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(front.Front.Submissions);
    }

    [Fact]
    public async Task A_text_that_is_not_UTF_8_is_invalid()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Submitter);
        using var answer = await client.PostAsync(Campaigns, new ByteArrayContent([0xff, 0xfe, 0x00]));
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID"), (answer.StatusCode, await TestFront.Code(answer)));
    }

    [Fact]
    public async Task A_campaign_reads_the_same_after_its_way_through_the_document()
    {
        await using var front = await TestFront.Start();
        front.Front.Done = 7;
        using var client = front.Client(Role.Viewer);
        var text = await client.GetStringAsync($"{Campaigns}/mine");
        Assert.StartsWith(
            """{"schemaVersion":1,"campaign":"mine","owner":"alice","state":"running","cells":36,"done":7,""", text,
            StringComparison.Ordinal);
        var sent = await front.Front.Status("mine", Caller.Local);
        var read = JsonSerializer.Deserialize<CampaignDocument>(text, ApiDocuments.Options)!.ToStatus();
        Assert.Equal(sent.Counts, read.Counts);
        Assert.Equal(sent with { Counts = read.Counts }, read);
    }

    [Fact]
    public async Task Lists_logs_and_the_cluster_read_the_same_after_their_way_through_the_documents()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Operator);
        var list = await Get<CampaignListDocument>(client, Campaigns);
        Assert.Equal(["mine", "hers"], list.Campaigns.Select(c => c.Campaign));
        var log = (await Get<LogDocument>(client, $"{Campaigns}/mine/log?from=4")).ToPage();
        Assert.Equal((5, new LogLine(1_767_225_600_123, "accepted")), (log.Next, Assert.Single(log.Lines)));
        var sent = await front.Front.Cluster(Caller.Local);
        var read = (await Get<ClusterDocument>(client, "/api/v1/cluster")).ToStatus();
        Assert.Equal((sent.Running, sent.CellsWaiting, sent.StoreMs), (read.Running, read.CellsWaiting, read.StoreMs));
        Assert.Equal(sent.Silos[0] with { Slots = read.Silos[0].Slots }, Assert.Single(read.Silos));
    }

    [Fact]
    public async Task The_text_of_a_campaign_comes_back_byte_by_byte_and_never_as_a_page()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        using var answer = await client.GetAsync($"{Campaigns}/mine/campaign.yaml");
        Assert.Equal("application/yaml", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Encoding.UTF8.GetBytes(FakeFront.Text), await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Cancelling_passes_the_reason_and_answers_the_state()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Submitter);
        using var answer = await client.PostAsync($"{Campaigns}/mine/cancel?reason=too%20late", null);
        Assert.Contains("\"state\":\"cancelled\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("cancel mine: too late", Assert.Single(front.Front.Changes));
        using var wordy = await client.PostAsync($"{Campaigns}/mine/cancel?reason={new string('x', 501)}", null);
        Assert.Equal(HttpStatusCode.BadRequest, wordy.StatusCode);
    }

    [Theory]
    [InlineData("UNKNOWN_CAMPAIGN", 404)]
    [InlineData("FORBIDDEN", 403)]
    [InlineData("INVALID", 400)]
    [InlineData("CONFLICT", 409)]
    [InlineData("NOT_ENDED", 409)]
    [InlineData("BUSY", 429)]
    [InlineData("STORE_DOWN", 503)]
    [InlineData("STORE_LOST", 410)]
    public async Task Every_code_of_the_grid_has_its_status_and_keeps_its_sentence(string code, int status)
    {
        await using var front = await TestFront.Start();
        front.Front.Fault = new GridException(code, "what happened");
        using var client = front.Client(Role.Submitter);
        using var answer = await client.PostAsync(Campaigns, new StringContent("x"));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal("what happened", problem.RootElement.GetProperty("detail").GetString());
        Assert.Equal(code == "BUSY", answer.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_is_logged_and_its_stack_stays_in_the_log()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        foreach (var fault in new Exception[]
        {
            new InvalidOperationException("secret detail"), new GridException("INTERNAL", "secret detail at X.cs"),
        })
        {
            front.Front.Fault = fault;
            using var answer = await client.GetAsync(Campaigns);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal(
                (HttpStatusCode.InternalServerError, "INTERNAL"), (answer.StatusCode, await TestFront.Code(answer)));
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            Assert.DoesNotContain("FakeFront", text, StringComparison.Ordinal);
        }

        Assert.Contains("InvalidOperationException: secret detail", front.Log, StringComparison.Ordinal);
        Assert.Contains("FakeFront", front.Log, StringComparison.Ordinal);
    }

    private static async Task<T> Get<T>(HttpClient client, string path) =>
        JsonSerializer.Deserialize<T>(await client.GetStringAsync(path), ApiDocuments.Options)!;
}
