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
    [InlineData("unix,open,high,low,close\n1600000000000000,100,110,90,105\n1600003600000000,105,106,95,100\n"
        + "1600007200000000,100,101,99,100\n")]
    [InlineData("unix,open,high,low,close\n"
        + "1600000000000000000,100,110,90,105\n1600003600000000000,105,106,95,100\n"
        + "1600007200000000000,100,101,99,100\n")]
    [InlineData("\"unix\",\"note\",\"open\",\"high\",\"low\",\"close\"\n"
        + "\"0\",\"a, b\",\"100\",\"110\",\"90\",105\n"
        + " \"3600\" ,,105,106,95,100\n   \n7200,x,100,101,99,100\n")]
    [InlineData("date,open,high,low,close\n"
        + "\"Jan 1, 1970 00:00\",100,110,90,105\n\"Jan 1, 1970 01:00\",105,106,95,100\n"
        + "\"Jan 1, 1970 02:00\",100,101,99,100\n")]
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
    [InlineData("time,close\n0,1\n60,\"0,5\"\n120,1\n", "line 3: '0,5' is no price")]
    [InlineData("time,close\n0,1\n\"60,1\n120,1\n", "line 3: 1 cells, the first line has 2")]
    [InlineData("time,close\n0,1\n60,NaN\n120,1\n", "line 3: open is NaN; prices must be above 0")]
    [InlineData("time,close\n0,1\nnan,1\n120,1\n", "line 3: 'nan' is no time; write seconds since 1970")]
    [InlineData("time,close\n0,1\n60,1\n1e30,1\n", "line 4: '1e30' is no time; write seconds since 1970")]
    [InlineData("time,close\n0,1\n0.5,1\n1,1\n", "bars of 0.5 s; they must be between 1 s and 31536000 s long")]
    [InlineData("", "the columns are ; needed are one of")]
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
    public async Task A_file_too_long_to_be_read_is_refused_before_it_is_opened()
    {
        var file = Path.Combine(_folder, "long.csv");
        await using (var stream = File.Create(file))
        {
            stream.SetLength(PriceFile.BytesMax + 1);
        }

        Assert.Equal($"{file}: 268435457 bytes, at most 268435456 are read", await ProblemOf(file));
    }

    [Fact]
    public async Task A_gap_of_years_is_not_filled_with_more_bars_than_a_campaign_takes() => Assert.EndsWith(
        "p.csv: 31536001 bars of 1 s; at most 200000 fit into a campaign; cut the window with from and to, or take "
            + "longer bars",
        (await Assert.ThrowsAsync<PriceFileException>(
            () => Read("time,close\n0,1\n1,1\n31536000,1\n", fill: true))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("no Parquet at all, though it says so")]
    [InlineData("PAR1")]
    [InlineData("")]
    public async Task A_file_that_only_claims_to_be_Parquet_is_refused_in_one_line(string text)
    {
        var file = Path.Combine(_folder, "p.parquet");
        await File.WriteAllTextAsync(file, text);
        var problem = await ProblemOf(file);
        Assert.Contains("p.parquet: cannot be read", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public async Task A_Parquet_file_cut_short_is_refused_in_one_line()
    {
        var file = await Parquet(
            new DataField<DateTime>("timestamp"), Hours, new DataField<double>("close"), [1.0, 2, 4]);
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, [.. bytes[..40], .. bytes[^60..]]);
        var problem = await ProblemOf(file);
        Assert.Contains("p.parquet: cannot be read", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public async Task A_Parquet_column_of_the_wrong_type_or_with_holes_is_named()
    {
        var file = await Parquet(
            new DataField<DateTime>("timestamp"), Hours, new DataField<DateTime>("close"), Hours);
        Assert.EndsWith("p.parquet: column close holds DateTime; times must be numbers or dates, prices numbers",
            await ProblemOf(file), StringComparison.Ordinal);

        file = await Parquet(
            new DataField<DateTime>("timestamp"), Hours, new DataField<double?>("close"), new double?[] { 1, null, 4 });
        Assert.EndsWith("p.parquet: row 2: close is empty", await ProblemOf(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_times_in_nanoseconds_are_read_like_those_of_text()
    {
        var file = await Parquet(new DataField<long>("time"),
            [1_600_000_000_000_000_000, 1_600_003_600_000_000_000, 1_600_007_200_000_000_000],
            new DataField<float>("price"), [1f, 2, 4]);
        var series = await PriceFile.Read(new PriceFileWish(file, null, null, false));
        Assert.Equal((3600, 2), (series.BarSeconds, series.Count));
    }

    [Fact]
    public async Task Parquet_is_read_like_text()
    {
        var file = await Parquet(
            new DataField<DateTime>("timestamp"), Hours, new DataField<double?>("close"), new double?[] { 1, 2, 4 });
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

    private static readonly DateTime[] Hours =
        [.. Enumerable.Range(0, 3).Select(i => DateTime.UnixEpoch.AddHours(i))];

    private static async Task<string> ProblemOf(string file) => (await Assert.ThrowsAsync<PriceFileException>(
        () => PriceFile.Read(new PriceFileWish(file, null, null, false)))).Message;

    /// <summary>A Parquet file of two columns.</summary>
    private async Task<string> Parquet<T, TPrice>(DataField time, T[] times, DataField close, TPrice[] closes)
    {
        var file = Path.Combine(_folder, "p.parquet");
        var schema = new ParquetSchema(time, close);
        await using var stream = File.Create(file);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream);
        using var group = writer.CreateRowGroup();
        await Write(group, schema.DataFields[0], times);
        await Write(group, schema.DataFields[1], closes);
        return file;
    }

    private static Task Write<T>(ParquetRowGroupWriter group, DataField field, T[] values) => values switch
    {
        DateTime[] dates => group.WriteAsync<DateTime>(field, dates.AsMemory()),
        double?[] numbers => group.WriteAsync<double>(field, numbers.AsMemory()),
        double[] numbers => group.WriteAsync<double>(field, numbers.AsMemory()),
        long[] numbers => group.WriteAsync<long>(field, numbers.AsMemory()),
        float[] numbers => group.WriteAsync<float>(field, numbers.AsMemory()),
        _ => throw new ArgumentException("a column of another type", nameof(values)),
    };

    private Task<PriceSeries> Read(string text, DateTime? to = null, bool fill = false)
    {
        var file = Path.Combine(_folder, "p.csv");
        File.WriteAllText(file, text);
        return PriceFile.Read(new PriceFileWish(file, null, to, fill));
    }
}
