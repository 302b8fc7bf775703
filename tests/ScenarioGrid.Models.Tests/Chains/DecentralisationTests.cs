using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Tests.Probability;

namespace ScenarioGrid.Models.Tests.Chains;

public class DecentralisationTests
{
    private static readonly double[] Shares = [30, 20, 15, 10, 10, 5, 5, 5];
    private static readonly int[] Units = [30, 20, 15, 10, 10, 5, 5, 5];

    private static readonly Gen<double[]> Anyone = Gen.Double[0.1, 100].Array[1, 20];

    /// <summary>BC-11: independent evaluation.</summary>
    [Fact]
    public void Eight_entities_BC_11()
    {
        Assert.Equal([2, 3, 4],
            new[] { 1.0 / 3, 0.5, 2.0 / 3 }.Select(x => Decentralisation.NakamotoCoefficient(Shares, x)));
        Reference.AssertAllClose(
            [.18, .35, 2.70869496956, 0.0183316141797, 3.67264453125e-5],
            [Decentralisation.HerfindahlHirschman(Shares), Decentralisation.Gini(Shares),
                Decentralisation.Entropy(Shares), Decentralisation.CorruptShare(Units, 0.05, 34),
                Decentralisation.CorruptShare(Units, 0.05, 67)],
            3e-12);
    }

    /// <summary>BC-15: independent evaluation.</summary>
    [Fact]
    public void Eight_entities_corrupt_with_one_per_cent_BC_15() => Reference.AssertAllClose(
        [7.8613802386e-4, 7.8907890997e-6, 5.97900997e-8],
        new[] { 34, 51, 67 }.Select(x => Decentralisation.CorruptShare(Units, 0.01, x)), 1e-10);

    [Fact]
    public void Equal_shares_have_the_extreme_values() => Gen.Int[1, 64].Sample(n =>
    {
        var equal = Enumerable.Repeat(3.0, n).ToArray();
        Assert.Equal(1.0 / n, Decentralisation.HerfindahlHirschman(equal), 1e-14);
        Assert.Equal(0, Decentralisation.Gini(equal), 1e-14);
        Assert.Equal(Math.Log2(n), Decentralisation.Entropy(equal), 1e-13);
        Assert.Equal(n / 2 + 1, Decentralisation.NakamotoCoefficient(equal, 0.5));
    });

    [Fact]
    public void The_unit_of_the_shares_does_not_matter() => Gen.Select(Anyone, Gen.Double[0.1, 10]).Sample((s, unit) =>
    {
        var scaled = s.Select(x => x * unit).ToArray();
        Assert.Equal(Decentralisation.HerfindahlHirschman(s), Decentralisation.HerfindahlHirschman(scaled), 1e-13);
        Assert.Equal(Decentralisation.Gini(s), Decentralisation.Gini(scaled), 1e-13);
        Assert.Equal(Decentralisation.Entropy(s), Decentralisation.Entropy(scaled), 1e-12);
    });

    [Fact]
    public void Every_index_stays_in_its_range() => Anyone.Sample(s =>
    {
        Assert.InRange(Decentralisation.HerfindahlHirschman(s), 1.0 / s.Length - 1e-14, 1);
        Assert.InRange(Decentralisation.Gini(s), 0, 1 - 1.0 / s.Length + 1e-14);
        Assert.InRange(Decentralisation.Entropy(s), 0, Math.Log2(s.Length) + 1e-12);
        Assert.InRange(Decentralisation.NakamotoCoefficient(s, 0.5), 1, s.Length);
    });
}
