using System.Diagnostics;
using System.Globalization;
using ScenarioGrid.Grains;
using ScenarioGrid.Measures;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Bench.Commands;

/// <summary>
/// The reference campaign, through the grains or as a bare loop: path-steps per second and its statistics.
/// </summary>
/// <remarks>Paths are split evenly into cells of one campaign each, so that every worker has some.</remarks>
public static class ReferenceRun
{
    public static int Run(string[] args)
    {
        var paths = Option(args, "--paths", 163_840);
        var block = Option(args, "--block", ScenarioPlan.DefaultBlockPaths);
        var workers = Option(args, "--workers", 1);
        var text = ReferenceCampaign.Text(paths / workers, args.Contains("--filter"));
        if (workers > 1)
        {
            // A second cell with the same shocks doubles the work; the sweep is over a switch that changes
            // nothing here.
            text += "\nsweep:\n  vaults.copy: {from: 1, to: " + workers + ", steps: " + workers + "}\n";
        }

        var plan = new ScenarioPlan(ReferenceCampaign.Read(text), block);
        var (result, wall, cpu) = args.Contains("--bare") ? Bare(plan) : Grid(plan, workers);
        var steps = (double)plan.Campaign.Paths * plan.Cells.Count * plan.Campaign.Ticks;
        var statistics = plan.Campaign.Statistics.ToList();
        var bad = result.At(
            plan.Campaign.IndexOfMeasure("vaults.badDebt"), statistics.IndexOf("mean"), statistics.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"paths={plan.Campaign.Paths * plan.Cells.Count} workers={workers} wall={wall:0.000} s cpu={cpu:0.000} s "
            + $"path-steps/s={steps / wall:0.000e+0} (per cpu-second {steps / cpu:0.000e+0}) "
            + $"badDebt mean={bad.Value:0.00} se={bad.StandardError:0.00}"));
        return 0;
    }

    /// <summary>An option with a whole number.</summary>
    public static int Option(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at < 0 ? otherwise : int.Parse(args[at + 1], null);
    }

    private static (CellResult, double Wall, double Cpu) Bare(ScenarioPlan plan)
    {
        // The first run warms up the compiled code, as the first cells of a campaign do.
        RunBare(new ScenarioPlan(plan.Campaign with { Paths = 65536 }, plan.BlockPaths));
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var result = RunBare(plan);
        return (result, clock.Elapsed.TotalSeconds,
            (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
    }

    private static CellResult RunBare(ScenarioPlan plan)
    {
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan),
            Enumerable.Range(0, (int)plan.Cells.Count).Select(c => (long)c));
        while (!runner.IsDone)
        {
            runner.Advance(CellRunner.WindowOf(plan));
        }

        return runner.TakeResults()[0];
    }

    private static (CellResult, double Wall, double Cpu) Grid(ScenarioPlan plan, int workers) => Task.Run(async () =>
    {
        await using var grid = await EmbeddedGrid.Start(ReferenceCampaign.Catalog, workers);
        var warm = plan.Campaign.Text.Replace($"paths: {plan.Campaign.Paths}", "paths: 65536",
            StringComparison.Ordinal);
        await Submit(grid, "warm-up", warm, plan.BlockPaths);
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var results = await Submit(grid, "reference", plan.Campaign.Text, plan.BlockPaths);
        return (results[0], clock.Elapsed.TotalSeconds,
            (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
    }).GetAwaiter().GetResult();

    private static async Task<List<CellResult>> Submit(EmbeddedGrid grid, string id, string text, int block)
    {
        var client = new CampaignClient(grid.Front, Caller.Local);
        await client.Submit(new CampaignSubmission(text, block, Id: id));
        var results = new List<CellResult>();
        await client.Collect(id, new HashSet<long>(), results.AddRange, _ => { }, CancellationToken.None);
        return results;
    }
}
