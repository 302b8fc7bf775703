using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Http;

public class OpenApiTests
{
    [Fact]
    public async Task The_document_lists_every_route_with_a_summary_and_its_refusals()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        using var document = JsonDocument.Parse(await client.GetStringAsync(OpenApi.Path));
        var listed = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(v => (Path: p.Name, Verb: v.Name, Operation: v.Value)))
            .ToList();
        var mapped = front.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(v => $"{v.ToLowerInvariant()} /{e.RoutePattern.RawText!.Trim('/')}"))
            .Where(r => !r.EndsWith("/metrics", StringComparison.Ordinal)
                && !r.EndsWith("openapi.json", StringComparison.Ordinal));
        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            listed.Select(r => $"{r.Verb} {r.Path}").Order(StringComparer.Ordinal));
        Assert.All(listed, r =>
        {
            Assert.NotEqual("", r.Operation.GetProperty("summary").GetString());
            Assert.NotEqual("", r.Operation.GetProperty("operationId").GetString());
            Assert.True(
                r.Path.StartsWith("/health", StringComparison.Ordinal)
                || r.Operation.GetProperty("responses").TryGetProperty("401", out _),
                r.Path);
        });
        Assert.True(document.RootElement.GetProperty("components").GetProperty("securitySchemes")
            .TryGetProperty("bearer", out _));
    }

    [Fact]
    public async Task The_document_says_that_a_submission_takes_the_text_of_a_campaign()
    {
        await using var front = await TestFront.Start();
        using var client = front.Client(Role.Viewer);
        using var document = JsonDocument.Parse(await client.GetStringAsync(OpenApi.Path));
        var post = document.RootElement.GetProperty("paths").GetProperty("/api/v1/campaigns").GetProperty("post");
        Assert.True(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/yaml", out _));
        Assert.Equal(
            ["blockPaths", "priority", "id", "spread"],
            post.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
    }
}
