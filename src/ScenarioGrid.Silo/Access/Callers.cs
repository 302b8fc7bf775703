using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>Who asks over HTTP, and what each role may ask.</summary>
public static class Callers
{
    /// <summary>Policy of routes that every caller may use.</summary>
    public const string Viewer = "viewer";

    /// <summary>Policy of routes that change a caller's own campaigns.</summary>
    public const string Submitter = "submitter";

    /// <summary>Policy of routes about the cluster.</summary>
    public const string Operator = "operator";

    /// <summary>Id of the one caller where no tokens are configured.</summary>
    public const string LocalId = "local";

    private const string TokenId = "tokenId";

    /// <summary>The caller as ASP.NET carries it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="tokenId">Tells tokens of one owner apart.</param>
    /// <param name="scheme">How it was recognised.</param>
    public static ClaimsPrincipal Principal(Caller caller, string tokenId, string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.Name, caller.Name), new(ClaimTypes.Role, caller.Role.ToString()), new(TokenId, tokenId)],
        scheme));

    /// <summary>Who asks; only behind a policy, where there is always somebody.</summary>
    public static Caller Caller(this HttpContext context) =>
        new(context.User.FindFirstValue(ClaimTypes.Name)!, RoleOf(context.User)!.Value);

    /// <summary>Id of the caller's token, or null when nobody was recognised.</summary>
    public static string? TokenIdOf(this HttpContext context) => context.User.FindFirstValue(TokenId);

    /// <summary>Adds the policies. A route without one is denied to everybody.</summary>
    public static void AddPolicies(AuthorizationBuilder authorization)
    {
        authorization.AddPolicy(Viewer, p => p.RequireAssertion(c => RoleOf(c.User) >= Role.Viewer));
        authorization.AddPolicy(Submitter, p => p.RequireAssertion(c => RoleOf(c.User) >= Role.Submitter));
        authorization.AddPolicy(Operator, p => p.RequireAssertion(c => RoleOf(c.User) >= Role.Operator));

        // Whoever has a token learns that a route or verb does not exist; nobody learns it without one, and a route
        // that somebody maps without a policy stays shut.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(c => c.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build());
    }

    private static Role? RoleOf(ClaimsPrincipal user) =>
        Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;
}
