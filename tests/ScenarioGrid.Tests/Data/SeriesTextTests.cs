using ScenarioGrid.Data;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Data;

public class SeriesTextTests
{
    private static readonly Gen<PriceSeries> Series = Gen.Select(
        Gen.Int[1, 86_400], Gen.Select(Gen.Double[-1, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Array[1, 60], Gen.Bool)
        .Select((seconds, bars, hasRange) => new PriceSeries(seconds, [.. bars.Select(b => b.Item1)],
            hasRange ? [.. bars.Select(b => Math.Max(0, b.Item1) + b.Item2)] : null,
            hasRange ? [.. bars.Select(b => Math.Min(0, b.Item1) - b.Item3)] : null));

    [Fact]
    public void A_series_survives_its_word_to_a_millionth() => Series.Sample(series =>
    {
        var read = SeriesText.Read(SeriesText.Write(series))!;
        Assert.Equal((series.BarSeconds, series.Count, series.HasRange), (read.BarSeconds, read.Count, read.HasRange));
        for (var bar = 0; bar < series.Count; bar++)
        {
            Assert.Equal(series[bar].Return, read[bar].Return, 0.6e-6);
            Assert.Equal(series[bar].High, read[bar].High, 1.1e-6);
            Assert.Equal(series[bar].Low, read[bar].Low, 1.1e-6);
        }

        Assert.Equal(SeriesText.Write(series), SeriesText.Write(read));
    });

    [Fact]
    public void Rounding_does_not_add_up_over_the_bars()
    {
        // Returns of 0.3 units each: rounded one by one they would all be lost.
        var crawl = new PriceSeries(3600, [.. Enumerable.Repeat(1.5e-7, 100_000)], null, null);
        var read = SeriesText.Read(SeriesText.Write(crawl))!;
        Assert.Equal(0.015, Enumerable.Range(0, read.Count).Sum(bar => read[bar].Return), 0.5e-6);
    }

    [Theory]
    [InlineData("black-thursday-2020")]
    [InlineData("bars:3600")]
    [InlineData("bars:0:AAAA")]
    [InlineData("bars:x:AAAA")]
    [InlineData("bars:3600:%%%")]
    [InlineData("bars:3600:AAAA")]
    [InlineData("closes:3600:")]
    public void What_is_no_series_is_none(string text) => Assert.Null(SeriesText.Read(text));

    [Fact]
    public void Ten_years_of_hours_that_never_move_are_no_bomb() =>
        Assert.Null(SeriesText.Read(SeriesText.Write(new PriceSeries(3600, new double[200_001], null, null))));
}
