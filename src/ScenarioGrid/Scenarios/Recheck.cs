using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>Runs cells of a run again, bare and in blocks of another size, and compares every bit with what was
/// kept.</summary>
public static class Recheck
{
    /// <summary>The cells to look at: a sample without repetition that the seed fixes, in cell order.</summary>
    /// <param name="seed">Seed of the campaign.</param>
    /// <param name="known">Results to choose from, in cell order; looked at one by one.</param>
    /// <param name="count">How many; all when there are no more.</param>
    public static IReadOnlyList<CellResult> Sample(ulong seed, IEnumerable<CellResult> known, int count)
    {
        var key = PhiloxKey.Of(seed, "verify");
        uint Draw(long cell) => Philox.Words(((uint)cell, (uint)(cell >> 32), 0, 0), (key.K0, key.K1)).W0;

        // The cells with the least draws; the worst of them goes when a better one comes.
        var chosen = new PriorityQueue<CellResult, (uint Draw, long Cell)>(
            Comparer<(uint, long)>.Create((a, b) => b.CompareTo(a)));
        foreach (var result in known)
        {
            chosen.Enqueue(result, (Draw(result.Cell), result.Cell));
            if (chosen.Count > count)
            {
                chosen.Dequeue();
            }
        }

        return [.. chosen.UnorderedItems.Select(c => c.Element).OrderBy(r => r.Cell)];
    }

    /// <summary>Blocks unlike those of the run.</summary>
    public static int OtherBlockPaths(int blockPaths) => blockPaths == 64 ? 128 : 64;

    /// <summary>The cells whose bits are not those of the run; empty when all is well.</summary>
    /// <param name="plan">The campaign with the block size to run with.</param>
    /// <param name="kept">Results of the run.</param>
    /// <param name="checkedOne">Called after each cell, from any thread.</param>
    /// <param name="stop">Stops between cells.</param>
    public static IReadOnlyList<long> Different(
        ScenarioPlan plan, IReadOnlyList<CellResult> kept, Action checkedOne, CancellationToken stop)
    {
        var different = new SortedSet<long>();
        var options = new ParallelOptions { CancellationToken = stop,
            MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(kept, options, result =>
        {
            var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [result.Cell]);
            while (!runner.IsDone)
            {
                stop.ThrowIfCancellationRequested();
                runner.Advance(CellRunner.WindowOf(plan));
            }

            if (!runner.TakeResults()[0].CanonicalBytes().AsSpan().SequenceEqual(result.CanonicalBytes()))
            {
                lock (different)
                {
                    different.Add(result.Cell);
                }
            }

            checkedOne();
        });
        return [.. different];
    }
}
