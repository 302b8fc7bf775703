using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>Progress of a campaign as server-sent events.</summary>
/// <remarks>
/// <c>status</c> carries the same document as the campaign's own address, at once and then each second in which it
/// changed; the stream ends after the final state. <c>problem</c> says that the grid did not answer; the stream goes on
/// when that may pass. <c>ping</c> keeps proxies from closing a quiet stream.
/// </remarks>
public static class EventRoutes
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    public static void MapEvents(this IEndpointRouteBuilder app) =>
        app.MapGet($"{CampaignRoutes.Path}/{{id}}/events", Events).RequireAuthorization(Callers.Viewer)
            .Produces<CampaignDocument>(200, "text/event-stream").Refuses(404, 429)
            .WithTags("campaigns").WithName("campaignEvents")
            .WithSummary("Progress as server-sent events, until the final state.").DisableRequestTimeout();

    private static async Task<IResult> Events(
        string id, HttpContext http, ICampaignFront front, StreamLimit limit, TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        var first = await front.Status(id, http.Caller()).WaitAsync(http.RequestAborted);
        if (limit.Open(http.TokenIdOf()!) is not { } stream)
        {
            throw new GridException(HttpProblem.RateLimited, "this token has as many open event streams as it may");
        }

        http.Response.RegisterForDispose(stream);
        var source = new Source(front, id, http.Caller(), time, lifetime.ApplicationStopping);
        return TypedResults.ServerSentEvents(source.Read(first, http.RequestAborted));
    }

    private sealed record Source(
        ICampaignFront Front, string Campaign, Caller Caller, TimeProvider Time, CancellationToken Stopping)
    {
        public async IAsyncEnumerable<SseItem<string>> Read(
            CampaignStatus first, [EnumeratorCancellation] CancellationToken aborted)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, Stopping);
            var (said, isLast) = Say(first);
            yield return said;
            for (var quietSince = Time.GetTimestamp(); !isLast && await Pause(ended.Token);)
            {
                (var next, isLast) = await Look(ended.Token);
                if (next.EventType != said.EventType || next.Data != said.Data)
                {
                    yield return said = next;
                    quietSince = Time.GetTimestamp();
                }
                else if (Time.GetElapsedTime(quietSince) >= PingEvery)
                {
                    yield return new("", "ping");
                    quietSince = Time.GetTimestamp();
                }
            }
        }

        /// <returns>False when the stream is to end.</returns>
        private async Task<bool> Pause(CancellationToken ended)
        {
            await Task.Delay(Every, Time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !ended.IsCancellationRequested;
        }

        private async Task<(SseItem<string> Item, bool IsLast)> Look(CancellationToken ended)
        {
            try
            {
                return Say(await Front.Status(Campaign, Caller).WaitAsync(ended));
            }
            catch (Exception e)
            {
                var fault = GridFault.Of(e);
                var status = HttpProblem.StatusOf(fault.Code);
                var problem = new ProblemDocument(fault.Code, "", status, fault.Detail);
                return (
                    new(JsonSerializer.Serialize(problem, ApiDocuments.Options), "problem"),
                    status < StatusCodes.Status500InternalServerError || ended.IsCancellationRequested);
            }
        }

        private static (SseItem<string> Item, bool IsLast) Say(CampaignStatus status) => (
            new(JsonSerializer.Serialize(CampaignDocument.Of(status), ApiDocuments.Options), "status"),
            status.HasEnded);
    }
}
