using System.Text.Json;

namespace ScenarioGrid.Cli.Tests.Commands;

public class SeriesCommandTests
{
    private const string Eth = "time,close\n0,100\n3600,200\n7200,100\n10800,200\n14400,800\n";
    private const string Btc = "time,close\n0,10\n3600,20\n7200,10\n14400,80\n18000,40\n";

    [Fact]
    public async Task Statistics_of_files_stand_side_by_side()
    {
        using var folder = new TempFolder();
        var (eth, btc) = Files(folder);
        using var json = JsonDocument.Parse(
            (await ConsoleRun.Of("series", eth, btc, "-o", "json")).Expect(Exit.Ok).Out);
        JsonElement Of(string statistic, int file) => json.RootElement.EnumerateArray()
            .Single(r => r.GetProperty("statistic").GetString() == statistic).GetProperty($"file{file}");

        Assert.Equal((eth, btc), (Of("file", 1).GetString(), Of("file", 2).GetString()));
        Assert.Equal((4, 3), (Of("returns", 1).GetInt32(), Of("returns", 2).GetInt32()));
        Assert.Equal((0, 1), (Of("missing bars", 1).GetInt32(), Of("missing bars", 2).GetInt32()));
        Assert.Equal(
            Math.Sqrt(19.0 / 16) * Math.Log(2) * Math.Sqrt(8760), Of("volatility a year", 1).GetDouble(), 1e-12);
        Assert.Equal(2, Of("returns in common", 2).GetInt32());
        Assert.Equal(1, Of("correlation", 2).GetDouble(), 1e-15);
    }

    [Fact]
    public async Task One_file_of_a_window_is_a_table_without_correlations()
    {
        using var folder = new TempFolder();
        var (eth, _) = Files(folder);
        var table = (await ConsoleRun.Of("series", eth, "--to", "1970-01-01 03:00")).Expect(Exit.Ok).Out;
        Assert.Matches("bars +3\n", table);
        Assert.Matches("last bar +1970-01-01 02:00:00\n", table);
        Assert.DoesNotContain("correlation", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_one_line_and_exit_code_2()
    {
        using var folder = new TempFolder();
        var none = (await ConsoleRun.Of("series", folder["none.csv"])).Expect(Exit.Usage);
        Assert.EndsWith("none.csv: there is no such file", Assert.Single(none.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(none.Out);

        var (eth, _) = Files(folder);
        var date = (await ConsoleRun.Of("series", eth, "--from", "noon")).Expect(Exit.Usage);
        Assert.Contains("'noon' is no date; write 2020-03-12", date.Error, StringComparison.Ordinal);
    }

    private static (string Eth, string Btc) Files(TempFolder folder)
    {
        File.WriteAllText(folder["eth.csv"], Eth);
        File.WriteAllText(folder["btc.csv"], Btc);
        return (folder["eth.csv"], folder["btc.csv"]);
    }
}
