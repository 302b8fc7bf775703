using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;
using Pool = ScenarioGrid.Models.Pricing.MultiAssetRouting.Pool;

namespace ScenarioGrid.Models.Tests.Pricing;

public class MultiAssetRoutingTests
{
    private static readonly Pool[] Triangle =
        [new(0, 1, 1e3, 1e4, 0.997), new(1, 2, 1e3, 1e2, 0.997), new(0, 2, 1e3, 2e4, 0.997)];

    [Fact]
    public void Two_tokens_are_sold_into_a_third()
    {
        var solution = MultiAssetRouting.Solve(Triangle, [0, 10, 100], 0);
        ReferenceCases.Check("A28", solution.Received, solution.Prices[1], solution.Prices[2]);
        Assert.Equal(0, solution.Unsold, 1e-9);
    }

    [Fact]
    public void With_one_token_sold_for_another_it_is_the_optimal_split() =>
        Gen.Select(Gen.Double[1, 1e4].Array[4], Gen.Double[0.5, 2].Array[4], Gen.Double[0.95, 1].Array[4],
            Gen.Double[0.1, 1e3]).Sample((reserves, prices, gammas, order) =>
        {
            Pool[] pools = [.. Enumerable.Range(0, 4).Select(v =>
                new Pool(0, 1, reserves[v] * prices[v], reserves[v], gammas[v]))];
            var split = new OptimalSplit(4, new Vec[4 * OptimalSplit.ScratchPerVenue]);
            for (var v = 0; v < 4; v++)
            {
                split.Set(v, pools[v].ReserveB, pools[v].ReserveA, gammas[v], new Vec(1.0) > Vec.Zero);
            }

            // Pools apart by more than their fees are traded against each other first: only the sum is the same then.
            var mu = split.Optimal(order)[0];
            var best = split.TotalOut()[0];
            var solution = MultiAssetRouting.Solve(pools, [0, order], 0);
            Assert.True(solution.Received >= best * (1 - 1e-9), $"{solution.Received:R} < {best:R}");
            if (pools.All(p => p.ReserveA / p.ReserveB / p.Gamma >= mu))
            {
                Assert.Equal(best, solution.Received, 1e-9 * best);
                Assert.Equal(mu, solution.Prices[1], 1e-7 * mu);
            }

            Assert.Equal(0, solution.Unsold, 1e-9 * (best + reserves.Sum()));
        });

    [Fact]
    public void Two_pools_in_a_row_are_one_pool() =>
        Gen.Select(Gen.Double[1, 1e4].Array[4], Gen.Double[0.9, 1].Array[2], Gen.Double[0.01, 1e5]).Sample(
            (r, gamma, order) =>
            {
                MultiAssetRouting.Leg first = new(r[0], r[1], gamma[0]), second = new(r[2], r[3], gamma[1]);
                var path = MultiAssetRouting.Compose(first, second);
                var between = ConstantProduct.Out(order, r[0], r[1], gamma[0]);
                var expected = ConstantProduct.Out(between, r[2], r[3], gamma[1]);
                var actual = ConstantProduct.Out(order, path.In, path.Out, path.Gamma)[0];
                Assert.Equal(expected, actual, 1e-12 * expected);
            });

    [Fact]
    public void Paths_split_by_water_filling_are_the_optimum_of_the_dual() => Gen.Double[0.1, 300].Sample(order =>
    {
        // Token 2 into token 0, at once or through token 1: the two ways share no pool.
        Pool[] pools = [new(0, 2, 1000, 1000, 0.997), new(0, 1, 800, 400, 0.997), new(1, 2, 500, 1000, 0.9995)];
        var path = MultiAssetRouting.Compose(new(1000.0, 500.0, 0.9995), new(400.0, 800.0, 0.997));
        var split = new OptimalSplit(2, new Vec[2 * OptimalSplit.ScratchPerVenue]);
        split.Set(0, 1000.0, 1000.0, 0.997, new Vec(1.0) > Vec.Zero);
        split.Set(1, path.In, path.Out, path.Gamma, new Vec(1.0) > Vec.Zero);
        split.Optimal(order);
        Assert.Equal(split.TotalOut()[0], MultiAssetRouting.Solve(pools, [0, 0, order], 0).Received, 1e-8);
    });

    [Fact]
    public void Bad_pools_are_refused()
    {
        Assert.Contains("no pools lead from token 2 to 0", Assert.Throws<ArgumentException>(
            () => MultiAssetRouting.Solve(Triangle[..1], [0, 1, 1], 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MultiAssetRouting.Solve([new(0, 1, 0, 1, 1)], [0, 1], 0));
    }
}
