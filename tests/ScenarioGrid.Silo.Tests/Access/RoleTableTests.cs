using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo.Tests.Http;

namespace ScenarioGrid.Silo.Tests.Access;

/// <summary>Who may do what, tried on every route with every verb by every role.</summary>
public sealed class RoleTableTests
{
    private static readonly string[] s_verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    /// <summary>Route, verb, least role, status for who may; everything that is not here is refused.</summary>
    private static readonly (string Path, string Verb, Role? Least, int Status)[] s_table =
    [
        ("/api/v1/campaigns", "GET", Role.Viewer, 200),
        ("/api/v1/campaigns", "POST", Role.Submitter, 202),
        ("/api/v1/campaigns/mine", "GET", Role.Viewer, 200),
        ("/api/v1/campaigns/mine", "DELETE", Role.Submitter, 204),
        ("/api/v1/campaigns/mine/campaign.yaml", "GET", Role.Viewer, 200),
        ("/api/v1/campaigns/mine/submission", "GET", Role.Viewer, 200),
        ("/api/v1/campaigns/mine/results", "GET", Role.Viewer, 200),
        ("/api/v1/campaigns/mine/log", "GET", Role.Viewer, 200),
        ("/api/v1/campaigns/mine/events", "GET", Role.Viewer, 200),
        ("/api/v1/campaigns/mine/cancel", "POST", Role.Submitter, 200),
        ("/api/v1/campaigns/mine/retry", "POST", Role.Submitter, 200),
        ("/api/v1/cluster", "GET", Role.Operator, 200),
        ("/api/v1/openapi.json", "GET", Role.Viewer, 200),
        ("/metrics", "GET", Role.Viewer, 200),
        ("/health/live", "GET", null, 200),
        ("/health/ready", "GET", null, 200),
    ];

    /// <summary>Null stands for a caller without a token.</summary>
    public static TheoryData<Role?> Roles => [null, Role.Viewer, Role.Submitter, Role.Operator];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Every_verb_on_every_route_is_denied_unless_the_table_allows_it(Role? role)
    {
        await using var front = await TestFront.Start();
        front.Front.State = CampaignState.Completed;
        using var client = front.Client(role);
        var wrong = new List<string>();
        foreach (var path in s_table.Select(r => r.Path).Distinct().Append("/").Append("/api/v1/nothing"))
        {
            foreach (var verb in s_verbs)
            {
                using var request = new HttpRequestMessage(new HttpMethod(verb), path);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var expected = Expected(path, verb, role);
                if ((int)answer.StatusCode != expected)
                {
                    wrong.Add($"{verb} {path}: {(int)answer.StatusCode}, expected {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_route_is_in_the_table()
    {
        await using var front = await TestFront.Start();
        var mapped = front.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["any"])
                .Select(verb => $"{verb} /{e.RoutePattern.RawText!.Trim('/')}"))
            .Order(StringComparer.Ordinal);
        var listed = s_table.Select(r => $"{r.Verb} {r.Path.Replace("mine", "{id}", StringComparison.Ordinal)}")
            .Select(r => r.Replace("v1/openapi.json", "{documentName}/openapi.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        Assert.Equal(listed, mapped);
    }

    [Fact]
    public async Task A_route_that_somebody_maps_without_a_policy_is_denied_to_everybody()
    {
        await using var front = await TestFront.Start();
        front.MapUnguarded("/new");
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = front.Client(role);
            using var answer = await client.GetAsync(new Uri("/new", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/campaign.yaml")]
    [InlineData("GET", "/results")]
    [InlineData("GET", "/log")]
    [InlineData("GET", "/events")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/retry")]
    public async Task A_foreign_campaign_is_answered_like_one_that_does_not_exist(string verb, string rest)
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Submitter);
        var answers = new List<string>();
        foreach (var campaign in new[] { FakeFront.Hers, "none" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), $"/api/v1/campaigns/{campaign}{rest}");
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            answers.Add((await answer.Content.ReadAsStringAsync()).Replace(campaign, "?", StringComparison.Ordinal));
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Empty(front.Front.Changes);
    }

    private static int Expected(string path, string verb, Role? role)
    {
        var route = s_table.Where(r => r.Path == path).ToList();
        var entry = route.FirstOrDefault(r => r.Verb == verb);
        if (entry.Path is not null)
        {
            return entry.Least is null || role >= entry.Least ? entry.Status : role is null ? 401 : 403;
        }

        // Nobody without a token learns which routes and verbs there are.
        return role is null ? 401 : route.Count > 0 ? 405 : 404;
    }
}
