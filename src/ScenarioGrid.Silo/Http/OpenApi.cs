using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ScenarioGrid.Silo;

/// <summary>The description of the API that programs read.</summary>
public static class OpenApi
{
    public const string Path = "/api/v1/openapi.json";

    private const string Document = "v1", Bearer = "bearer";
    private static readonly int[] s_common = [401, 403, 429, 500, 503, 504];

    public static void AddDocument(IServiceCollection services) => services.AddOpenApi(Document, options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "ScenarioGrid", Version = "1" };
            document.Servers?.Clear();
            document.Components ??= new();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = Bearer, Description = "A token of the silo's tokens file.",
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            return Task.CompletedTask;
        }));

    public static void MapDocument(this IEndpointRouteBuilder app) =>
        app.MapOpenApi("/api/{documentName}/openapi.json").RequireAuthorization(Callers.Viewer);

    /// <summary>Says which refusals a route has beside those of every route.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in s_common.Union(statuses).Order())
        {
            route.Produces<ProblemDocument>(status, "application/problem+json");
        }

        return route;
    }

    /// <summary>Says that the body is the text of a campaign; the route reads it itself.</summary>
    public static void TakesYaml(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer(
        (operation, _, _) =>
        {
            var text = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "The campaign file, at most 256 KiB of UTF-8.",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/yaml"] = text },
            };
            return Task.CompletedTask;
        });
}
