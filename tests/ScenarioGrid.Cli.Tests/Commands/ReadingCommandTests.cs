using System.Text.Json;
using Parquet;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Tests.Commands;

/// <summary>Verbs that read a finished run: show, list, report, export, verify.</summary>
[Collection(SmallRun.Collection)]
public class ReadingCommandTests(SmallRun run)
{
    [Fact]
    public async Task Show_prints_what_the_run_printed() => Assert.Equal(run.Ended.Out, (await Of("show", "done")).Out);

    [Fact]
    public async Task The_beginning_of_an_id_is_enough() => Assert.Equal(run.Ended.Out, (await Of("show", "do")).Out);

    [Fact]
    public async Task The_path_of_a_run_folder_is_an_id_too() =>
        Assert.Equal(run.Ended.Out, (await ConsoleRun.Of("show", run.Run)).Expect(Exit.Ok).Out);

    [Fact]
    public async Task List_shows_runs_and_broken_folders_with_their_reason()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["broken"]);
        Directory.CreateSymbolicLink(folder["done"], run.Run);
        var rows = (await ConsoleRun.Of("list", "--runs", folder.Path, "-o", "jsonl")).Expect(Exit.Ok).OutLines
            .Select(l => JsonDocument.Parse(l).RootElement).ToArray();

        Assert.Equal(["broken", "completed"], rows.Select(r => r.GetProperty("state").GetString()));
        Assert.Contains("it has no manifest.json", rows[0].GetProperty("verdict").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(12, rows[1].GetProperty("done").GetInt64());
        Assert.StartsWith("✓ twap.window", rows[1].GetProperty("verdict").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_of_nothing_says_how_to_begin()
    {
        var ended = (await ConsoleRun.Of("list", "--runs", "no-such-folder", "-o", "json")).Expect(Exit.Ok);
        Assert.Equal("[]", ended.Out.Trim());
        Assert.Contains("begin one with", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "report.html")]
    [InlineData("md", "report.md")]
    [InlineData("json", "report.json")]
    [InlineData("csv", "cells.csv")]
    public async Task A_report_written_again_has_the_same_bytes(string format, string file)
    {
        using var folder = new TempFolder();
        var to = folder[file];
        Assert.Equal(to, (await Of("report", "done", "--format", format, "--out", to)).Out.Trim());
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(run.Run, file)), await File.ReadAllBytesAsync(to));
    }

    [Fact]
    public async Task A_report_can_go_to_standard_output() => Assert.Equal(
        await File.ReadAllTextAsync(Path.Combine(run.Run, "report.md")),
            (await Of("report", "done", "--format", "md", "--out", "-")).Out);

    [Fact]
    public async Task All_export_formats_hold_the_same_numbers()
    {
        using var folder = new TempFolder();
        var csv = (await Of("export", "done")).OutLines;
        var lines = (await Of("export", "done", "--format", "jsonl"))
            .OutLines.Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        using var json = JsonDocument.Parse((await Of("export", "done", "--format", "json")).Out);
        await Of("export", "done", "--format", "parquet", "--out", folder["cells.parquet"]);

        var columns = csv[0].Split(',');
        var column = Array.IndexOf(columns, "twap_lag_p95");
        var expected = csv.Skip(1).Select(r => r.Split(',')[column]).ToArray();
        Assert.Equal(12, expected.Length);
        Assert.Equal(expected, lines.Select(l => l.GetProperty("twap_lag_p95").GetRawText()));
        Assert.Equal(expected, json.RootElement.EnumerateArray()
            .Select(l => l.GetProperty("twap_lag_p95").GetRawText()));
        await using var reader = await ParquetReader.CreateAsync(folder["cells.parquet"]);
        Assert.Equal(columns, reader.Schema.GetDataFields().Select(f => f.Name));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(run.Run, "cells", "part-0.parquet")),
            await File.ReadAllBytesAsync(folder["cells.parquet"]));
    }

    [Fact]
    public async Task An_export_to_a_folder_that_is_not_there_ends_with_74() => Assert.Single(
        (await ConsoleRun.Of("export", "done", "--runs", run.Root, "--out", "/no/such/folder/x.csv"))
            .Expect(Exit.CannotWrite).ErrorLines);

    [Theory]
    [InlineData("3 of 12 cells checked, 3 equal, 0 different")]
    [InlineData("12 of 12 cells checked, 12 equal, 0 different", "--cells", "all")]
    [InlineData("5 of 12 cells checked, 5 equal, 0 different", "--cells", "5")]
    public async Task Verify_finds_the_bits_of_the_run(string found, params string[] args) =>
        Assert.Equal($"done: {found}\n", (await Of(["verify", "done", .. args])).Out);

    [Fact]
    public async Task Verify_finds_a_result_with_one_bit_changed()
    {
        using var copy = new TempFolder();
        using (var source = await RunFolder.Open(run.Run, Models.Kernel.ComponentCatalog.Default))
        using (var forged = RunFolder.Create(copy.Path, "forged", source.Campaign, 128, DateTime.UnixEpoch))
        {
            forged.Add([.. source.Results.Select(r => r.Cell != 4 ? r : r with
            {
                Estimates = [r.Estimates[0] with { Value = Math.BitIncrement(r.Estimates[0].Value) },
                    .. r.Estimates[1..]],
            })]);
            forged.End("completed", 0);
        }

        var ended = (await ConsoleRun.Of("verify", "forged", "--runs", copy.Path, "--cells", "all", "-o", "json"))
            .Expect(Exit.Failed);
        using var json = JsonDocument.Parse(ended.Out);
        Assert.Equal([4], json.RootElement.GetProperty("different").EnumerateArray().Select(c => c.GetInt32()));
        Assert.Equal(11, json.RootElement.GetProperty("equal").GetInt32());
    }

    private async Task<Ended> Of(params string[] args) =>
        (await ConsoleRun.Of([.. args, "--runs", run.Root])).Expect(Exit.Ok);
}
