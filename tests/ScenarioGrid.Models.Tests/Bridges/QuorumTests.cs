using ScenarioGrid.Models.Bridges;
using ScenarioGrid.Models.Tests.Probability;

namespace ScenarioGrid.Models.Tests.Bridges;

public class QuorumTests
{
    /// <summary>XC-1: unit test of CalculateQuorum, wormhole-foundation/wormhole @640e184.</summary>
    [Fact]
    public void Two_thirds_quorums_XC_1() => Assert.Equal(
        [1, 1, 2, 3, 3, 4, 5, 5, 7, 9, 9, 13, 13, 34, 67, 667],
        new[] { 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 18, 19, 50, 100, 1000 }.Select(Quorum.TwoThirds));

    /// <summary>XC-2: binomial tails by independent evaluation in 40 digits (Wormhole, Ronin, Harmony).</summary>
    [Theory]
    [InlineData(19, 13, 2.49052573228e-13)]
    [InlineData(9, 5, 3.32222070312e-5)]
    [InlineData(5, 2, 0.0225925)]
    public void Independent_keys_XC_2(int n, int k, double expected) =>
        Reference.AssertClose(expected, Quorum.Theft(n, k, 0.05), 3e-12);

    /// <summary>XC-3: one organisation holds four of nine keys, as at Ronin; independent evaluation.</summary>
    [Fact]
    public void One_organisation_with_many_keys_XC_3() => Reference.AssertClose(
        0.01131125,
        Quorum.TheftByOrganisation([4, 1, 1, 1, 1, 1], [0.05, 0.05, 0.05, 0.05, 0.05, 0.05], 5), 1e-11);

    /// <summary>XC-4: beta-binomial tails by independent evaluation.</summary>
    [Theory]
    [InlineData(19, 13, 0.1, 2.15961861155e-4)]
    [InlineData(9, 5, 0.3, 0.0247668128797)]
    public void Correlated_keys_XC_4(int n, int k, double correlation, double expected) =>
        Reference.AssertClose(expected, Quorum.Theft(n, k, 0.05, correlation), 3e-12);

    /// <summary>XC-5: Poisson-binomial tail, independent evaluation.</summary>
    [Fact]
    public void Unequal_keys_XC_5() => Reference.AssertClose(
        2.194832e-4,
        Quorum.TheftByOrganisation([1, 1, 1, 1, 1, 1, 1], [.01, .02, .03, .04, .05, .1, .2], 4), 1e-10);

    /// <summary>XC-10: independent evaluation.</summary>
    [Fact]
    public void Liveness_and_signing_time_XC_10() => Reference.AssertAllClose(
        [0.999976935083, 32.9321897143, 14.9126984127],
        [Quorum.Liveness(19, 13, 0.95), Quorum.SigningTime(19, 13, 30), Quorum.SigningTime(9, 5, 20)], 3e-12);

    [Fact]
    public void Two_thirds_are_always_exceeded_by_the_least_number() => Gen.Int[0, int.MaxValue].Sample(n =>
    {
        var quorum = Quorum.TwoThirds(n);
        Assert.True(3L * quorum > 2L * n && 3L * (quorum - 1) <= 2L * n, $"{quorum} of {n}");
    });

    [Fact]
    public void A_higher_threshold_is_safer_but_slower_and_less_live() =>
        Gen.Select(Gen.Int[2, 40], Gen.Int[1, 39], Gen.Double[0.01, 0.5], Gen.Double[0, 0.5])
            .Where((n, k, _, _) => k < n)
            .Sample((n, k, p, correlation) =>
            {
                Assert.True(Quorum.Theft(n, k + 1, p, correlation) < Quorum.Theft(n, k, p, correlation));
                Assert.True(Quorum.Liveness(n, k + 1, 1 - p) <= Quorum.Liveness(n, k, 1 - p));
                Assert.True(Quorum.SigningTime(n, k + 1, 30) > Quorum.SigningTime(n, k, 30));
            });
}
