using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Silo;

/// <summary>The program of a silo: reads its settings, waits for Redis, joins the cluster and works until told to stop.
/// </summary>
public static class SiloProgram
{
    private const string Usage = """
        usage: scenariogrid silo [settings]     one silo of a cluster, until SIGTERM
               scenariogrid silo --show-config  settings and where they come from
               scenariogrid silo --health URL   0 when the address answers 200, else 1
        """;

    /// <summary>Version of the program.</summary>
    public static string Version { get; } =
        typeof(SiloProgram).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Runs a silo.</summary>
    /// <param name="args">Settings as flags, or one of the other modes.</param>
    /// <param name="catalog">The kinds that instances may have.</param>
    /// <returns>One of <see cref="SiloExit"/>.</returns>
    public static async Task<int> Run(string[] args, ComponentCatalog catalog)
    {
        if (args is ["--help" or "-h"])
        {
            await Console.Out.WriteLineAsync(Usage + Environment.NewLine + SettingTable.Help());
            return SiloExit.Ok;
        }

        if (args is ["--health", var address])
        {
            return await HealthCheck.Ask(address);
        }

        var isShow = args.Contains("--show-config");
        try
        {
            var flags = args.Where(a => a != "--show-config").ToArray();
            var source = SettingSource.Read(flags, Environment.GetEnvironmentVariable, SettingSource.FileName);
            var settings = SiloSettings.From(source);
            if (isShow)
            {
                await Console.Out.WriteLineAsync(SettingTable.Of(source, settings));
                return SiloExit.Ok;
            }

            PortCheck.Demand(settings);
            return await Start(settings, catalog);
        }
        catch (SettingException e)
        {
            await Console.Error.WriteLineAsync($"scenariogrid silo: {e.Message}");
            return SiloExit.Settings;
        }
    }

    private static async Task<int> Start(SiloSettings settings, ComponentCatalog catalog)
    {
        var options = RedisOptions.Parse($"{settings.Redis.Host}:{settings.Redis.Port}", settings.RedisPassword);
        options.User = settings.RedisUser;
        options.Ssl = settings.RedisTls;
        var redis = await RedisWait.Connect(options, TimeProvider.System, Console.Error.WriteLine);
        if (redis is null)
        {
            return SiloExit.StoreDown;
        }

        using var host = SiloHost.Build(settings, catalog, options, redis);
        try
        {
            await host.StartAsync();
        }
        catch (OperationCanceledException)
        {
            // Told to stop before it had joined.
            await host.StopAsync();
            return SiloExit.Ok;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"scenariogrid silo: cannot start: {StartProblem.Of(e)}");
            return SiloExit.LostMembership;
        }

        var end = host.Services.GetRequiredService<SiloEnd>();
        host.Services.GetRequiredService<ILogger<SiloEnd>>().LogInformation(
            "silo {Silo} of cluster {Cluster} works on {Workers} threads; store {Store}; http {Http}",
            settings, settings.ClusterId, settings.Workers,
            RedisOptions.Address(redis), HttpFront.Address(host) ?? "none");
        await host.WaitForShutdownAsync();
        return end.Code;
    }
}
