using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>Whether the silo can take work, and whether it must be started again.</summary>
/// <remarks>Open to everybody: probes carry no token, and the answer tells nothing of the work.</remarks>
public static class HealthRoutes
{
    /// <summary>Longest silence of the heartbeat loop in a silo that lives.</summary>
    public static readonly TimeSpan BeatMax = TimeSpan.FromSeconds(30);

    /// <summary>Longest silence of the store in a silo that takes work.</summary>
    public static readonly TimeSpan StoreMax = TimeSpan.FromSeconds(10);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").AllowAnonymous().DisableRateLimiting().WithTags("health");
        group.MapGet("live", Live).Produces<HealthDocument>().Produces<HealthDocument>(503).WithName("live")
            .WithSummary("200 while the silo makes progress; else start it again.");
        group.MapGet("ready", Ready).Produces<HealthDocument>().Produces<HealthDocument>(503).WithName("ready")
            .WithSummary("200 while the silo takes work.");
    }

    /// <remarks>A stuck worker is given up after a window's time; a silo silent for twice as long hangs.</remarks>
    private static IResult Live(ISiloHealth health, HttpSettings http) => Answer(
        (health.SinceRound > BeatMax, $"no heartbeat for {health.SinceRound.TotalSeconds:0} s"),
        (health.SinceProgress > 2 * http.WindowMost,
            $"no finished window for {health.SinceProgress.TotalSeconds:0} s"));

    private static IResult Ready(ISiloHealth health, SiloFence fence, StoreProbe store) => Answer(
        (fence.IsFenced, "fenced"),
        (health.IsDraining, "draining"),
        (store.SinceAnswer > StoreMax, "the store does not answer"));

    private static IResult Answer(params (bool IsTrue, string Text)[] problems)
    {
        var found = problems.Where(p => p.IsTrue).Select(p => p.Text).ToArray();
        return found.Length == 0
            ? Results.Ok(new HealthDocument("ok", found))
            : Results.Json(new HealthDocument("failing", found), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
