using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>Results of a campaign, shard by shard.</summary>
public static class ResultRoutes
{
    public static void MapResults(this IEndpointRouteBuilder app) =>
        app.MapGet($"{CampaignRoutes.Path}/{{id}}/results", Results).RequireAuthorization(Callers.Viewer)
            .Produces<byte[]>(200, ResultsWire.ContentType).Refuses(400, 404).WithTags("results")
            .WithName("campaignResults").WithSummary("Results of a shard from a position on, packed (ResultsWire).");

    private static async Task<IResult> Results(
        string id, HttpContext http, ICampaignFront front, int shard = 0, long from = 0)
    {
        if (shard < 0 || from < 0)
        {
            throw new GridException("INVALID", $"shard {shard} and from {from} must not be negative");
        }

        var page = await front.Results(id, shard, from, http.Caller()).WaitAsync(http.RequestAborted);
        return TypedResults.Bytes(ResultsWire.Write(page), ResultsWire.ContentType);
    }
}
