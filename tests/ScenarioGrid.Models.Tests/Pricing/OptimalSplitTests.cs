using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class OptimalSplitTests
{
    private static readonly Pool[] Two = [new(100, 100, 1), new(1, 2, 1)];

    private static readonly Pool[] Three = [new(1000, 2e6, 0.997), new(500, 1.01e6, 0.997), new(100, 1.98e5, 0.9995)];

    private static readonly Gen<Pool[]> Pools = Gen.Select(
        Gen.Double[1, 1e6], Gen.Double[0.1, 10], Gen.Double[0.9, 1], (r, price, gamma) => new Pool(r, r * price, gamma))
        .Array[1, 8];

    private delegate void Rule(OptimalSplit split);

    [Fact]
    public void Two_pools_give_the_published_case()
    {
        var mu = 0.0;
        var (amounts, paid) = Run(Two, split => mu = split.Optimal(5.0)[0]);
        ReferenceCases.Check("A26", [.. amounts, mu, paid, Run(Two, s => s.ProRata(5.0)).Out,
            Run(Two, s => s.Uniform(5.0)).Out, Run(Two, s => s.BestQuote(5.0)).Out,
            Run(Two, s => s.BestPrice(5.0)).Out]);
    }

    [Fact]
    public void Three_pools_give_the_computed_case()
    {
        var mu = 0.0;
        var (amounts, paid) = Run(Three, split => mu = split.Optimal(50.0)[0]);
        var five = Run(Three, s => s.Greedy(50.0, 5));
        ReferenceCases.Check("A27", [.. amounts, mu, paid, Run(Three, s => s.ProRata(50.0)).Out,
            Run(Three, s => s.Uniform(50.0)).Out, Run(Three, s => s.BestQuote(50.0)).Out,
            Run(Three, s => s.BestPrice(50.0)).Out, five.Out, Run(Three, s => s.Greedy(50.0, 10)).Out,
            Run(Three, s => s.Greedy(50.0, 50)).Out]);
        Assert.Equal([30, 20, 0], five.Amounts);
    }

    [Fact]
    public void The_optimum_meets_its_conditions() =>
        Gen.Select(Pools, Gen.Double[1e-3, 1e6]).Sample((pools, order) =>
        {
            var mu = 0.0;
            var (amounts, _) = Run(pools, split => mu = split.Optimal(order)[0]);
            Assert.Equal(order, amounts.Sum(), 1e-9 * (order + pools.Sum(p => p.In)));
            foreach (var (pool, amount) in pools.Zip(amounts))
            {
                var depth = pool.In + pool.Gamma * amount;
                var marginal = pool.Gamma * pool.In * pool.Out / (depth * depth);
                Assert.True(amount == 0 ? marginal <= mu * (1 + 1e-9) : Math.Abs(marginal - mu) <= 1e-9 * mu,
                    $"marginal {marginal:R} at {amount:R}, mu {mu:R}");
            }
        });

    [Fact]
    public void The_fast_split_equals_the_plain_one() =>
        Gen.Select(Pools, Gen.Double[1e-3, 1e6]).Sample((pools, order) =>
        {
            var plain = Plain(pools, order);
            var (amounts, _) = Run(pools, split => split.Optimal(order));
            Assert.All(plain.Zip(amounts), pair =>
                Assert.Equal(pair.First, pair.Second, 1e-9 * (order + pools.Max(p => p.In))));
        });

    // Systems row 2 (d).
    [Fact]
    public void Pools_without_fee_at_one_price_act_as_one_merged_pool() =>
        Gen.Select(Gen.Double[1, 1e6].Array[2, 6], Gen.Double[0.01, 1e6], Gen.Double[0.1, 1e4]).Sample(
            (reserves, order, price) =>
            {
                var pools = reserves.Select(r => new Pool(r, r * price, 1)).ToArray();
                var (amounts, paid) = Run(pools, split => split.Optimal(order));
                var total = reserves.Sum();
                Assert.All(amounts.Zip(reserves), pair =>
                    Assert.Equal(order * pair.Second / total, pair.First, 1e-9 * (order + total)));
                Assert.Equal(ConstantProduct.Out(order, total, total * price, 1), paid, 1e-9 * total * price);
            });

    [Fact]
    public void No_rule_beats_the_optimum() =>
        Gen.Select(Pools, Gen.Double[1e-3, 1e6], Gen.Double[0, 0.999].Array[8]).Sample((pools, order, uniforms) =>
        {
            var best = Run(pools, split => split.Optimal(order)).Out;
            Rule[] rules =
            [
                s => s.ProRata(order), s => s.Uniform(order), s => s.BestPrice(order), s => s.BestQuote(order),
                s => s.Greedy(order, 7), s => s.PowerOf(order, 2, Vectors(uniforms)),
            ];
            foreach (var rule in rules)
            {
                var (amounts, paid) = Run(pools, rule);
                Assert.Equal(order, amounts.Sum(), 1e-9 * order);
                Assert.True(paid <= best * (1 + 1e-9), $"{paid:R} > {best:R}");
            }
        });

    [Fact]
    public void Asking_all_is_the_best_quote_and_asking_one_is_a_fair_draw()
    {
        Gen.Select(Pools, Gen.Double[0, 0.999].Array[8]).Sample((pools, uniforms) =>
            Assert.Equal(
                Run(pools, s => s.BestQuote(10.0)).Out,
                Run(pools, s => s.PowerOf(10.0, pools.Length, Vectors(uniforms))).Out));
        var counts = new int[3];
        var random = new Random(1);
        for (var draw = 0; draw < 3000; draw++)
        {
            var uniforms = Vectors([random.NextDouble(), random.NextDouble(), random.NextDouble()]);
            var (amounts, _) = Run(Three, s => s.PowerOf(1.0, 1, uniforms));
            counts[Array.IndexOf(amounts, 1.0)]++;
        }

        Assert.All(counts, count => Assert.Equal(1000, count, 4 * Math.Sqrt(3000 * (1 / 3.0) * (2 / 3.0))));
    }

    [Fact]
    public void Legs_that_do_not_pay_their_gas_are_dropped() =>
        Gen.Select(Pools, Gen.Double[1e-3, 1e5], Gen.Double[0, 1e4]).Sample((pools, order, gas) =>
        {
            var (amounts, paid) = Run(pools, split => split.Optimal(order, gas));
            double Net(double[] split, double total) => total - gas * split.Count(a => a > 0);
            var net = Net(amounts, paid);
            var (free, freePaid) = Run(pools, split => split.Optimal(order));
            Assert.True(net >= Net(free, freePaid) - 1e-9 * freePaid, "gas made the split worse than ignoring gas");
            var exact = Subsets(pools).Max(subset =>
            {
                var (a, total) = Run(subset, split => split.Optimal(order));
                return Net(a, total);
            });
            Assert.True(net <= exact + 1e-9 * freePaid);
            Assert.True(net >= exact - 0.35 * gas - 1e-9 * freePaid, $"net {net:R}, best subset {exact:R}");
        }, iter: 200);

    [Fact]
    public void The_limit_stops_every_leg_at_its_price() =>
        Gen.Select(Pools, Gen.Double[1, 1e6], Gen.Double[0.001, 0.5]).Sample((pools, order, limit) =>
        {
            var floor = pools.Max(p => p.Gamma * p.Out / p.In) * (1 - limit);
            foreach (Rule rule in new Rule[] { s => s.Optimal(order), s => s.ProRata(order), s => s.BestQuote(order) })
            {
                var (amounts, _) = Run(pools, split =>
                {
                    rule(split);
                    split.Limit(limit);
                });
                Assert.All(pools.Zip(amounts).Where(pair => pair.Second > 0), pair =>
                {
                    var depth = pair.First.In + pair.First.Gamma * pair.Second;
                    var marginal = pair.First.Gamma * pair.First.In * pair.First.Out / (depth * depth);
                    Assert.True(marginal >= floor * (1 - 1e-9));
                });
            }
        });

    [Fact]
    public void Venues_that_are_not_usable_get_nothing()
    {
        Pool[] pools = [new(1000, 2e6, 0.997), new(0, 0, 0.997), new(500, 1e6, 0.997)];
        Rule[] rules = [s => s.Optimal(5.0), s => s.ProRata(5.0), s => s.Uniform(5.0), s => s.Greedy(5.0, 3)];
        foreach (var rule in rules)
        {
            var (amounts, _) = Run(pools, rule);
            Assert.Equal(0, amounts[1]);
            Assert.Equal(5, amounts.Sum(), 1e-10);
        }

        var (none, paid) = Run([new(0, 0, 1)], split => split.Optimal(5.0));
        Assert.Equal((0.0, 0.0), (none[0], paid));
    }

    private static Vec[] Vectors(double[] values) => [.. values.Select(v => new Vec(v))];

    private static IEnumerable<Pool[]> Subsets(Pool[] pools) => Enumerable.Range(1, (1 << pools.Length) - 1)
        .Select(bits => pools.Where((_, v) => (bits >> v & 1) == 1).ToArray());

    private static (double[] Amounts, double Out) Run(Pool[] pools, Rule rule)
    {
        var split = new OptimalSplit(pools.Length, new Vec[OptimalSplit.ScratchPerVenue * pools.Length]);
        for (var v = 0; v < pools.Length; v++)
        {
            split.Set(v, pools[v].In, pools[v].Out, pools[v].Gamma, new Vec(1.0) > Vec.Zero);
        }

        rule(split);
        return ([.. split.Amounts.ToArray().Select(a => a[0])], split.TotalOut()[0]);
    }

    /// <summary>By sorting: the first m venues by price, for the largest m at which all get something.</summary>
    private static double[] Plain(Pool[] pools, double order)
    {
        var sorted = pools.OrderByDescending(p => p.Gamma * p.Out / p.In).ToArray();
        for (var m = sorted.Length; ; m--)
        {
            var rootMu = sorted[..m].Sum(p => Math.Sqrt(p.In * p.Out / p.Gamma))
                / (order + sorted[..m].Sum(p => p.In / p.Gamma));
            double Amount(Pool p) => (Math.Sqrt(p.Gamma * p.In * p.Out) / rootMu - p.In) / p.Gamma;
            if (m == 1 || sorted[..m].All(p => Amount(p) >= 0))
            {
                return [.. pools.Select(p => Array.IndexOf(sorted, p) < m ? Amount(p) : 0)];
            }
        }
    }

    private sealed record Pool(double In, double Out, double Gamma);
}
