using Parquet;
using Parquet.Schema;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Data;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Data;

public sealed class PriceFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prices").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("time,open,high,low,close\n0,100,110,90,105\n3600,105,106,95,100\n7200,100,101,99,100\n")]
    [InlineData("Close,Low,High,Open,Date\n105,90,110,100,1970-01-01 00:00\n100,95,106,105,1970-01-01 01:00\n"
        + "100,99,101,100,1970-01-01 02:00\n")]
    [InlineData("unix,open,high,low,close\n1600000000000,100,110,90,105\n1600003600000,105,106,95,100\n"
        + "1600007200000,100,101,99,100\n")]
    public async Task Columns_are_found_by_name_and_times_in_their_usual_forms(string text)
    {
        var series = await Read(text);

        Assert.Equal((3600, 3, true), (series.BarSeconds, series.Count, series.HasRange));
        Assert.Equal(Math.Log(1.05), series[0].Return, 1e-15);
        Assert.Equal(Math.Log(0.9), series[0].Low, 1e-15);
        Assert.Equal(Math.Log(106.0 / 105), series[1].High, 1e-15);
    }

    [Fact]
    public async Task Closes_alone_make_one_bar_less()
    {
        var series = await Read("time,close\n0,100\n60,110\n120,121\n");
        Assert.Equal((60, 2, false), (series.BarSeconds, series.Count, series.HasRange));
        Assert.Equal(Math.Log(1.1), series[1].Return, 1e-15);
    }

    [Fact]
    public async Task A_window_is_cut_and_gaps_are_held_when_asked()
    {
        const string Text = "time,close\n0,100\n60,110\n240,121\n300,121\n360,0\n";
        var series = await Read(Text, to: DateTime.UnixEpoch.AddSeconds(360), fill: true);
        Assert.Equal([Math.Log(1.1), 0, 0, Math.Log(1.1), 0],
            Enumerable.Range(0, series.Count).Select(b => Math.Round(series[b].Return, 14) switch
            {
                0 => 0.0,
                _ => Math.Log(1.1),
            }));
    }

    [Theory]
    [InlineData("time,close\n0,1\n60,-1\n120,1\n", "line 3: open is -1; prices must be above 0")]
    [InlineData("time,close\n0,1\n60,1\n60,1\n", "line 4: 1970-01-01 00:01:00 is there twice; remove one of the rows")]
    [InlineData("time,close\n0,1\n120,1\n60,1\n", "comes after 1970-01-01 00:02:00; sort the rows by time")]
    [InlineData("time,close\n0,1\n60,1\n240,1\n", "line 4: 2 bars are missing between 1970-01-01 00:01:00 and")]
    [InlineData("time,close\n0,1\n60,1\n150,1\n", "is no whole number of 60 s bars")]
    [InlineData("time,close\n0,1\n60,x\n120,1\n", "line 3: 'x' is no price")]
    [InlineData("time,close\nnoon,1\n60,1\n120,1\n", "line 2: 'noon' is no time; write seconds since 1970")]
    [InlineData("time,close\n0,1\n60\n120,1\n", "line 3: 1 cells, the first line has 2")]
    [InlineData("time,bid\n0,1\n60,1\n120,1\n", "the columns are time, bid; needed are one of")]
    [InlineData("time,close\n0,1\n60,1\n", "2 rows; a series needs at least 3")]
    [InlineData("time,open,high,low,close\n0,1,1,1,1\n60,1,2,1.5,1\n120,1,1,1,1\n",
        "line 3: open 1 and close 1 must lie between low 1.5 and high 2")]
    public async Task What_is_wrong_is_said_with_its_line(string text, string message)
    {
        var problem = await Assert.ThrowsAsync<PriceFileException>(() => Read(text));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var wish = new PriceFileWish(Path.Combine(_folder, "none.csv"), null, null, false);
        var problem = await Assert.ThrowsAsync<PriceFileException>(() => PriceFile.Read(wish));
        Assert.EndsWith("none.csv: there is no such file", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_is_read_like_text()
    {
        var file = Path.Combine(_folder, "p.parquet");
        var schema = new ParquetSchema(new DataField<DateTime>("timestamp"), new DataField<double?>("close"));
        await using (var stream = File.Create(file))
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<DateTime>(schema.DataFields[0], Enumerable.Range(0, 3)
                .Select(i => DateTime.UnixEpoch.AddHours(i)).ToArray().AsMemory());
            await group.WriteAsync<double>(schema.DataFields[1], new double?[] { 1, 2, 4 }.AsMemory());
        }

        var series = await PriceFile.Read(new PriceFileWish(file, null, null, false));
        Assert.Equal((3600, 2), (series.BarSeconds, series.Count));
        Assert.Equal(Math.Log(2), series[1].Return, 1e-15);
    }

    [Fact]
    public async Task A_campaign_takes_its_price_files_in()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "eth.csv"), "time,close\n0,1\n600,2\n1200,4\n");
        var problems = new Problems();
        var file = Path.Combine(_folder, "c.yaml");
        var text = System.Text.Encoding.UTF8.GetBytes(Campaign("{file: eth.csv}"));
        var source = await CampaignSource.Open(file, text, ComponentCatalog.Default, problems);
        var campaign = source!.Bind([], problems);

        Assert.Equal("", problems.ToString());
        Assert.Equal(2, campaign!.Instances[0].Series!.Count);
        Assert.Equal(2, CampaignFile.Read(campaign.Text, ComponentCatalog.Default, problems)!.Instances[0].Series!
            .Count);
    }

    [Theory]
    [InlineData("blak-thursday-2020", "is no recorded series (did you mean 'black-thursday-2020'?)")]
    [InlineData("bars:3600:%%", "the inline series is broken")]
    [InlineData("ftx-2022", "bars of 43200 s and ticks of 700 s do not fit; make one a whole number of the other")]
    public void A_series_that_is_none_is_refused_before_the_run(string series, string message)
    {
        var problems = new Problems();
        var text = Campaign(series).Replace("tick: 10m", message.Contains("700", StringComparison.Ordinal)
            ? "tick: 700s" : "tick: 10m", StringComparison.Ordinal).Replace("horizon: 1h", "horizon: 7000s",
            StringComparison.Ordinal).Replace("tick: 10m", "tick: 1000s", StringComparison.Ordinal);
        Assert.Null(CampaignFile.Read(text, ComponentCatalog.Default, problems));
        Assert.Contains(message, problems.ToString(), StringComparison.Ordinal);
    }

    private static string Campaign(string series) => $$"""
        version: 1
        campaign: replay
        paths: 8
        scenario:
          horizon: 1h
          tick: 10m
          instances:
            eth: {kind: replay-market, series: {{series}}}
        """;

    private Task<PriceSeries> Read(string text, DateTime? to = null, bool fill = false)
    {
        var file = Path.Combine(_folder, "p.csv");
        File.WriteAllText(file, text);
        return PriceFile.Read(new PriceFileWish(file, null, to, fill));
    }
}
