using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo.Tests.Http;

namespace ScenarioGrid.Silo.Tests.Access;

/// <summary>The numbers of the security table: who asks too often, too much or too slowly.</summary>
public sealed class LimitTests
{
    private const string Campaigns = "/api/v1/campaigns";

    [Fact]
    public async Task A_token_has_20_requests_a_second_and_40_at_once()
    {
        await using var front = await TestFront.Start(new());
        using var client = front.Client(Role.Viewer);
        var clock = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => client.GetAsync(Campaigns)));
        var most = 40 + 20 * (1 + (int)clock.Elapsed.TotalSeconds);
        var passed = answers.Count(a => a.StatusCode == HttpStatusCode.OK);
        Assert.InRange(passed, 40, most);
        var refused = answers.Where(a => a.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(120 - passed, refused.Count);
        Assert.All(refused, a => Assert.InRange(a.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60));
        Assert.Equal("RATE_LIMITED", await TestFront.Code(refused[0]));

        using var other = front.Client(Role.Operator);
        using var answer = await other.GetAsync(Campaigns);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_may_submit_10_campaigns_a_minute_and_goes_on_reading()
    {
        await using var front = await TestFront.Start(new() { RequestsPerSecond = 1000 });
        using var client = front.Client(Role.Submitter);
        for (var i = 0; i < 10; i++)
        {
            using var accepted = await client.PostAsync(Campaigns, new StringContent("x"));
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        }

        using var refused = await client.PostAsync(Campaigns, new StringContent("x"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(10, front.Front.Submissions.Count);
        using var read = await client.GetAsync(Campaigns);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task The_tenth_refused_token_of_a_minute_is_the_last_that_is_told_so()
    {
        var time = new ManualTime();
        await using var front = await TestFront.Start(new(), time);
        using var client = front.Client(null);
        using var known = front.Client(Role.Viewer);
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sg_guess");
        for (var i = 0; i < 10; i++)
        {
            using var refused = await client.GetAsync(Campaigns);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }

        using var late = await client.GetAsync(Campaigns);
        Assert.Equal(HttpStatusCode.TooManyRequests, late.StatusCode);
        Assert.Equal(60, late.Headers.RetryAfter!.Delta!.Value.TotalSeconds);

        time.Advance(TimeSpan.FromMinutes(1));
        using var again = await client.GetAsync(Campaigns);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public void Refusals_are_counted_by_address_and_by_network_in_IPv6()
    {
        var limit = new FailureLimit(2, new ManualTime());
        Assert.Null(limit.Count(IPAddress.Parse("2001:db8::1")));
        Assert.Null(limit.Count(IPAddress.Parse("2001:db8::ffff:1")));
        Assert.NotNull(limit.Count(IPAddress.Parse("2001:db8::2")));
        Assert.Null(limit.Count(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.Null(limit.Count(IPAddress.Parse("192.0.2.1")));
        Assert.Null(limit.Count(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.NotNull(limit.Count(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public async Task A_body_over_256_KiB_is_refused_and_one_of_256_KiB_is_not()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Submitter);
        using var most = await client.PostAsync(Campaigns, new ByteArrayContent(Filled(256 * 1024)));
        Assert.Equal(HttpStatusCode.Accepted, most.StatusCode);
        using var more = await client.PostAsync(Campaigns, new ByteArrayContent(Filled(256 * 1024 + 1)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, more.StatusCode);
        Assert.Equal("TOO_LARGE", await TestFront.Code(more));
        Assert.Single(front.Front.Submissions);
    }

    [Fact]
    public async Task A_grid_that_does_not_answer_in_time_is_said_to_be_late()
    {
        await using var front = await TestFront.Start(new() { RequestTime = TimeSpan.FromMilliseconds(200) });
        var gate = new TaskCompletionSource();
        front.Front.Gate = gate.Task;
        using var client = front.Client(Role.Viewer);
        using var answer = await client.GetAsync(Campaigns);
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal("TIMEOUT", await TestFront.Code(answer));
        gate.SetResult();
    }

    [Theory]
    [InlineData("POST /api/v1/campaigns HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")]
    [InlineData("POST /api/v1/campaigns HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer TOKEN\r\n"
        + "Content-Length: 1000\r\n\r\nslow")]
    public async Task A_client_that_sends_next_to_nothing_is_dropped(string sent)
    {
        await using var front = await TestFront.Start(new()
        {
            HeaderTime = TimeSpan.FromSeconds(1),
            SlowBodyTime = TimeSpan.FromSeconds(1.1),
        });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(front.Address.Host, front.Address.Port);
        var text = sent.Replace("TOKEN", front.Tokens[Role.Submitter], StringComparison.Ordinal);
        await tcp.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        using var reader = new StreamReader(tcp.GetStream());
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(answer.Length == 0 || answer.Contains("HTTP/1.1 408", StringComparison.Ordinal), answer);
        Assert.Empty(front.Front.Submissions);
    }

    [Fact]
    public async Task The_one_caller_of_a_silo_without_tokens_is_not_limited()
    {
        await using var front = await TestFront.Start(new(), hasTokens: false);
        using var client = front.Client(null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(
            _ => client.PostAsync(Campaigns, new StringContent("x"))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        Assert.All(front.Front.Submissions, s => Assert.Equal(Caller.Local, s.Caller));
    }

    private static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)'x');
        return bytes;
    }
}
