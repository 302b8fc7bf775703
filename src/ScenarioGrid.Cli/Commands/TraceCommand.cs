using System.CommandLine;
using System.Globalization;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid trace: replays one path of one cell tick by tick.</summary>
public static class TraceCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("run|file") { Description = "run id, or campaign file", HelpName = "run|file" };
        what.CompletionSources.Add(_ => CommonOptions.Ids(CommonOptions.DefaultRuns));
        var run = new RunChoice(what);
        var cell = new Option<long>("--cell") { Description = "number of the cell", HelpName = "n", Required = true };
        var path = new Option<string>("--path")
        {
            Description = "number of the path, or worst: the worst by the first objective",
            HelpName = "n",
            DefaultValueFactory = _ => "worst",
        };
        var ticks = new Option<string?>("--ticks")
        {
            Description = "ticks to show, first..last (default: all)",
            HelpName = "a..b",
        };
        var instance = new Option<string?>("--instance") { Description = "show this instance only", HelpName = "name" };
        var state = new Option<bool>("--state") { Description = "show inner state and inputs too" };
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("trace", "Replay one path tick by tick, bit for bit as in the run.\n\n"
            + "Example: scenariogrid trace oracle-window-01 --cell 12 --path worst --instance twap --ticks 1435..1500"
            + ClusterOption.RunHelp);
        run.AddTo(command);
        CommonOptions.AddTo(command, cell, path, ticks, instance, state, output, noColor);
        command.SetAction(async (parsed, stop) =>
        {
            var terminal = new Terminal(parsed.GetValue(noColor));
            var plan = await Plan(run, parsed, terminal, stop);
            var number = CheckCell(plan, parsed.GetValue(cell));
            var window = Window(parsed.GetValue(ticks), plan.Campaign.Ticks);
            var columns = Columns(plan.Campaign, parsed.GetValue(instance), parsed.GetValue(state));
            var traced = await RunEnding.Promptly(
                () => PathOf(plan, number, parsed.GetValue(path)!, terminal), stop);
            return Replay(plan, number, traced, window, columns, parsed.GetValue(output)!, terminal, stop);
        });
        return command;
    }

    private static async Task<ScenarioPlan> Plan(
        RunChoice run, ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        if (parsed.GetValue(run.Run) is { } what && File.Exists(what))
        {
            return new ScenarioPlan(await CampaignInput.Read(what));
        }

        using var folder = await run.Open(parsed, terminal, stop);
        return new ScenarioPlan(folder.Campaign, folder.Manifest.BlockPaths);
    }

    private static int Replay(
        ScenarioPlan plan, long cell, int path, (int First, int Last) window, List<Column> columns, string output,
            Terminal terminal, CancellationToken stop)
    {
        double[]? measures = null;
        var exit = Exit.Ok;
        using (var rows = new RowWriter(
            Console.Out, output, ["tick", "seconds", .. columns.Select(c => c.Name)], terminal))
        {
            try
            {
                measures = PathTrace.Replay(plan, cell, path, (instances, lane, tick) =>
                {
                    stop.ThrowIfCancellationRequested();
                    if (tick >= window.First && tick <= window.Last)
                    {
                        rows.Add([tick, CellValues.Quantity((tick + 1) * plan.Campaign.TickSeconds, Second.Info),
                            .. columns.Select(c => (object?)c.Read(instances, lane))]);
                    }
                });
            }
            catch (ScenarioFault fault)
            {
                terminal.Note(fault.Message);
                exit = Exit.Failed;
            }
        }

        if (measures is not null)
        {
            NoteMeasures(plan.Campaign, cell, path, measures, terminal);
        }

        return exit;
    }

    /// <summary>What the path came to: for people beside the data, so that piped data stay one table.</summary>
    private static void NoteMeasures(Campaign campaign, long cell, int path, double[] measures, Terminal terminal)
    {
        terminal.Note(string.Create(
            CultureInfo.InvariantCulture, $"cell {cell}, path {path}, measures of the whole path:"));
        var width = campaign.Measures.Max(m => m.Name.Length);
        for (var m = 0; m < measures.Length; m++)
        {
            var (name, unit) = (campaign.Measures[m].Name.PadRight(width), campaign.Measures[m].Port.Unit.Symbol);
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"  {name}  {measures[m]:R} {unit}").TrimEnd());
        }
    }

    private static long CheckCell(ScenarioPlan plan, long cell) => cell >= 0 && cell < plan.Cells.Count
        ? cell
        : throw new CommandException(Exit.NotFound,
            FormattableString.Invariant($"there is no cell {cell}; cells are 0 to {plan.Cells.Count - 1}"));

    private static (int First, int Last) Window(string? text, int ticks)
    {
        if (text is null)
        {
            return (0, ticks - 1);
        }

        var parts = text.Split("..");
        var (first, last) = (0, 0);
        var isRange = parts.Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first <= last && last < ticks;
        CommonOptions.Check(isRange,
            FormattableString.Invariant($"--ticks is '{text}'; write first..last within 0..{ticks - 1}"));
        return (first, last);
    }

    private static int PathOf(ScenarioPlan plan, long cell, string text, Terminal terminal)
    {
        if (text == "worst")
        {
            return Worst(plan, cell, terminal);
        }

        var isPath = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var path)
            && path < plan.Campaign.Paths;
        return isPath
            ? path
            : throw new CommandException(Exit.NotFound,
                FormattableString.Invariant(
                    $"there is no path '{text}'; paths are 0 to {plan.Campaign.Paths - 1}, or worst"));
    }

    /// <summary>The path with the worst value of the first objective's measure: the largest, or the smallest when it
    /// is maximised.</summary>
    private static int Worst(ScenarioPlan plan, long cell, Terminal terminal)
    {
        CommonOptions.Check(plan.Campaign.Objectives.Count > 0,
            "the campaign has no objective to find the worst path by; give its number");
        var objective = plan.Campaign.Objectives[0];
        double[] values;
        try
        {
            values = PathTrace.Values(plan, cell)[objective.Measure];
        }
        catch (ScenarioFault fault)
        {
            terminal.Note($"cell {cell} fails on path {fault.Path}, which is traced");
            return fault.Path;
        }

        var worst = 0;
        for (var path = 1; path < values.Length; path++)
        {
            if (objective.Maximise ? values[path] < values[worst] : values[path] > values[worst])
            {
                worst = path;
            }
        }

        var measure = plan.Campaign.Measures[objective.Measure].Name;
        terminal.Note(string.Create(CultureInfo.InvariantCulture,
            $"worst of {values.Length} paths by {measure}: path {worst} with {values[worst]:R}"));
        return worst;
    }

    private static List<Column> Columns(Campaign campaign, string? instance, bool withState)
    {
        var names = campaign.Instances.Select(i => i.Name).ToList();
        if (instance is not null && !names.Contains(instance))
        {
            throw new CommandException(
                Exit.NotFound, $"there is no instance '{instance}'{Suggestion.Text(instance, names)}");
        }

        var lists = new Wiring(campaign.Instances).ListCounts;
        var columns = new List<Column>();
        for (var i = 0; i < campaign.Instances.Count; i++)
        {
            var (spec, ports) = (campaign.Instances[i], campaign.Instances[i].Kind.Ports);
            for (var port = 0; port < ports.Count; port++)
            {
                if ((instance is null || spec.Name == instance)
                    && (withState || ports[port].Kind is LaneKind.Output or LaneKind.Push))
                {
                    columns.AddRange(ColumnsOf(spec, ports[port], new LaneAddress(i, port, 0), lists[i][port]));
                }
            }
        }

        return columns;
    }

    /// <summary>One column per row of each lane; of a state with many rows (cohorts, buckets) the first.</summary>
    private static IEnumerable<Column> ColumnsOf(InstanceSpec spec, PortInfo port, LaneAddress at, int count)
    {
        var rows = port.Kind == LaneKind.State ? 1 : port.Rows;
        return
            from item in Enumerable.Range(0, count)
            from row in Enumerable.Range(0, rows)
            let ofList = port.IsList ? $"[{spec.Slots[port.Route!.Slots[0]][item]}]" : ""
            let ofRow = rows > 1 ? $"[{row}]" : ""
            select new Column($"{spec.Name}.{port.Name}{ofList}{ofRow}", at with { Item = item }, row, port.Unit);
    }

    private sealed record Column(string Name, LaneAddress At, int Row, UnitInfo Unit)
    {
        public Shown Read(IReadOnlyList<Instance> instances, int path)
        {
            var lane = instances[At.Instance].Lanes[At.Port][At.Item];
            return CellValues.Quantity(lane.AllRows[Row * lane.Paths + path], Unit);
        }
    }
}
