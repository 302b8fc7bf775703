using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid plan: what a campaign would run, and how long it would take here. Runs two blocks and nothing
/// else.</summary>
public static class PlanCommand
{
    private const int CellsShown = 5;

    /// <summary>Most time one block is run for; a longer one is stopped and its rate used.</summary>
    private static readonly TimeSpan CalibrationMost = TimeSpan.FromSeconds(1);

    /// <summary>How long blocks run before one counts: the runtime compiles hot code a second time.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.4);

    public static Command Create()
    {
        var input = new CampaignInput();
        var workers = CommonOptions.Workers();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("plan",
            "Show cells, paths, memory and a time estimate without running the campaign.\n\n"
            + "Example: scenariogrid plan examples/oracle-window.yaml");
        input.AddTo(command);
        CommonOptions.AddTo(command, workers, output, noColor);
        command.SetAction(async (parsed, _) =>
        {
            var campaign = await input.Read(parsed);
            var count = CommonOptions.CheckWorkers(parsed.GetValue(workers));
            var plan = new ScenarioPlan(campaign);
            var cost = Calibrate(plan);
            Print(plan, cost, count, parsed.GetValue(output)!, new Terminal(parsed.GetValue(noColor)));
            return Exit.Ok;
        });
        return command;
    }

    private static void Print(ScenarioPlan plan, Cost cost, int workers, string output, Terminal terminal)
    {
        var parallel = Math.Min(workers, Environment.ProcessorCount);
        var perCell = cost.SecondsPerPathTick * plan.Campaign.Paths * plan.Campaign.Ticks + cost.StatisticSeconds;
        var seconds = perCell * plan.Cells.Count / parallel;
        if (output == "json")
        {
            PrintJson(plan, cost, parallel, seconds);
            return;
        }

        if (output == "table")
        {
            PrintFacts(plan, cost, parallel, seconds, terminal);
        }

        PrintCells(plan, output, terminal);
    }

    private static void PrintFacts(ScenarioPlan plan, Cost cost, int parallel, double seconds, Terminal terminal)
    {
        var campaign = plan.Campaign;
        var names = string.Join(", ", plan.Cells.Axes.Select(a => a.Name));
        var design = campaign.Sweep.Design switch
        {
            Design.Sobol => $"Sobol points over {names}",
            Design.LatinHypercube => $"Latin hypercube over {names}",
            _ when names.Length == 0 => "nothing is swept",
            _ => string.Join(" x ", plan.Cells.Axes.Select(a => Text($"{a.Name} {a.Levels}"))),
        };
        var tick = QuantityFormat.Text(campaign.TickSeconds, Second.Info);
        var work = Text($"{Terminal.Short(PathTicks(plan))} path-ticks of {cost.SecondsPerPathTick * 1e9:0} ns");
        var cores = Text($"{parallel} of {Environment.ProcessorCount} cores");
        Terminal.Line(terminal.Bold(campaign.Name));
        Terminal.Line(Text($"cells      {plan.Cells.Count:N0}  ({design})"));
        Terminal.Line(Text($"paths      {campaign.Paths:N0} per cell, in blocks of {plan.BlockPaths}"));
        Terminal.Line(Text($"ticks      {campaign.Ticks:N0} of {tick}"));
        Terminal.Line(Text($"instances  {campaign.Instances.Count}, and {campaign.Shocks.Count} shocks"));
        Terminal.Line($"memory     {Bytes(cost.Bytes)} per worker");
        Terminal.Line($"time       {Terminal.Duration(seconds)} on {cores} ({work})");
        Terminal.Line();
    }

    private static void PrintJson(ScenarioPlan plan, Cost cost, int parallel, double seconds) => JsonOut.Print(json =>
    {
        json.WriteString("campaign", plan.Campaign.Name);
        json.WriteNumber("cells", plan.Cells.Count);
        json.WriteNumber("paths", plan.Campaign.Paths);
        json.WriteNumber("ticks", plan.Campaign.Ticks);
        json.WriteNumber("instances", plan.Campaign.Instances.Count);
        json.WriteNumber("shocks", plan.Campaign.Shocks.Count);
        json.WriteNumber("memoryBytesPerWorker", cost.Bytes);
        json.WriteNumber("workers", parallel);
        json.WriteNumber("secondsEstimated", seconds);
        json.WriteNumber("pathTicks", PathTicks(plan));
        json.WriteNumber("nanosecondsPerPathTick", cost.SecondsPerPathTick * 1e9);
        json.WriteStartObject("axes");
        foreach (var axis in plan.Cells.Axes)
        {
            json.WriteNumber(axis.Name, axis.Levels);
        }

        json.WriteEndObject();
    });

