using ScenarioGrid.Data;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Data;

public class PriceBarsTests
{
    /// <summary>Closes whose returns are ln 2, ln 1/2, ln 2, ln 4: in logs of 2 that is 1, -1, 1, 2.</summary>
    private static readonly double[] Closes = [100, 200, 100, 200, 800];

    [Fact]
    public void Moments_are_those_of_the_record_itself()
    {
        // In logs of 2: mean 3/4, squared deviations (1 + 49 + 1 + 25)/16 = 76/16 over 4, fourth powers
        // (1 + 2401 + 1 + 625)/256 = 3028/256 over 4; kurtosis (757/256)/(19/16)^2 = 757/361.
        var statistics = new Sample(Bars("a.csv", 3600, Closes).Returns());
        var ln2 = Math.Log(2);
        Assert.Equal(4, statistics.Paths);
        Assert.Equal(0.75 * ln2, statistics.Mean, 1e-15);
        Assert.Equal(19.0 / 16 * ln2 * ln2, statistics.Variance, 1e-15);
        Assert.Equal((-ln2, 2 * ln2), (statistics.Least, statistics.Greatest));
        Assert.Equal(757.0 / 361 - 3, statistics.ExcessKurtosis, 1e-14);
    }

    [Fact]
    public void Numbers_agree_with_those_computed_with_40_digits()
    {
        // By mpmath, as numpy's std, min, max and scipy's kurtosis of the differences of the logs define them.
        var statistics = new Sample(Bars("a.csv", 3600, Wave(0)).Returns());
        Assert.Equal(2.127527632623707652, Math.Sqrt(statistics.Variance * 8760), 1e-12);
        Assert.Equal(-0.05826890812397577552, statistics.Least, 1e-15);
        Assert.Equal(0.009950330853168082848, statistics.Greatest, 1e-15);
        Assert.Equal(2.946591295968037748, statistics.ExcessKurtosis, 1e-11);
    }

    [Fact]
    public void A_step_over_missing_bars_is_no_return_of_a_bar()
    {
        var bars = Bars("a.csv", 60, Closes, skip: 2);
        Assert.Equal((5L - 1, 1L), (bars.Rows.Count, bars.Missing));
        Assert.Equal(2, bars.Returns().Length);
    }

    [Fact]
    public void Correlation_is_over_the_closes_that_both_have()
    {
        // By mpmath, as numpy's corrcoef of the differences of the logs at common times defines it.
        var (first, second) = (Bars("a.csv", 3600, Wave(0)), Bars("b.csv", 3600, Wave(0.7), skip: 20));
        var (own, others) = first.CommonReturns(second, overGaps: false);
        Assert.Equal(37, own.Length);
        Assert.Equal(0.869764028842600058, Moments.Correlation(own, others), 1e-14);

        (own, others) = second.CommonReturns(first, overGaps: true);
        Assert.Equal(38, own.Length);
        Assert.Equal(0.888258874337078897, Moments.Correlation(own, others), 1e-14);
    }

    [Fact]
    public void A_record_goes_with_itself_and_against_its_inverse()
    {
        var bars = Bars("a.csv", 60, Closes);
        var inverse = Bars("b.csv", 60, [.. Closes.Select(c => 1 / c)]);
        Assert.Equal(1, Moments.Correlation(bars.Returns(), bars.Returns()), 1e-15);
        Assert.Equal(-1, Moments.Correlation(bars.Returns(), inverse.Returns()), 1e-15);
    }

    [Fact]
    public void Records_with_nothing_in_common_are_refused_in_one_line()
    {
        var bars = Bars("a.csv", 60, Closes);
        Assert.Equal("b.csv: bars of 120 s, a.csv has bars of 60 s; take two files with bars of one length",
            Problem(bars, Bars("b.csv", 120, Closes)));
        Assert.Equal("b.csv: 1 returns in common with a.csv; a correlation needs at least 2",
            Problem(bars, Bars("b.csv", 60, Closes, start: 180)));
    }


    private static string Problem(PriceBars first, PriceBars second) =>
        Assert.Throws<PriceFileException>(() => first.CommonReturns(second, overGaps: false)).Message;

    /// <summary>Forty closes 100 + k mod 7 + phase (k mod 5), exact in binary but for the phase.</summary>
    private static double[] Wave(double phase) =>
        [.. Enumerable.Range(0, 40).Select(k => 100 + k % 7 + phase * (k % 5))];

    private static PriceBars Bars(string file, double step, double[] closes, int skip = -1, double start = 0) => new(
        file, "line", [.. closes.Select((c, i) => new PriceBar(i + 2, start + i * step, c, c, c, c))
            .Where((_, i) => i != skip)], hasRange: false);
}
