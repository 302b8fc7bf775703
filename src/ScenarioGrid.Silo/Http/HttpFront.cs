using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace ScenarioGrid.Silo;

/// <summary>The way in from outside the trust zone: HTTP with tokens, over the same front that clients inside use.
/// </summary>
/// <remarks>Needs an <c>ICampaignFront</c>, an <c>ISiloHealth</c>, a <c>SiloFence</c> and a <see cref="StoreProbe"/>
/// among the services.</remarks>
public static class HttpFront
{
    private const int ConnectionsMax = 1000;
    private const int HeaderBytesMax = 16 * 1024;
    private const double SlowBytesPerSecond = 240;

    /// <summary>Adds what the way in needs.</summary>
    public static WebApplicationBuilder AddHttpFront(this WebApplicationBuilder builder, HttpSettings http)
    {
        var limits = http.Limits;
        var services = builder.Services;
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, http));
        services.AddSingleton(http);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AuditLog>();
        services.AddSingleton(new StreamLimit(limits.StreamsMax));
        services.AddSingleton(s => new FailureLimit(limits.FailuresPerMinute, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(AccessOf);
        services.AddRouting().Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => ApiDocuments.Configure(o.SerializerOptions));
        services.AddAuthentication(TokenAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        Callers.AddPolicies(services.AddAuthorizationBuilder());
        services.AddRateLimiter(o => RequestLimits.Configure(o, limits));
        services.AddRequestTimeouts(o => o.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = limits.RequestTime,
            WriteTimeoutResponse = c => HttpProblem.Write(c, HttpProblem.Timeout, "the grid did not answer in time"),
        });
        services.AddOpenTelemetry().WithMetrics(m => m.AddPrometheusExporter());
        OpenApi.AddDocument(services);
        return builder;
    }

    /// <summary>Puts the way in together: nothing is reached before host, token, limits and role have been checked.
    /// </summary>
    public static WebApplication UseHttpFront(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.Use(Refusals(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HttpFront))));
        app.UseHostCheck(app.Services.GetRequiredService<HttpSettings>());
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseAuthorization();
        app.MapCampaigns();
        app.MapResults();
        app.MapEvents();
        app.MapCluster();
        app.MapHealth();
        app.MapDocument();

        // The exporter would answer to every verb.
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Callers.Viewer)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
        return app;
    }

    /// <summary>Where HTTP listens, once it does.</summary>
    public static string? Address(IHost host) =>
        host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();

    private static void Configure(KestrelServerOptions kestrel, HttpSettings http)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = http.Limits.BodyBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Limits.RequestHeadersTimeout = http.Limits.HeaderTime;
        kestrel.Limits.MinRequestBodyDataRate = new(SlowBytesPerSecond, http.Limits.SlowBodyTime);
        kestrel.Limits.MinResponseDataRate = new(SlowBytesPerSecond, http.Limits.SlowBodyTime);
        kestrel.Listen(http.Address, http.Port, o => o.Protocols = HttpProtocols.Http1);
    }

    private static Access AccessOf(IServiceProvider services)
    {
        if (services.GetRequiredService<HttpSettings>().TokensFile is not { } file)
        {
            return new(null);
        }

        var log = services.GetRequiredService<ILogger<TokenFile>>();
        return new(new TokenFile(
            file, services.GetRequiredService<TimeProvider>(), problem => log.LogWarning("{Problem}", problem)));
    }

    /// <summary>Answers every failure with a code and a sentence, never with a stack.</summary>
    private static Func<HttpContext, RequestDelegate, Task> Refusals(ILogger log) => async (context, next) =>
    {
        try
        {
            await next(context);
            var status = context.Response.StatusCode;
            if (status >= StatusCodes.Status400BadRequest && !context.Response.HasStarted
                && context.Response.ContentType is null)
            {
                await HttpProblem.Write(context, HttpProblem.CodeOf(status), "there is nothing here for this request");
            }
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var fault = GridFault.Of(e);
            if (fault.IsInternal)
            {
                log.LogError(e, "{Method} {Path}", context.Request.Method, context.Request.Path.Value);
            }

            await HttpProblem.Write(context, fault.Code, fault.Detail);
        }
    };
}
