using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>The tokens of this silo; none when everybody on this machine is the operator.</summary>
/// <param name="Tokens">The file, or null.</param>
public sealed record Access(TokenFile? Tokens);

/// <summary>Recognises a caller by <c>Authorization: Bearer sg_...</c>, and by nothing else.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Access access,
    FailureLimit failures, AuditLog audit)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "token";

    private const string Bearer = "Bearer ";
    private const int TokenLengthMax = 128;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (access.Tokens is not { } tokens)
        {
            // HTTP listens on loopback then, so the peer is checked only in case that ever fails.
            return Task.FromResult(Context.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
                ? Ticket(Grains.Caller.Local, Callers.LocalId)
                : AuthenticateResult.NoResult());
        }

        if (Request.Headers.Authorization is not [{ } header])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(
            header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && header[Bearer.Length..].Trim() is { Length: > 0 and <= TokenLengthMax } token
            && tokens.Find(token) is { } entry
                ? Ticket(new(entry.Name, entry.Role), entry.Id)
                : AuthenticateResult.Fail("no such token"));
    }

    /// <remarks>Only refusals are counted. A right token is let in from an address that others guess from: guessing 256
    /// bits is hopeless anyway, and behind a proxy everybody has the same address.</remarks>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (failures.Count(Context.Connection.RemoteIpAddress) is { } wait)
        {
            await HttpProblem.Write(Context, HttpProblem.RateLimited, "too many refused tokens", wait);
            return;
        }

        var reason = Request.Headers.Authorization.Count == 0 ? "no token" : "no such token, or its time is over";
        audit.Denied(Context, reason);
        Response.Headers.WWWAuthenticate = "Bearer";
        await HttpProblem.Write(Context, HttpProblem.Unauthenticated, $"{reason}; send Authorization: Bearer sg_...");
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        audit.Denied(Context, "its role may not");
        await HttpProblem.Write(Context, "FORBIDDEN", $"{Context.Caller().Role} may not {Request.Method} this");
    }

    private AuthenticateResult Ticket(Caller caller, string tokenId) => AuthenticateResult.Success(
        new(Callers.Principal(caller, tokenId, Scheme.Name), Scheme.Name));
}
