using System.Diagnostics;
using System.Globalization;

namespace ScenarioGrid.Cli;

/// <summary>A cluster on this machine: a store and silos on loopback, as processes of their own.</summary>
/// <param name="folder">Folder of its state, logs and data.</param>
/// <param name="terminal">Hears what happens.</param>
public sealed class LaptopCluster(string folder, Terminal terminal)
{
    private static readonly TimeSpan ReadyMost = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndMost = TimeSpan.FromSeconds(15);

    /// <summary>Brings the cluster to a number of silos: what lives is kept, what is missing is started.</summary>
    /// <param name="silos">Silos.</param>
    /// <param name="port">Port of the first HTTP front, the next ones follow; null for free ports.</param>
    /// <param name="stop">Stops; what was started is ended again.</param>
    /// <exception cref="CommandException">Something does not start.</exception>
    public async Task<ClusterState> Up(int silos, int? port, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        using var one = Lock();
        var before = ClusterState.Read(folder);
        var started = new List<ProcessStamp>();
        try
        {
            var state = await Start(before, silos, port, started, stop);
            await Task.WhenAll(state.Silos.Where(s => started.Contains(s.Process)).Select(s => Ready(s, stop)));
            return state;
        }
        catch
        {
            await Daemon.End(started, EndMost);
            Restore(before);
            throw;
        }
    }

    /// <summary>Ends every process of the cluster, the store last. Its data stay.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> Down()
    {
        if (ClusterState.Read(folder) is null)
        {
            return false;
        }

        using var one = Lock();
        if (ClusterState.Read(folder) is not { } state)
        {
            return false;
        }

        var silos = state.Silos.Where(s => s.Process.IsAlive).ToList();
        var killed = await Daemon.End([.. silos.Select(s => s.Process)], EndMost);
        foreach (var silo in silos)
        {
            terminal.Note($"silo {silo.Number} (pid {silo.Process.Pid}) ended"
                + (killed.Contains(silo.Process) ? ", killed after 15 s" : ""));
        }

        foreach (var silo in state.Silos.Except(silos))
        {
            terminal.Note($"silo {silo.Number} (pid {silo.Process.Pid}) was gone already");
        }

        var wasAlive = state.Store.Process.IsAlive;
        await Daemon.End([state.Store.Process], EndMost);
        terminal.Note($"store (pid {state.Store.Process.Pid}) {(wasAlive ? "ended" : "was gone already")}");
        ClusterState.Delete(folder);
        return true;
    }

    private async Task<ClusterState> Start(
        ClusterState? before, int count, int? port, List<ProcessStamp> started, CancellationToken stop)
    {
        var store = before?.Store;
        if (store is null || !store.Process.IsAlive)
        {
            store = StoreProgram.Start(folder, before?.Store.Port ?? Programs.FreePorts(1)[0]);
            started.Add(store.Process);
        }

        var state = new ClusterState
        {
            ClusterId = before?.ClusterId ?? "laptop",
            Store = store,
            Silos = [.. (before?.Silos ?? []).Where(s => s.Process.IsAlive)],
        };
        state.Save(folder);
        await StoreProgram.Ready(folder, store, stop);
        var free = Programs.FreePorts(3 * count);
        for (var number = 1; state.Silos.Count < count; number++)
        {
            if (state.Silos.Any(s => s.Number == number))
            {
                continue;
            }

            var at = (number - 1) % count * 3;
            var silo = StartSilo(state, number, (free[at], free[at + 1], port + number - 1 ?? free[at + 2]), count);
            started.Add(silo.Process);
            state = state with { Silos = [.. state.Silos.Append(silo).OrderBy(s => s.Number)] };
            state.Save(folder);
        }

        return state;
    }

    private LocalSilo StartSilo(ClusterState state, int number, (int Silo, int Gateway, int Http) ports, int count)
    {
        var log = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"silo-{number}.log"));
        var http = new Uri(FormattableString.Invariant($"http://127.0.0.1:{ports.Http}"));
        var workers = Math.Max(1, Environment.ProcessorCount / count);
        var process = Daemon.Start(log,
        [
            .. Programs.Console(), "silo", .. StoreProgram.SiloFlags(folder, state.Store),
            "--cluster-id", state.ClusterId, "--address", "127.0.0.1", "--silo-port", Programs.Text(ports.Silo),
            "--gateway-port", Programs.Text(ports.Gateway), "--http", http.ToString().TrimEnd('/'),
            "--workers", Programs.Text(workers),
        ]);
        return new LocalSilo(number, process, ports.Silo, ports.Gateway, http, log);
    }

    private static async Task Ready(LocalSilo silo, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < ReadyMost;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(silo.Http, "/health/ready"), stop);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                stop.ThrowIfCancellationRequested();
            }

            if (!silo.Process.IsAlive)
            {
                throw new CommandException(
                    Exit.Failed, $"silo {silo.Number} did not start ({silo.Log}):\n{Daemon.LastLines(silo.Log)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
        }

        throw new CommandException(Exit.Failed, $"silo {silo.Number} is not ready after "
            + $"{ReadyMost.TotalSeconds:0} s ({silo.Log}):\n{Daemon.LastLines(silo.Log)}");
    }

    /// <summary>After a start that failed: the cluster is what it was.</summary>
    private void Restore(ClusterState? before)
    {
        if (before is null)
        {
            ClusterState.Delete(folder);
        }
        else
        {
            before.Save(folder);
        }
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new CommandException(Exit.Usage, $"another command works on the cluster in {folder} ({e.Message})");
        }
    }
}
