using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Tests.Probability;

namespace ScenarioGrid.Models.Tests.Chains;

public class DoubleSpendTests
{
    private static readonly int[] Depths = [.. Enumerable.Range(0, 11)];

    /// <summary>BC-1: Nakamoto 2008, section 11, first table (seven printed decimals).</summary>
    [Fact]
    public void Nakamotos_table_for_a_tenth_BC_1() => AssertPrinted(
        [1, .2045873, .0509779, .0131722, .0034552, .0009137, .0002428, .0000647, .0000173, .0000046, .0000012],
        Depths.Select(z => DoubleSpend.Nakamoto(0.1, z)));

    /// <summary>BC-2 and BC-14: Nakamoto 2008, section 11, second table; twelve digits by independent
    /// evaluation.</summary>
    [Fact]
    public void Nakamotos_table_for_three_tenths_BC_2_and_BC_14()
    {
        AssertPrinted(
            [.1773523, .0416605, .0101008, .0024804, .0001522, .0000095, .0000006],
            new[] { 5, 10, 15, 20, 30, 40, 50 }.Select(z => DoubleSpend.Nakamoto(0.3, z)));
        Assert.Equal(.177352311361, DoubleSpend.Nakamoto(0.3, 5), 1e-12);
        Assert.Equal(.041660479969, DoubleSpend.Nakamoto(0.3, 10), 1e-12);
    }

    /// <summary>BC-3: Rosenfeld arXiv:1402.2009; values by independent evaluation in Python (mpmath, 40
    /// digits).</summary>
    [Theory]
    [InlineData(0.1, 1, 0.2)]
    [InlineData(0.1, 2, 0.056)]
    [InlineData(0.1, 3, 0.01712)]
    [InlineData(0.1, 6, 5.9141216e-4)]
    [InlineData(0.3, 6, 0.15644958192)]
    [InlineData(0.49, 6, 0.94589545143)]
    [InlineData(0.3, 80, 1.33779452306e-7)]
    public void The_exact_probability_BC_3(double q, int z, double expected) =>
        Reference.AssertClose(expected, DoubleSpend.Exact(q, z), 1e-10);

    /// <summary>BC-4: Nakamoto 2008, section 11, third table; the exact row by independent evaluation.</summary>
    [Fact]
    public void Confirmations_for_one_in_a_thousand_BC_4()
    {
        double[] shares = [.10, .15, .20, .25, .30, .35, .40, .45];
        Assert.Equal([5, 8, 11, 15, 24, 41, 89, 340], shares.Select(q => Least(DoubleSpend.Nakamoto, q, 1e-3)));
        Assert.Equal([6, 9, 13, 20, 32, 58, 133, 539], shares.Select(q => Least(DoubleSpend.Exact, q, 1e-3)));
    }

    /// <summary>BC-5: Grunspan and Perez-Marco arXiv:1702.02867; values by independent evaluation in Python (mpmath,
    /// 40 digits).</summary>
    [Theory]
    [InlineData(1, 2.42802745363e-4)]
    [InlineData(0.5, 2.62413056537e-5)]
    [InlineData(2, 4.16736034713e-3)]
    public void Slow_confirmations_are_worse_BC_5(double pace, double expected) =>
        Reference.AssertClose(expected, DoubleSpend.GivenPace(0.1, 6, pace), 1e-11);

    /// <summary>BC-6: Dembo and others arXiv:2005.10484, condition 2.</summary>
    [Theory]
    [InlineData(0.1, 0.487507802750)]
    [InlineData(1, 0.381966011250)]
    [InlineData(10, 0.0900980486407)]
    public void Delay_lowers_the_share_tolerated_BC_6(double blocksPerDelay, double expected) =>
        Reference.AssertClose(expected, DoubleSpend.ShareTolerated(blocksPerDelay), 1e-11);

    /// <summary>BC-13: least z below 1e-4, by independent evaluation.</summary>
    [Fact]
    public void Confirmations_for_one_in_ten_thousand_BC_13()
    {
        double[] shares = [.1, .2, .3, .4];
        Assert.Equal([7, 14, 32, 121], shares.Select(q => Least(DoubleSpend.Nakamoto, q, 1e-4)));
        Assert.Equal([8, 18, 44, 186], shares.Select(q => Least(DoubleSpend.Exact, q, 1e-4)));
    }

    [Fact]
    public void The_usual_pace_is_Nakamotos_formula() =>
        Gen.Select(Gen.Double[0.01, 0.49], Gen.Int[1, 60]).Sample((q, z) =>
            Reference.AssertClose(DoubleSpend.Nakamoto(q, z), DoubleSpend.GivenPace(q, z, 1), 1e-11));

    [Fact]
    public void A_very_slow_pace_makes_success_certain() =>
        Gen.Select(Gen.Double[0.01, 0.49], Gen.Int[1, 200]).Sample((q, z) =>
            Assert.Equal(1, DoubleSpend.GivenPace(q, z, 1_000 / q), 1e-12));

    [Fact]
    public void The_exact_probability_is_Rosenfelds_sum() =>
        Gen.Select(Gen.Double[0.05, 0.49], Gen.Int[1, 25]).Sample((q, z) =>
        {
            var (p, sum, choose) = (1 - q, 1.0, 1.0);
            for (var k = 0; k < z; k++)
            {
                sum -= choose * (Math.Pow(p, z) * Math.Pow(q, k) - Math.Pow(q, z) * Math.Pow(p, k));
                choose *= (k + z) / (k + 1.0);
            }

            Assert.Equal(sum, DoubleSpend.Exact(q, z), 1e-12);
        });

    [Fact]
    public void At_the_tolerated_share_delayed_sides_are_even() => Gen.Double[0, 50].Sample(delay =>
        Assert.Equal(0.5, DoubleSpend.ShareAfterDelay(DoubleSpend.ShareTolerated(delay), delay), 1e-13));

    [Fact]
    public void Deeper_is_safer_and_a_larger_attacker_more_dangerous() =>
        Gen.Select(Gen.Double[0, 0.5], Gen.Double[0, 0.01], Gen.Int[0, 100]).Sample((q, more, z) =>
        {
            foreach (var f in new Func<double, int, double>[] { DoubleSpend.Nakamoto, DoubleSpend.Exact })
            {
                Assert.True(f(q, z + 1) <= f(q, z) * (1 + 1e-12), $"q = {q:R}, z = {z}");
                Assert.True(f(q + more, z) >= f(q, z) * (1 - 1e-12), $"q = {q:R} + {more:R}, z = {z}");
            }
        });

    [Fact]
    public void Edges_are_documented()
    {
        Assert.Equal([1, 1, 0, 1], new[] { DoubleSpend.Exact(0.5, 9), DoubleSpend.Exact(0.1, 0),
            DoubleSpend.Nakamoto(0, 1), DoubleSpend.Nakamoto(0.7, 3) });
        Assert.Null(DoubleSpend.Confirmations(z => DoubleSpend.Exact(0.5, z), 1e-3, 1_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoubleSpend.Exact(1.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoubleSpend.Nakamoto(0.1, -1));
    }

    private static int? Least(Func<double, int, double> f, double q, double limit) =>
        DoubleSpend.Confirmations(z => f(q, z), limit, 2_000);

    private static void AssertPrinted(double[] expected, IEnumerable<double> actual) =>
        Assert.Equal(expected, actual.Select(x => Math.Round(x, 7)));
}