    private static double PathTicks(ScenarioPlan plan) =>
        (double)plan.Cells.Count * plan.Campaign.Paths * plan.Campaign.Ticks;

    private static void PrintCells(ScenarioPlan plan, string output, Terminal terminal)
    {
        var axes = plan.Cells.Axes;
        using (var rows = new RowWriter(Console.Out, output, ["cell", .. axes.Select(a => a.Name)], terminal))
        {
            for (var cell = 0L; cell < Math.Min(CellsShown, plan.Cells.Count); cell++)
            {
                rows.Add([cell, .. plan.Cells.Settings(cell)
                    .Select((v, a) => (object?)CellValues.Setting(plan.Campaign, axes[a], v))]);
            }
        }

        if (plan.Cells.Count > CellsShown)
        {
            terminal.Note(Text($"showing {CellsShown} of {plan.Cells.Count:N0} cells"));
        }
    }

    /// <summary>What a block costs: the first block of the first and of the middle cell, each after a warm-up of the
    /// code.</summary>
    private static Cost Calibrate(ScenarioPlan plan)
    {
        var instances = ScenarioFactory.Instances(plan);
        var warm = ScenarioFactory.Block(plan, plan.Cells.Settings(0), instances, 0, null);
        for (var warming = Stopwatch.StartNew(); warming.Elapsed < WarmUp;)
        {
            if (warm.TicksDone == plan.Campaign.Ticks)
            {
                warm.Start(0);
            }

            warm.Run(Math.Min(64, plan.Campaign.Ticks - warm.TicksDone));
        }

        var first = Rate(plan, instances, 0);
        var middle = plan.Cells.Count > 2 ? Rate(plan, instances, plan.Cells.Count / 2) : first;
        var measures = (long)plan.Campaign.Measures.Count * plan.Campaign.Paths * sizeof(double);
        return new Cost((first + middle) / 2, StatisticSeconds(plan), instances.Sum(i => i.Bytes) + measures);
    }

    private static double Rate(ScenarioPlan plan, Instances.Instance[] instances, long cell)
    {
        var clock = Stopwatch.StartNew();
        var block = ScenarioFactory.Block(plan, plan.Cells.Settings(cell), instances, 0, null);
        while (block.TicksDone < plan.Campaign.Ticks && clock.Elapsed < CalibrationMost)
        {
            block.Run(Math.Min(64, plan.Campaign.Ticks - block.TicksDone));
        }

        var paths = Math.Min(plan.BlockPaths, plan.Campaign.Paths);
        return clock.Elapsed.TotalSeconds / ((double)paths * Math.Max(1, block.TicksDone));
    }

    /// <summary>Seconds that the statistics of one cell take, on values in an order that has to be sorted.</summary>
    private static double StatisticSeconds(ScenarioPlan plan)
    {
        var statistics = CellStatistics.Named(plan.Campaign.Statistics);
        var values = new double[plan.Campaign.Paths];
        for (var path = 0; path < values.Length; path++)
        {
            values[path] = unchecked((uint)path * 2_654_435_769u);
        }

        CellStatistics.Of(0, [values], statistics);
        var clock = Stopwatch.StartNew();
        CellStatistics.Of(0, [values], statistics);
        return clock.Elapsed.TotalSeconds * plan.Campaign.Measures.Count;
    }

    private static string Bytes(long bytes) => bytes < 1 << 20
        ? Text($"{bytes / 1024.0:0} KiB")
        : Text($"{bytes / 1048576.0:0.0} MiB");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Cost(double SecondsPerPathTick, double StatisticSeconds, long Bytes);
}
