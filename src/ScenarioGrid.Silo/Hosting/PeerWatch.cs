using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace ScenarioGrid.Silo;

/// <summary>Tells the operator which two silos do not hear each other, in one line when it begins and one when it ends.
/// </summary>
/// <remarks>
/// Work goes on without it: silos share nothing but the store. But a cut between two silos that the others do not see
/// evicts nobody, so that nothing else would name the pair. Opening a connection needs both directions, so either
/// direction's failure is seen from both ends.
/// </remarks>
public sealed class PeerWatch(ISiloStatusOracle silos, TimeProvider time, ILogger<PeerWatch> log) : BackgroundService
{
    /// <summary>Looks in a row that must fail before it is said.</summary>
    private const int LooksMost = 2;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<SiloAddress, int> _failures = [];

    /// <summary>Tries every other silo once.</summary>
    public async Task Look(CancellationToken stop)
    {
        var peers = silos.GetActiveSilos().Where(p => !p.Equals(silos.SiloAddress)).ToList();
        foreach (var gone in _failures.Keys.Except(peers).ToList())
        {
            _failures.Remove(gone);
        }

        foreach (var (peer, problem) in await Task.WhenAll(peers.Select(async p => (p, await Try(p.Endpoint, stop)))))
        {
            Say(peer, problem);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Look(stoppingToken);
        }
    }

    private void Say(SiloAddress peer, string? problem)
    {
        var failures = _failures.GetValueOrDefault(peer);
        _failures[peer] = problem is null ? 0 : failures + 1;
        if (problem is not null && failures + 1 == LooksMost)
        {
            log.LogWarning("silo {Silo} and silo {Peer} do not hear each other ({Problem}): look at the network "
                + "between them; campaigns go on through the store",
                silos.SiloAddress.Endpoint, peer.Endpoint, problem);
        }
        else if (problem is null && failures >= LooksMost)
        {
            log.LogInformation(
                "silo {Silo} and silo {Peer} hear each other again", silos.SiloAddress.Endpoint, peer.Endpoint);
        }
    }

    private async Task<string?> Try(IPEndPoint peer, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var late = time.CreateTimer(_ => limit.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
        using var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(peer, limit.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return $"no answer within {Patience.TotalSeconds:0} s";
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode.ToString();
        }
    }
}
