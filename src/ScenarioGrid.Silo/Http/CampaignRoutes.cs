using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using ScenarioGrid.Grains;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Silo;

/// <summary>Campaigns: handing in, looking, ending.</summary>
public static class CampaignRoutes
{
    public const string Path = "/api/v1/campaigns";

    private const string Yaml = "application/yaml";
    private const int ReasonLengthMax = 500;

    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    public static void MapCampaigns(this IEndpointRouteBuilder app)
    {
        var seen = app.MapGroup(Path).RequireAuthorization(Callers.Viewer).WithTags("campaigns");
        seen.MapGet("", List).Produces<CampaignListDocument>().Refuses().WithName("listCampaigns")
            .WithSummary("The campaigns that the caller may see, newest first.");
        seen.MapGet("{id}", Status).Produces<CampaignDocument>().Refuses(404, 410).WithName("showCampaign")
            .WithSummary("How far a campaign is.");
        seen.MapGet("{id}/campaign.yaml", Text).Produces<string>(200, Yaml).Refuses(404).WithName("campaignText")
            .WithSummary("The text that was submitted.");
        seen.MapGet("{id}/submission", Submission).Produces<SubmissionDocument>().Refuses(404)
            .WithName("campaignSubmission").WithSummary("All that was submitted: text, block size, priority.");
        seen.MapGet("{id}/log", Log).Produces<LogDocument>().Refuses(404).WithName("campaignLog")
            .WithSummary("What happened to a campaign, from a position on.");

        var changed = app.MapGroup(Path).RequireAuthorization(Callers.Submitter).WithTags("campaigns");
        changed.MapPost("", Submit).Produces<SubmitDocument>(202).Refuses(400, 409, 413, 429).WithName("submitCampaign")
            .WithSummary("Accepts a campaign: its text is the body. Answered only after it is stored.")
            .RequireRateLimiting(RequestLimits.Submit).TakesYaml();
        changed.MapPost("{id}/cancel", Cancel).Produces<CampaignDocument>().Refuses(404).WithName("cancelCampaign")
            .WithSummary("Ends a running campaign; finished cells stay readable.");
        changed.MapPost("{id}/retry", Retry).Produces<CampaignDocument>().Refuses(404, 409).WithName("retryCampaign")
            .WithSummary("Runs the failed cells of an ended campaign again.");
        changed.MapDelete("{id}", Remove).Produces(204).Refuses(404, 409).WithName("removeCampaign")
            .WithSummary("Forgets an ended campaign and its results.");
    }

    private static async Task<IResult> List(HttpContext http, ICampaignFront front)
    {
        var all = await front.List(http.Caller()).WaitAsync(http.RequestAborted);
        return Results.Ok(new CampaignListDocument([.. all.Select(CampaignDocument.Of)]));
    }

    private static async Task<IResult> Status(string id, HttpContext http, ICampaignFront front) =>
        Results.Ok(CampaignDocument.Of(await front.Status(id, http.Caller()).WaitAsync(http.RequestAborted)));

    private static async Task<IResult> Text(string id, HttpContext http, ICampaignFront front)
    {
        var submission = await front.Submission(id, http.Caller()).WaitAsync(http.RequestAborted);
        return Results.Text(submission.Text, Yaml, Encoding.UTF8);
    }

    private static async Task<IResult> Submission(string id, HttpContext http, ICampaignFront front) => Results.Ok(
        SubmissionDocument.Of(await front.Submission(id, http.Caller()).WaitAsync(http.RequestAborted)));

    private static async Task<IResult> Log(string id, HttpContext http, ICampaignFront front, long from = 0)
    {
        var page = await front.Log(id, Math.Max(0, from), http.Caller()).WaitAsync(http.RequestAborted);
        return Results.Ok(LogDocument.Of(page));
    }

    private static async Task<IResult> Submit(
        HttpContext http, ICampaignFront front, AuditLog audit, int blockPaths = ScenarioPlan.DefaultBlockPaths,
        string priority = "normal", string? id = null, bool spread = false)
    {
        var body = await Body(http);
        var submission = new CampaignSubmission(Decode(body), blockPaths, spread, PriorityOf(priority), id);
        var answer = await front.Submit(submission, http.Caller()).WaitAsync(http.RequestAborted);
        audit.Submitted(http, answer.Campaign, body);
        return Results.Accepted(
            $"{Path}/{answer.Campaign}", new SubmitDocument(answer.Campaign, answer.IsNew, answer.Cells));
    }

    private static async Task<IResult> Cancel(
        string id, HttpContext http, ICampaignFront front, AuditLog audit, string reason = "")
    {
        if (reason.Length > ReasonLengthMax)
        {
            throw new GridException("INVALID", $"reason has {reason.Length} characters; at most {ReasonLengthMax}");
        }

        var status = await front.Cancel(id, reason, http.Caller()).WaitAsync(http.RequestAborted);
        audit.Changed(http, "cancel", id);
        return Results.Ok(CampaignDocument.Of(status));
    }

    private static async Task<IResult> Retry(string id, HttpContext http, ICampaignFront front, AuditLog audit)
    {
        var status = await front.Retry(id, http.Caller()).WaitAsync(http.RequestAborted);
        audit.Changed(http, "retry", id);
        return Results.Ok(CampaignDocument.Of(status));
    }

    private static async Task<IResult> Remove(string id, HttpContext http, ICampaignFront front, AuditLog audit)
    {
        await front.Remove(id, http.Caller()).WaitAsync(http.RequestAborted);
        audit.Changed(http, "remove", id);
        return Results.NoContent();
    }

    private static async Task<byte[]> Body(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }

    private static string Decode(byte[] body)
    {
        try
        {
            return s_strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw new GridException("INVALID", "the campaign must be UTF-8 text");
        }
    }

    private static Priority PriorityOf(string text) => text switch
    {
        "low" => Priority.Low,
        "normal" => Priority.Normal,
        "high" => Priority.High,
        _ => throw new GridException("INVALID", $"priority '{text}' must be low, normal or high"),
    };
}
