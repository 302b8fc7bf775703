using System.Text.Json;

namespace ScenarioGrid.Cli.Tests.Commands;

[Collection(SmallRun.Collection)]
public class QueryCommandTests(SmallRun run)
{
    [Fact]
    public async Task Cells_and_series_are_tables()
    {
        var cells = (await Of(
            Exit.Ok, "select twap_window, count(*) as n, max(twap_lag_p95) as lag from cells group by 1 order by 1",
            "-o", "csv")).OutLines;
        Assert.Equal("twap_window,n,lag", cells[0]);
        Assert.Equal(["60,4", "300,4", "1800,4"], cells.Skip(1).Select(r => r[..r.LastIndexOf(',')]));

        var series = (await Of(
            Exit.Ok, "select measure, count(distinct cell) as cells from series group by 1 order by 1", "-o", "jsonl"))
            .OutLines;
        Assert.Contains("{\"measure\":\"twap.lag\",\"cells\":2}", series);
    }

    [Fact]
    public async Task Numbers_are_those_of_the_export()
    {
        var export = (await ConsoleRun.Of("export", "done", "--runs", run.Root)).Expect(Exit.Ok).OutLines;
        var column = Array.IndexOf(export[0].Split(','), "pool_volume_mean");
        using var json = JsonDocument.Parse(
            (await Of(Exit.Ok, "select pool_volume_mean from cells order by cell", "-o", "json")).Out);
        Assert.Equal(export.Skip(1).Select(r => r.Split(',')[column]),
            json.RootElement.EnumerateArray().Select(r => r.GetProperty("pool_volume_mean").GetRawText()));
    }

    [Theory]
    [InlineData("select * from read_csv('/etc/passwd')")]
    [InlineData("select * from '/etc/passwd'")]
    [InlineData("select content from read_text('/etc/hostname')")]
    [InlineData("copy cells to 'stolen.csv'")]
    [InlineData("attach '/tmp/x.db' as x")]
    [InlineData("install httpfs")]
    [InlineData("set enable_external_access=true")]
    [InlineData("drop view cells")]
    [InlineData("select 1; select 2")]
    [InlineData("select nothing from cells")]
    [InlineData("selct 1")]
    [InlineData("")]
    public async Task What_is_no_select_over_the_run_is_refused(string sql)
    {
        var ended = await Of(Exit.Usage, sql);
        Assert.StartsWith("QUERY: ", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(ended.Out);
    }

    [Fact]
    public async Task The_files_of_the_run_cannot_be_written_over()
    {
        var part = Path.Combine(run.Run, "cells", "part-0.parquet");
        var before = await File.ReadAllBytesAsync(part);
        await Of(Exit.Usage, $"copy (select 1) to '{part}' (format parquet)");
        Assert.Equal(before, await File.ReadAllBytesAsync(part));
    }

    private async Task<Ended> Of(int exit, params string[] args) =>
        (await ConsoleRun.Of(["query", "done", .. args, "--runs", run.Root])).Expect(exit);
}
