using System.CommandLine;
using ScenarioGrid.Query;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid query: SQL over the cells and series of a run.</summary>
public static class QueryCommand
{
    private const long MemoryBytes = 1L << 30;

    public static Command Create()
    {
        var run = new RunChoice();
        var sql = new Argument<string>("sql")
        {
            Description = "a SELECT over the views cells (one row per cell) and series (quantiles over time)",
            HelpName = "sql",
        };
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("query",
            "Ask a run with SQL (DuckDB). Nothing but the run's own tables can be read.\n\n"
            + "Example: scenariogrid query oracle-window-01 \"select cell, twap_window, twap_lag_p95 from cells\""
            + ClusterOption.RunHelp);
        run.AddTo(command);
        command.Arguments.Add(sql);
        CommonOptions.AddTo(command, output, noColor);
        command.SetAction(async (parsed, stop) =>
        {
            var terminal = new Terminal(parsed.GetValue(noColor));
            using var folder = await run.Open(parsed, terminal, stop);
            var scratch = Directory.CreateTempSubdirectory("scenariogrid-").FullName;
            try
            {
                Query(Tables(folder, scratch), parsed.GetValue(sql)!, parsed.GetValue(output)!, terminal, stop);
            }
            catch (QueryException e)
            {
                throw new CommandException(Exit.Usage, "QUERY: " + e.Message);
            }
            finally
            {
                Directory.Delete(scratch, recursive: true);
            }

            ShowCommand.NoteUnfinished(folder, terminal);
            return Exit.Ok;
        });
        return command;
    }

    private static void Query(
        Dictionary<string, IReadOnlyList<string>> tables, string sql, string output, Terminal terminal,
            CancellationToken stop)
    {
        using var query = new RunQuery(tables, MemoryBytes);
        RowWriter? rows = null;
        query.Run(sql, head => rows = new RowWriter(Console.Out, output, Distinct(head), terminal), row =>
            rows!.Add(row), stop);
        rows?.Dispose();
    }

    /// <summary>Parts on disk; while some cells are in the journal only, all of them in one file of their own. Of a
    /// large run whole parts are all that is asked.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Tables(RunFolder folder, string scratch)
    {
        var parts = Path.Combine(folder.FullPath, "cells");
        var series = Path.Combine(folder.FullPath, "series");
        var tables = new Dictionary<string, IReadOnlyList<string>>();
        var areAllInParts = folder.Manifest.State == "completed" || folder.IsLarge;
        if (areAllInParts && Directory.Exists(parts))
        {
            tables["cells"] = Directory.GetFiles(parts, "part-*.parquet");
        }
        else
        {
            var file = Path.Combine(scratch, "cells.parquet");
            using var stream = File.Create(file);
            var table = new CellTable(folder.Campaign, folder.Grid);
            table.Write(stream, folder.Results).GetAwaiter().GetResult();
            tables["cells"] = [file];
        }

        if (Directory.Exists(series) && Directory.GetFiles(series, "part-*.parquet") is { Length: > 0 } found)
        {
            tables["series"] = found;
        }

        return tables;
    }

    /// <summary>Column names, made distinct: JSON keys must be.</summary>
    private static List<string> Distinct(IReadOnlyList<string> names)
    {
        var distinct = new List<string>();
        foreach (var name in names)
        {
            var unique = name;
            for (var number = 2; distinct.Contains(unique); number++)
            {
                unique = FormattableString.Invariant($"{name}_{number}");
            }

            distinct.Add(unique);
        }

        return distinct;
    }
}
