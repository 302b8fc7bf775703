using System.Security.Cryptography;
using System.Text;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo.Tests.Http;

namespace ScenarioGrid.Silo.Tests.Access;

public class AuditLogTests
{
    private const string Campaigns = "/api/v1/campaigns";

    [Fact]
    public async Task One_line_says_who_submitted_ended_or_was_denied_what()
    {
        await using var front = await TestFront.Start();
        using var submitter = front.Client(Role.Submitter);
        using var viewer = front.Client(Role.Viewer);
        using var nobody = front.Client(null);
        await submitter.PostAsync(Campaigns + "?id=one", new StringContent("text"));
        await submitter.PostAsync(Campaigns + "/mine/cancel?reason=late", null);
        await submitter.PostAsync(Campaigns + "/mine/retry", null);
        await submitter.DeleteAsync(Campaigns + "/mine");
        await viewer.DeleteAsync(Campaigns + "/mine");
        await nobody.GetAsync(Campaigns);

        var lines = front.Log.Split('\n').Where(l => l.Contains(" audit: ", StringComparison.Ordinal)).ToList();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("text")));
        Assert.Collection(
            lines,
            l => Assert.Matches(
                $"^[-0-9T:.]+Z info audit: submit campaign=one spec={hash} by=alice token=[0-9a-f]{{12}} from=127", l),
            l => Assert.Contains("cancel campaign=mine by=alice", l, StringComparison.Ordinal),
            l => Assert.Contains("retry campaign=mine by=alice", l, StringComparison.Ordinal),
            l => Assert.Contains("remove campaign=mine by=alice", l, StringComparison.Ordinal),
            l => Assert.Contains("denied DELETE /api/v1/campaigns/mine by=alice", l, StringComparison.Ordinal),
            l => Assert.EndsWith("denied GET /api/v1/campaigns by=- token=- from=127.0.0.1: no token", l.TrimEnd(),
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_token_is_ever_logged_even_when_every_part_logs_all_it_can()
    {
        await using var front = await TestFront.Start(logEverything: true);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = front.Client(role);
            await client.PostAsync(Campaigns, new StringContent("x"));
            await client.GetAsync(Campaigns + "/none");
            front.Front.Fault = new InvalidOperationException("broken");
            await client.GetAsync(Campaigns);
            front.Front.Fault = null;
        }

        using var guess = front.Client(null);
        guess.DefaultRequestHeaders.Authorization = new("Bearer", "sg_canary-guess");
        await guess.GetAsync(Campaigns);

        // The log has the requests, so it would have had the tokens.
        Assert.Contains("Request starting HTTP/1.1 GET", front.Log, StringComparison.Ordinal);
        Assert.Contains("broken", front.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", front.Log, StringComparison.Ordinal);
        Assert.All(front.Tokens.Values, t => Assert.DoesNotContain(t[3..], front.Log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_in_the_address_cannot_forge_a_line()
    {
        await using var front = await TestFront.Start();
        using var viewer = front.Client(Role.Viewer);
        await viewer.DeleteAsync(
            Campaigns + "/x%0A2026-01-01T00:00:00.000Z%20info%20audit:%20submit%20campaign=forged");
        Assert.Single(front.Log.TrimEnd().Split('\n'));
        Assert.Contains("denied DELETE", front.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_its_next_request_a_second_later()
    {
        var time = new ManualTime();
        await using var front = await TestFront.Start(time: time);
        using var client = front.Client(Role.Viewer);
        Assert.Equal(200, (int)(await client.GetAsync(Campaigns)).StatusCode);
        front.EditTokens(text => string.Join(
            '\n', text.Split('\n').Where(l => !l.Contains("viewer", StringComparison.Ordinal))));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (int)(await client.GetAsync(Campaigns)).StatusCode);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Token")]
    public async Task A_right_token_in_another_scheme_or_in_the_address_is_no_token(string scheme)
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(null);
        var token = front.Tokens[Role.Operator];
        Assert.Equal(401, (int)(await client.GetAsync($"{Campaigns}?access_token={token}&token={token}")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new(scheme, token);
        Assert.Equal(401, (int)(await client.GetAsync(Campaigns)).StatusCode);
        Assert.DoesNotContain(token[3..], front.Log, StringComparison.Ordinal);
    }
}
