using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo;

namespace ScenarioGrid.Cli;

/// <summary>A cluster by its own protocol, inside the trust zone: Redis lists the silos, and any answers.</summary>
public sealed class OrleansCampaignFront : ICampaignFront, IAsyncDisposable
{
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly IHost _host;
    private readonly IFrontGrain _front;

    private OrleansCampaignFront(IHost host)
    {
        _host = host;
        _front = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IFrontGrain>(0);
    }

    /// <summary>Connects.</summary>
    /// <param name="address">Where Redis is, and which cluster.</param>
    /// <param name="password">Password of Redis, or null.</param>
    /// <param name="patience">How long to try.</param>
    /// <param name="stop">Stops.</param>
    /// <exception cref="LostConnectionException">Redis or every silo was silent all the time.</exception>
    public static async Task<OrleansCampaignFront> Connect(
        RedisAddress address, string? password, TimeSpan patience, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        Exception? last = null;
        var host = Build(address, password, async (e, ended) =>
        {
            last = e;
            await Task.Delay(RetryPause, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !limit.IsCancellationRequested;
        });
        try
        {
            await host.StartAsync(limit.Token).WaitAsync(limit.Token);
            return new OrleansCampaignFront(host);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            host.Dispose();
            stop.ThrowIfCancellationRequested();
            throw new LostConnectionException((last ?? e).Message.Split('\n')[0].TrimEnd('\r', '.'));
        }
    }

    public Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller) =>
        Ask(() => _front.Submit(submission, caller));

    public Task<CampaignStatus[]> List(Caller caller) => Ask(() => _front.List(caller));

    public Task<CampaignStatus> Status(string campaign, Caller caller) => Ask(() => _front.Status(campaign, caller));

    public Task<CampaignSubmission> Submission(string campaign, Caller caller) =>
        Ask(() => _front.Submission(campaign, caller));

    public Task<ShardPage> Results(string campaign, int shard, long from, Caller caller) =>
        Ask(() => _front.Results(campaign, shard, from, caller));

    public Task<LogPage> Log(string campaign, long from, Caller caller) =>
        Ask(() => _front.Log(campaign, from, caller));

    public Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller) =>
        Ask(() => _front.Cancel(campaign, reason, caller));

    public Task<CampaignStatus> Retry(string campaign, Caller caller) => Ask(() => _front.Retry(campaign, caller));

    public Task Remove(string campaign, Caller caller) => Ask(async () =>
    {
        await _front.Remove(campaign, caller);
        return true;
    });

    public Task<ClusterStatus> Cluster(Caller caller) => Ask(() => _front.Cluster(caller));

    public async ValueTask DisposeAsync()
    {
        // Leaving is a courtesy: a cluster that does not answer must not hold up the console's end.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _host.StopAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or OrleansException)
        {
        }

        _host.Dispose();
    }

    private static IHost Build(
        RedisAddress address, string? password, Func<Exception, CancellationToken, Task<bool>> retry)
    {
        var options = RedisOptions.Parse(FormattableString.Invariant($"{address.Host}:{address.Port}"), password);
        options.Ssl = address.IsTls;
        options.User = Environment.GetEnvironmentVariable(Setting.RedisUser.Environment);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .UseRedisClustering(o => o.ConfigurationOptions = options)
            .Configure<ClusterOptions>(o =>
            {
                o.ClusterId = address.ClusterId;
                o.ServiceId = Environment.GetEnvironmentVariable(Setting.ServiceId.Environment) is { Length: > 0 } set
                    ? set
                    : Setting.ServiceId.Default!;
            })
            .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = GatewayRefresh)
            .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = CallTime)
            .UseConnectionRetryFilter((e, ended) => retry(e, ended)));
        return builder.Build();
    }

    private static async Task<T> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (GridException e) when (e.Code == "STORE_DOWN")
        {
            throw new LostConnectionException(e.Message);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or IOException
            or System.Net.Sockets.SocketException)
        {
            throw new LostConnectionException(
                e is TimeoutException ? "no answer in time" : e.Message.Split('\n')[0].TrimEnd('\r', '.'));
        }
    }
}
