using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ScenarioGrid.Silo;

/// <summary>Refuses requests that a browser was tricked into: a host that is not ours, or a page of another origin.
/// </summary>
/// <remarks>
/// DNS rebinding makes a foreign name point to this machine, so a name must be known. A literal address cannot be
/// rebound; where tokens are configured any will do, as probes and proxies use the address they see.
/// </remarks>
public static class HostCheck
{
    /// <summary>Adds the check; it holds for every verb.</summary>
    public static void UseHostCheck(this WebApplication app, HttpSettings http) => app.Use((context, next) =>
    {
        if (!IsOurs(context.Request.Host, http))
        {
            return HttpProblem.Write(context, "HOST", "this silo does not answer to that host name (setting hosts)");
        }

        var origins = context.Request.Headers.Origin;
        return origins.Count == 0 || (origins.Count == 1 && IsOwn(origins[0], context.Request.Host))
            ? next(context)
            : HttpProblem.Write(context, "ORIGIN", "requests from pages of another origin are refused");
    });

    private static bool IsOurs(HostString host, HttpSettings http)
    {
        var name = host.Host;
        return IPAddress.TryParse(name.Trim('[', ']'), out var address)
            ? http.TokensFile is not null || IPAddress.IsLoopback(address)
            : name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || http.Hosts.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsOwn(string? origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);
}
