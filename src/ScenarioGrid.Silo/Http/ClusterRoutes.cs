using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>The cluster, for operators.</summary>
public static class ClusterRoutes
{
    public const string Path = "/api/v1/cluster";

    public static void MapCluster(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, Cluster).RequireAuthorization(Callers.Operator)
            .Produces<ClusterDocument>().Refuses().WithTags("cluster").WithName("cluster")
            .WithSummary("The silos, their work and what waits.");

    private static async Task<IResult> Cluster(HttpContext http, ICampaignFront front) =>
        Results.Ok(ClusterDocument.Of(await front.Cluster(http.Caller()).WaitAsync(http.RequestAborted)));
}
