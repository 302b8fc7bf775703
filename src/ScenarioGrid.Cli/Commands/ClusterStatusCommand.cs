using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ScenarioGrid.Grains;
using SiloStatus = ScenarioGrid.Grains.SiloStatus;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid cluster status: silos, their work and what waits.</summary>
public static class ClusterStatusCommand
{
    private static readonly string[] Columns =
        ["silo", "host", "state", "busy", "slots", "cells", "pathTicksPerSecond", "silentMs", "engine", "started"];

    private static readonly string[] Titles =
        ["silo", "host", "state", "busy", "slots", "cells", "path-ticks/s", "silent ms", "engine", "started"];

    public static Command Create()
    {
        var cluster = ClusterOption.Create();
        var folder = ClusterCommand.Folder();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("status", "Show the silos of a cluster, their speed and what waits.\n\n"
            + "Example: scenariogrid cluster status -o json" + ClusterOption.Help)
        {
            cluster, folder, output, noColor,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var terminal = new Terminal(parsed.GetValue(noColor));
            var address = ClusterOption.FindNamed(parsed.GetValue(cluster));
            if (address is null && ClusterState.Read(parsed.GetValue(folder)!) is { } state)
            {
                NoteProcesses(state, terminal);
                address = ClusterOption.Local(state)
                    ?? throw new CommandException(Exit.Unreachable, "no silo lives; start: scenariogrid cluster up");
            }

            await using var link = await ClusterLink.Open(
                address ?? ClusterOption.Need(parsed.GetValue(cluster)), terminal, stop);
            Print(await link.Front.Cluster(ClusterLink.Caller), parsed.GetValue(output)!, terminal);
            return Exit.Ok;
        });
        return command;
    }

    /// <summary>Processes of a laptop cluster that are gone are worth a line each.</summary>
    private static void NoteProcesses(ClusterState state, Terminal terminal)
    {
        foreach (var silo in state.Silos.Where(s => !s.Process.IsAlive))
        {
            terminal.Note($"silo {silo.Number} (pid {silo.Process.Pid}) is gone; start it anew: "
                + FormattableString.Invariant($"scenariogrid cluster up --silos {state.Silos.Count}"));
        }

        if (!state.Store.Process.IsAlive)
        {
            terminal.Note($"the store (pid {state.Store.Process.Pid}) is gone; start it anew: scenariogrid cluster up");
        }
    }

    private static void Print(ClusterStatus status, string output, Terminal terminal)
    {
        if (output == "json")
        {
            JsonOut.Print(json => Write(json, status));
            return;
        }

        if (output == "table")
        {
            Terminal.Line(string.Create(CultureInfo.InvariantCulture,
                $"{status.Silos.Count(s => s.State == "working")} of {status.Silos.Length} silos work, "
                + $"{status.Running} campaigns run, {status.CellsWaiting} cells wait; "
                + $"busiest over mean silo {status.Imbalance:0.00}"));
        }

        using var rows = new RowWriter(Console.Out, output, output == "table" ? Titles : Columns, terminal);
        foreach (var silo in status.Silos)
        {
            rows.Add(Row(silo, status.StoreMs));
        }
    }

    private static object?[] Row(SiloStatus silo, long nowMs)
    {
        var started = DateTimeOffset.FromUnixTimeMilliseconds(silo.StartedMs).UtcDateTime;
        return
        [
            silo.Silo, silo.Host, silo.State, silo.Slots.Count(s => s != "idle"), silo.Slots.Length, silo.Cells,
            new Shown(silo.PathTicksPerSecond, Terminal.Short(silo.PathTicksPerSecond)), silo.SilentMs, silo.Engine,
            new Shown(started.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                Terminal.Duration(Math.Max(0, (nowMs - silo.StartedMs) / 1000.0)) + " ago"),
        ];
    }

    private static void Write(Utf8JsonWriter json, ClusterStatus status)
    {
        json.WriteNumber("running", status.Running);
        json.WriteNumber("cellsWaiting", status.CellsWaiting);
        json.WriteNumber("imbalance", status.Imbalance);
        json.WriteStartArray("silos");
        foreach (var silo in status.Silos)
        {
            json.WriteStartObject();
            var row = Row(silo, status.StoreMs);
            for (var i = 0; i < Columns.Length; i++)
            {
                json.WritePropertyName(Columns[i]);
                RowWriter.WriteValue(json, row[i]);
            }

            json.Strings("work", silo.Slots);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
