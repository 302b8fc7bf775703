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

    private static readonly string[] CampaignColumns =
        ["campaign", "owner", "state", "cells", "done", "failed", "priority", "submitted"];

    public static Command Create()
    {
        var runs = CommonOptions.Runs();
        var cluster = ClusterOption.Create();
        var output = CommonOptions.Output();
        var noColor = CommonOptions.NoColor();
        var command = new Command("list",
            "List runs: state, cells, age and verdict. With --cluster or SCENARIOGRID_CLUSTER: the campaigns there.\n\n"
            + "Example: scenariogrid list -o json\n         scenariogrid list --cluster local")
        {
            runs, cluster, output, noColor,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var root = parsed.GetValue(runs)!;
            var terminal = new Terminal(parsed.GetValue(noColor));
            if (ClusterOption.FindNamed(parsed.GetValue(cluster)) is { } address)
            {
                await using var link = await ClusterLink.Open(address, terminal, stop);
                await CampaignRows(link, parsed.GetValue(output)!, terminal);
                return Exit.Ok;
            }

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

            if (ClusterOption.Find(parsed.GetValue(cluster)) is not null)
            {
                terminal.Note("a cluster is up here; its campaigns: scenariogrid list --cluster local");
            }

            return Exit.Ok;
        });
        return command;
    }

    private static async Task CampaignRows(ClusterLink link, string output, Terminal terminal)
    {
        var campaigns = await link.Front.List(ClusterLink.Caller);
        var now = DateTime.UtcNow;
        using (var rows = new RowWriter(Console.Out, output, CampaignColumns, terminal))
        {
            foreach (var campaign in campaigns)
            {
                var submitted = DateTimeOffset.FromUnixTimeMilliseconds(campaign.SubmittedMs).UtcDateTime;
                var text = submitted.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                rows.Add(campaign.Campaign, campaign.Owner, CampaignLine.StateText(campaign.State), campaign.Cells,
                    campaign.Done, campaign.Failed, campaign.Priority.ToString().ToLowerInvariant(),
                    new Shown(text, Age(text, now)));
            }
        }

        if (campaigns.Length == 0)
        {
            terminal.Note($"no campaigns at {link.Address}; begin one with: scenariogrid submit <file>");
        }
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
        return (manifest.State == "running" ? "killed" : manifest.State, folder.Count);
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
