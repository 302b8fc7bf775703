using ScenarioGrid.Measures;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>What becomes of a cell: a pure function of its campaign's seed and its number.</summary>
public enum Fate
{
    Sound,

    /// <summary>Its result is an error.</summary>
    Fails,

    /// <summary>The engine breaks on it.</summary>
    Breaks,

    /// <summary>It never ends; its worker is told after a while.</summary>
    Hangs,

    /// <summary>Its process dies.</summary>
    Kills,
}

/// <summary>The results of simulated cells.</summary>
public static class Cells
{
    /// <summary>Share of cells that come to a bad end, in ten thousand: fail, break, hang, kill.</summary>
    private static readonly int[] s_bad = [100, 60, 25, 25];

    public static Fate FateOf(ulong seed, long cell, bool mayKill)
    {
        var draw = (int)(Mix(seed, cell) % 10_000);
        for (var fate = 0; fate < s_bad.Length; fate++)
        {
            draw -= s_bad[fate];
            if (draw < 0)
            {
                return (Fate)(fate + 1) is Fate.Kills or Fate.Hangs && !mayKill ? Fate.Sound : (Fate)(fate + 1);
            }
        }

        return Fate.Sound;
    }

    public static CellResult ResultOf(ulong seed, long cell, bool mayKill) =>
        FateOf(seed, cell, mayKill) == Fate.Sound
            ? new CellResult(cell, [new Estimate(Mix(seed, cell) >> 12, 0, 1, 0.5, 16)], null)
            : new CellResult(cell, [], "failed");

    private static ulong Mix(ulong seed, long cell)
    {
        var x = seed * 0x9E3779B97F4A7C15 + (ulong)cell * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}

/// <summary>A scenario grain that takes virtual time and computes a pure function.</summary>
public sealed class SimulatedScenario(SimulatedSilo silo, PlanCache plans, SimulationOptions options) : IScenarioGrain
{
    private readonly Queue<long> _cells = [];
    private ScenarioPlan _plan = null!;
    private Lease _lease = null!;
    private double _left;

    public async Task Begin(Lease lease)
    {
        _plan = await plans.Get(lease.Campaign);
        (_lease, _left) = (lease, 0);
        _cells.Clear();
        foreach (var cell in lease.Cells)
        {
            _cells.Enqueue(cell);
        }
    }

    public async Task<WorkReport> Advance(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var world = silo.Node.World;
        var (results, ended, spent) = (new List<byte[]>(), new List<long>(), 0.0);
        while (_cells.Count > 0 && spent < options.WindowSeconds)
        {
            var cell = _cells.Peek();
            _left = _left > 0 ? _left : options.CellSeconds * (0.2 + 1.6 * world.Random.NextDouble());
            var now = Math.Min(_left, options.WindowSeconds - spent);
            _left -= now;
            spent += now;
            if (_left <= 0)
            {
                await Meet(cell, cancellation);
                results.Add(Result(cell));
                ended.Add(cell);
                _cells.Dequeue();
            }
        }

        await silo.Node.Spend(TimeSpan.FromSeconds(spent * silo.Node.Slowness), cancellation);
        ended.ForEach(c => silo.Executed(_lease.Campaign, c));
        return new WorkReport(
            new ResultBatch([.. results], results.Count), _cells.Count > 0 ? _cells.Peek() : -1, _cells.Count == 0);
    }

    private byte[] Result(long cell)
    {
        var result = Cells.ResultOf(_plan.Campaign.Seed, cell, options.MayKill);
        return (result.Error is null ? result : result with { Error = $"numeric-fault on {silo.Node.Name}" }).ToBytes();
    }

    private async Task Meet(long cell, CancellationToken cancellation)
    {
        switch (Cells.FateOf(_plan.Campaign.Seed, cell, options.MayKill))
        {
            case Fate.Breaks:
                throw new GridException("INTERNAL", "the engine broke", cell);
            case Fate.Hangs:
                await silo.Node.Spend(options.StuckAfter, cancellation);
                throw new GridException("STUCK", "the window did not end", cell);
            case Fate.Kills:
                silo.Node.World.Say(silo.Node, $"dies of cell {cell}");
                silo.Node.Crash();
                await new TaskCompletionSource().Task;
                break;
        }
    }
}
