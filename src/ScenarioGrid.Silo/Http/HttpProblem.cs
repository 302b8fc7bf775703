using System.Globalization;
using Microsoft.AspNetCore.Http;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>The body of every refusal (RFC 9457).</summary>
/// <param name="Code">For programs.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">For people: what is wrong and what to do.</param>
public sealed record ProblemDocument(string Code, string Title, int Status, string Detail) : ApiDocument;

/// <summary>Turns codes into HTTP statuses, and writes refusals.</summary>
public static class HttpProblem
{
    public const string Unauthenticated = "UNAUTHENTICATED";

    public const string RateLimited = "RATE_LIMITED";

    public const string Timeout = "TIMEOUT";

    public const string NotFound = "NOT_FOUND";

    private const string ContentType = "application/problem+json";
    private static readonly TimeSpan BusyWait = TimeSpan.FromSeconds(5);

    /// <summary>The HTTP status of a code.</summary>
    public static int StatusOf(string code) => code switch
    {
        "UNKNOWN_CAMPAIGN" or NotFound => StatusCodes.Status404NotFound,
        "FORBIDDEN" or "ORIGIN" => StatusCodes.Status403Forbidden,
        "INVALID" or "HOST" => StatusCodes.Status400BadRequest,
        "CONFLICT" or "NOT_ENDED" => StatusCodes.Status409Conflict,
        "BUSY" or RateLimited => StatusCodes.Status429TooManyRequests,
        "STORE_DOWN" => StatusCodes.Status503ServiceUnavailable,
        "STORE_LOST" => StatusCodes.Status410Gone,
        "METHOD" => StatusCodes.Status405MethodNotAllowed,
        "TOO_LARGE" => StatusCodes.Status413PayloadTooLarge,
        "TOO_SLOW" => StatusCodes.Status408RequestTimeout,
        Timeout => StatusCodes.Status504GatewayTimeout,
        Unauthenticated => StatusCodes.Status401Unauthorized,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The code of a status that the framework answers with.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthenticated,
        StatusCodes.Status403Forbidden => "FORBIDDEN",
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => "METHOD",
        StatusCodes.Status408RequestTimeout => "TOO_SLOW",
        StatusCodes.Status504GatewayTimeout => Timeout,
        StatusCodes.Status413PayloadTooLarge => "TOO_LARGE",
        StatusCodes.Status429TooManyRequests => RateLimited,
        >= 500 => GridFault.Internal,
        _ => "INVALID",
    };

    /// <summary>Writes a refusal.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">Code; it decides the status.</param>
    /// <param name="detail">What is wrong.</param>
    /// <param name="wait">When to ask again.</param>
    public static Task Write(HttpContext context, string code, string detail, TimeSpan? wait = null)
    {
        var status = StatusOf(code);
        context.Response.StatusCode = status;
        if (wait is null && status == StatusCodes.Status429TooManyRequests)
        {
            wait = BusyWait;
        }

        if (wait is { } time)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds));
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var problem = new ProblemDocument(code, Title(status), status, detail);
        return context.Response.WriteAsJsonAsync(
            problem, ApiDocuments.Options, ContentType, CancellationToken.None);
    }

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
}

/// <summary>What an exception says to a caller: never more than a code and a sentence.</summary>
/// <param name="Code">Code.</param>
/// <param name="Detail">Sentence.</param>
public sealed record GridFault(string Code, string Detail)
{
    public const string Internal = "INTERNAL";

    private const string InternalDetail = "the silo met a fault that nobody foresaw; its log has it";

    /// <summary>The fault that an exception stands for.</summary>
    public static GridFault Of(Exception e) => e switch
    {
        GridException { Code: Internal } => new(Internal, InternalDetail),
        GridException grid => new(grid.Code, grid.Message),
        StoreException store => new("STORE_DOWN", store.Message),
        BadHttpRequestException bad => new(HttpProblem.CodeOf(bad.StatusCode), bad.Message),
        TimeoutException => new(HttpProblem.Timeout, "the grid did not answer in time"),
        _ => new(Internal, InternalDetail),
    };

    /// <summary>True for what the operator must see in the log.</summary>
    public bool IsInternal => Code == Internal;
}
