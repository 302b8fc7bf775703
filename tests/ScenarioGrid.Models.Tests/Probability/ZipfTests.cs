using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class ZipfTests
{
    /// <summary>The harmonic number of 4 is 25/12, that of the second order of 3 is 49/36.</summary>
    [Fact]
    public void Shares_are_powers_of_the_rank_over_the_harmonic_number()
    {
        Equal([12.0 / 25, 6.0 / 25, 4.0 / 25, 3.0 / 25], Zipf.Shares(4, 1));
        Equal([36.0 / 49, 9.0 / 49, 4.0 / 49], Zipf.Shares(3, 2));
        Equal([0.2, 0.2, 0.2, 0.2, 0.2], Zipf.Shares(5, 0));
    }

    [Fact]
    public void Shares_fall_and_add_up_to_one() =>
        Gen.Select(Gen.Int[1, 300], Gen.Double[0, 4]).Sample((count, exponent) =>
        {
            var shares = Zipf.Shares(count, exponent);
            Assert.Equal(1, shares.Sum(), 1e-12);
            Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.True(pair.First >= pair.Second));
        });

    [Fact]
    public void A_negative_exponent_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Zipf.Shares(3, -1));

    private static void Equal(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
}
