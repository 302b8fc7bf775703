using System.Net;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo.Tests.Http;

namespace ScenarioGrid.Silo.Tests.Access;

public class HostCheckTests
{
    private static readonly string[] s_verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    [Theory]
    [InlineData("evil.example", null, true, 400)]
    [InlineData("localhost.evil.example", null, true, 400)]
    [InlineData("grid.example.evil.example:8080", null, true, 400)]
    [InlineData("localhost", "http://evil.example", true, 403)]
    [InlineData("localhost", "http://localhost:1", true, 403)]
    [InlineData("localhost", "null", true, 403)]
    [InlineData("192.0.2.1", null, false, 400)]
    [InlineData("evil.example", null, false, 400)]
    public async Task A_foreign_host_or_origin_is_refused_with_every_verb(
        string host, string? origin, bool hasTokens, int status)
    {
        await using var front = await TestFront.Start(hasTokens: hasTokens);
        foreach (var verb in s_verbs)
        {
            foreach (var path in new[] { "/api/v1/campaigns", "/health/live", "/metrics" })
            {
                Assert.Equal(status, await Status(front, verb, path, host, origin));
            }
        }

        Assert.Empty(front.Front.Submissions);
    }

    [Theory]
    [InlineData("localhost:8080", null, true)]
    [InlineData("LOCALHOST", "http://localhost", true)]
    [InlineData("127.0.0.1:1234", "http://127.0.0.1:1234", false)]
    [InlineData("[::1]:8080", "http://[::1]:8080", false)]
    [InlineData("192.0.2.1:8080", null, true)]
    [InlineData("grid.example", "https://grid.example", true)]
    public async Task Our_own_hosts_and_their_pages_are_served(string host, string? origin, bool hasTokens)
    {
        await using var front = await TestFront.Start(hasTokens: hasTokens);
        Assert.Equal(200, await Status(front, "GET", "/api/v1/campaigns", host, origin));
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_bind_a_browser()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        string[] paths = ["/api/v1/campaigns", "/api/v1/campaigns/none", "/nothing", "/health/live", "/metrics"];
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                + "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
                Header(answer, "Content-Security-Policy"));
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", Header(answer, "Cross-Origin-Resource-Policy"));
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        Assert.Single(answer.Headers.GetValues(name));

    private static async Task<int> Status(TestFront front, string verb, string path, string host, string? origin)
    {
        using var client = front.Client(Role.Operator);
        using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Headers = { Host = host } };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
