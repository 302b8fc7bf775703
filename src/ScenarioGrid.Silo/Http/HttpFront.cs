using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ScenarioGrid.Silo;

/// <summary>The way in from outside the trust zone.</summary>
public static class HttpFront
{
    public static WebApplicationBuilder AddHttpFront(this WebApplicationBuilder builder, HttpSettings http)
    {
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(http.Address, http.Port));
        return builder;
    }

    public static WebApplication UseHttpFront(this WebApplication app)
    {
        app.MapGet("/health/ready", () => "ok");
        return app;
    }

    /// <summary>Where HTTP listens, once it does.</summary>
    public static string? Address(IHost host) =>
        host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
}
