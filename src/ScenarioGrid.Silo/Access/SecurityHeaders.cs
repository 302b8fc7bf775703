using Microsoft.AspNetCore.Builder;

namespace ScenarioGrid.Silo;

/// <summary>What every answer tells a browser not to do.</summary>
public static class SecurityHeaders
{
    /// <summary>Names and values.</summary>
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];

    /// <summary>Adds them to every answer, errors among them.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        foreach (var (name, value) in All)
        {
            context.Response.Headers[name] = value;
        }

        return next(context);
    });
}
