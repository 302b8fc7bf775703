using System.CommandLine;
using System.Text;
using ScenarioGrid.Measures;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid export: every statistic of every cell with its interval, as one table.</summary>
public static class ExportCommand
{
    private static readonly string[] Formats = ["csv", "json", "jsonl", "parquet"];

    public static Command Create()
    {
        var run = new RunChoice();
        var format = new Option<string>("--format")
        {
            Description = "csv, json, jsonl or parquet",
            HelpName = "format",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong(Formats);
        var to = new Option<string?>("--out")
        {
            Description = "file to write (default: standard output)",
            HelpName = "file",
        };
        var command = new Command("export", "Export the table of cells: settings and all statistics, in base units.\n\n"
            + "Example: scenariogrid export oracle-window-01 --format parquet --out cells.parquet"
            + ClusterOption.RunHelp);
        run.AddTo(command);
        CommonOptions.AddTo(command, format, to);
        command.SetAction(async (parsed, stop) =>
        {
            using var folder = await run.Open(parsed, new Terminal(noColor: true), stop);
            var results = Stoppable(folder.Read(), stop);
            var file = parsed.GetValue(to) ?? "-";
            if (parsed.GetValue(format) == "parquet")
            {
                CommonOptions.Check(file != "-" || Console.IsOutputRedirected,
                    "parquet is no text; name a file with --out");
                CommonOptions.Check(!folder.IsLarge, $"{folder.Id} is too large for one parquet file; read the parts: "
                    + Path.Combine(folder.FullPath, "cells", "part-*.parquet"));
                WriteParquet(folder, [.. results], file);
            }
            else if (file == "-")
            {
                WriteRows(folder, results, parsed.GetValue(format)!, Console.Out);
            }
            else
            {
                OutputFile.Write(file, stream =>
                {
                    using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
                    WriteRows(folder, results, parsed.GetValue(format)!, text);
                });
            }

            ShowCommand.NoteUnfinished(folder, new Terminal(noColor: true));
            return Exit.Ok;
        });
        return command;
    }

    private static IEnumerable<CellResult> Stoppable(IEnumerable<CellResult> results, CancellationToken stop)
    {
        foreach (var result in results)
        {
            stop.ThrowIfCancellationRequested();
            yield return result;
        }
    }

    private static void WriteParquet(RunFolder folder, IReadOnlyList<CellResult> results, string file)
    {
        var table = new CellTable(folder.Campaign, folder.Grid);
        if (file != "-")
        {
            OutputFile.Write(file, stream => table.Write(stream, results).GetAwaiter().GetResult());
            return;
        }

        // Parquet needs a stream that knows its position.
        using var memory = new MemoryStream();
        table.Write(memory, results).GetAwaiter().GetResult();
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    private static void WriteRows(RunFolder folder, IEnumerable<CellResult> results, string format, TextWriter to)
    {
        var table = new CellTable(folder.Campaign, folder.Grid);
        using var rows = new RowWriter(to, format, table.Columns, new Terminal(noColor: true));
        var estimates = folder.Campaign.Measures.Count * folder.Campaign.Statistics.Count;
        foreach (var result in results)
        {
            var settings = folder.Grid.Settings(result.Cell)
                .Select((v, a) => (object?)CellValues.Setting(folder.Campaign, folder.Grid.Axes[a], v));
            var numbers = result.Error is null
                ? result.Estimates.SelectMany(e => new object?[] { e.Value, e.Low, e.High, e.StandardError })
                : Enumerable.Repeat<object?>(null, estimates * 4);
            rows.Add([result.Cell, .. settings, result.Estimates.Length > 0 ? result.Estimates[0].Paths : 0,
                result.Error ?? "", .. numbers]);
        }
    }
}
