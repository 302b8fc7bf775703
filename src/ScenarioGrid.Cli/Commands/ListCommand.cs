using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid list: every run of a folder, broken ones with their reason.</summary>
public static class ListCommand
{
    private static readonly string[] Columns =
        ["run", "campaign", "state", "cells", "done", "paths", "started", "verdict"];

    public static Command Create()
    {
        var runs = CommonOptions.Runs();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("list",
            "List runs: state, cells, age and verdict.\n\nExample: scenariogrid list -o json")
        {
            runs, output, noColor,
        };
        command.SetAction(async parsed =>
        {
            var root = parsed.GetValue(runs)!;
            var terminal = new Terminal(parsed.GetValue(noColor));
            var ids = CommonOptions.Ids(root);
            using (var rows = new RowWriter(Console.Out, parsed.GetValue(output)!, Columns, terminal))
            {
                foreach (var id in ids)
                {
                    rows.Add(await Row(Path.Combine(root, id), id, DateTime.UtcNow));
                }
            }

            if (ids.Count == 0)
            {
                terminal.Note($"no runs in {root}; begin one with: scenariogrid run <file>");
            }

            return Exit.Ok;
        });
        return command;
    }

    private static async Task<object?[]> Row(string path, string id, DateTime nowUtc)
    {
        try
        {
            var manifest = RunManifest.Read(Path.Combine(path, "manifest.json"));
            var (state, done) = await State(path, manifest);
            var started = manifest.Attempts.Count > 0 ? manifest.Attempts[0].StartedUtc : "";
            return [id, manifest.Campaign, state, manifest.Cells, done, manifest.Paths,
                new Shown(started, Age(started, nowUtc)), manifest.State == "completed" ? Verdict(path) : ""];
        }
        catch (Exception e) when (e is RunFolderException or IOException or UnauthorizedAccessException)
        {
            return [id, "", "broken", null, null, null, "", e.Message];
        }
    }

    /// <summary>A run without an end is either computed right now or was killed; only the hold tells which.</summary>
    private static async Task<(string State, long Done)> State(string path, RunManifest manifest)
    {
        if (manifest.State == "completed")
        {
            return ("completed", manifest.Cells);
        }

        if (RunFolder.IsHeld(path))
        {
            return ("running", manifest.Attempts[^1].CellsKnown);
        }

        using var folder = await RunFolder.Open(path, ComponentCatalog.Default);
        return (manifest.State == "running" ? "killed" : manifest.State, folder.Results.Count);
    }

    /// <summary>What the report of a finished run recommends.</summary>
    private static string Verdict(string path)
    {
        try
        {
            using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "report.json")));
            if (report.RootElement.GetProperty("recommendation") is not { ValueKind: JsonValueKind.Object } chosen)
            {
                return "no objectives";
            }

            var settings = chosen.GetProperty("settings").GetString();
            return chosen.GetProperty("passes").GetBoolean() ? $"✓ {settings}"
                : $"✗ no cell passes; nearest {settings}";
        }
        catch (Exception e)
            when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "report.json is missing or damaged; write it with: scenariogrid report --format json";
        }
    }

    private static string Age(string started, DateTime nowUtc) =>
        DateTime.TryParse(started, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at)
            ? Terminal.Duration(Math.Max(0, (nowUtc - at).TotalSeconds)) + " ago"
            : "";
}
