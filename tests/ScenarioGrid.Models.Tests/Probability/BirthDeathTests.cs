using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Tests.Probability;

public class BirthDeathTests
{
    [Fact]
    public void Without_repair_it_is_an_order_statistic_of_exponentials() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[0, 50], Gen.Double[0.01, 10]).Where((n, k, _) => k <= n).Sample((n, k, up) =>
            Reference.AssertClose(
                Enumerable.Range(0, k).Sum(i => 1 / ((n - i) * up)), BirthDeath.MeanTime(n, k, up, 0), 1e-13));

    [Fact]
    public void It_solves_the_equations_of_the_chain() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[1, 20], Gen.Double[0.1, 2], Gen.Double[0, 5]).Where((n, k, _, _) => k <= n)
            .Sample((n, k, up, down) =>
            {
                // h(i), the mean time from i to k, meets (n-i) up (h(i+1) - h(i)) + i down (h(i-1) - h(i)) = -1.
                var first = BirthDeath.MeanTime(n, k, up, down);
                var h = Enumerable.Range(0, k + 1).Select(i => first - BirthDeath.MeanTime(n, i, up, down)).ToArray();
                for (var i = 0; i < k; i++)
                {
                    var flow = (n - i) * up * (h[i + 1] - h[i]) + (i > 0 ? i * down * (h[i - 1] - h[i]) : 0);
                    Assert.Equal(-1, flow, 1e-13 * (1 + first) * n * (up + down));
                }
            });
}
