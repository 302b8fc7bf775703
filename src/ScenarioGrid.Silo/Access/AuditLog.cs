using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ScenarioGrid.Silo;

/// <summary>One line per submission, end of a campaign, and denial: who, what, from where.</summary>
public sealed class AuditLog(ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger(LogLines.Audit);

    /// <summary>A campaign was handed in.</summary>
    /// <param name="context">The request.</param>
    /// <param name="campaign">Its id.</param>
    /// <param name="spec">The bytes of its text; their hash is logged.</param>
    public void Submitted(HttpContext context, string campaign, ReadOnlySpan<byte> spec) => _log.LogInformation(
        "submit campaign={Campaign} spec={Hash} by={Name} token={Token} from={Address}",
        campaign, Convert.ToHexStringLower(SHA256.HashData(spec)), Name(context), context.TokenIdOf(), From(context));

    /// <summary>A campaign was cancelled, retried or removed.</summary>
    public void Changed(HttpContext context, string what, string campaign) => _log.LogInformation(
        "{What} campaign={Campaign} by={Name} token={Token} from={Address}",
        what, campaign, Name(context), context.TokenIdOf(), From(context));

    /// <summary>A request was refused.</summary>
    public void Denied(HttpContext context, string why) => _log.LogWarning(
        "denied {Method} {Path} by={Name} token={Token} from={Address}: {Why}",
        context.Request.Method, context.Request.Path.Value, Name(context), context.TokenIdOf() ?? "-", From(context),
        why);

    private static string Name(HttpContext context) => context.User.Identity?.Name ?? "-";

    private static string From(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "-";
}
