using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class WaterFillingTests
{
    private static readonly Gen<Venue> Venues = Gen.Select(
        Gen.Double[1, 1e6], Gen.Double[0.8, 1.25], Gen.Double[0.9, 1], Gen.Bool,
        Gen.Double[0, 1].Array[LiquidityLadder.Bins], Gen.Double[0.01, 3], (size, price, gamma, isLadder, steps, cap) =>
        {
            var total = 0.0;
            double[] depths = [.. steps.Select(s => total += s < 0.2 ? 0 : s * size)];
            return new Venue(size, price, gamma, isLadder && total > 0 ? depths : null, cap < 2 ? cap * size : null);
        });

    private static readonly Gen<(Venue[] Venues, double Order)> Cases =
        Gen.Select(Venues.Array[1, 7], Gen.Double[-3, 7]).Select((v, log) => (v, Math.Pow(10, log)));

    private delegate void Rule(OptimalSplit split);

    private delegate T Reading<out T>(OptimalSplit split);

    [Fact]
    public void The_common_price_leaves_no_venue_with_a_better_one() =>
        Cases.Sample(c => Assert.InRange(Residual(c.Venues, c.Order), 0, 1e-9), iter: 20_000);

    [Fact]
    public void The_whole_order_is_split_or_the_venues_are_full() =>
        Cases.Sample(c =>
        {
            var amounts = Solve(c.Venues, s => s.Optimal(c.Order)).Amounts;
            var capacity = c.Venues.Sum(v => Math.Min(v.Cap ?? double.PositiveInfinity, v.Capacity));
            Assert.Equal(Math.Min(c.Order, capacity), amounts.Sum(), 1e-9 * (c.Order + c.Venues.Sum(v => v.Size)));
            Assert.All(amounts.Zip(c.Venues), p => Assert.InRange(p.First, 0, p.Second.Cap ?? double.MaxValue));
        });

    [Fact]
    public void No_exchange_between_two_venues_pays() =>
        Gen.Select(Cases, Gen.Int[0, 6], Gen.Int[0, 6], Gen.Double[0, 1]).Sample((c, from, to, share) =>
        {
            (from, to) = (from % c.Venues.Length, to % c.Venues.Length);
            var (amounts, best) = Solve(c.Venues, s => s.Optimal(c.Order));
            var moved = Math.Min(share * amounts[from], (c.Venues[to].Cap ?? double.MaxValue) - amounts[to]);
            var other = Read(c.Venues, s =>
            {
                s.Optimal(c.Order);
                s.Amounts[from] -= moved;
                s.Amounts[to] += moved;
                return s.TotalOut()[0];
            });
            Assert.True(other <= best * (1 + 1e-9) + 1e-12, $"{other:R} > {best:R}");
        });

    [Fact]
    public void The_slow_obvious_split_is_met() =>
        Cases.Sample(c =>
        {
            // Plain bisection on the price that all venues end at.
            double low = 0, high = 1e9;
            double Taken(double w) => c.Venues.Sum(v => Math.Min(v.Cap ?? double.PositiveInfinity, v.Until(w)));
            for (var step = 0; step < 200; step++)
            {
                var middle = 0.5 * (low + high);
                (low, high) = Taken(middle) < c.Order ? (middle, high) : (low, middle);
            }

            var paid = Solve(c.Venues, s => s.Optimal(c.Order)).Out;
            var plain = c.Venues.Sum(v => v.Paid(Math.Min(v.Cap ?? double.PositiveInfinity, v.Until(low))));
            Assert.Equal(plain, paid, 1e-8 * plain + 1e-11 * c.Venues.Sum(v => v.Size));
        }, iter: 300);

    [Fact]
    public void Ladders_of_pools_split_as_the_pools_do() =>
        Gen.Select(Venues.Array[1, 6], Gen.Double[1e-3, 1e6]).Sample((venues, order) =>
        {
            var pools = venues.Select(v => v with { Depths = null, Cap = null }).ToArray();
            var ladders = pools.Select(p => p with
            {
                Depths = [.. LiquidityLadder.SellRoots.ToArray().Select(r => p.Size * (r - 1))],
            }).ToArray();
            var expected = Solve(pools, s => s.Optimal(order));
            var actual = Solve(ladders, s => s.Optimal(order));
            Assert.Equal(expected.Out, actual.Out, 1e-10 * expected.Out);
            var scale = order + venues.Sum(v => v.Size);
            Assert.All(expected.Amounts.Zip(actual.Amounts), p => Assert.Equal(p.First, p.Second, 1e-9 * scale));
        });

    [Fact]
    public void No_rule_beats_the_optimum_and_every_rule_sends_what_a_venue_can_take() =>
        Cases.Sample(c =>
        {
            var venues = c.Venues.Select(v => v with { Cap = null }).ToArray();
            var best = Solve(venues, s => s.Optimal(c.Order)).Out;
            Vec[] homes = [1.0, 0.0, venues.Length - 1.0, 0.0], most = new Vec[venues.Length];
            Rule[] rules =
            [
                s => s.Uniform(c.Order), s => s.BestPrice(c.Order), s => s.BestQuote(c.Order), s => s.ProRata(c.Order),
                s => s.Greedy(c.Order, 5), s => s.Single(c.Order), s => s.Turn(c.Order, 3.0),
                s => s.DepthWeighted(c.Order, LiquidityLadder.SellRoots[2]), s => s.Sticky(c.Order, homes, 1.25, most),
            ];
            for (var r = 0; r < rules.Length; r++)
            {
                var (amounts, paid) = Solve(venues, s => rules[r](s));
                Assert.True(paid <= best * (1 + 1e-9), $"rule {r} pays {paid:R} > {best:R}");
                Assert.InRange(amounts.Sum(), 0, c.Order * (1 + 1e-9));
                if (r == 7 && amounts.Sum() == 0)
                {
                    // Nobody has depth within 100 basis points.
                    continue;
                }

                Assert.True(amounts.Sum() >= Math.Min(c.Order, venues.Min(v => v.Capacity)) * (1 - 1e-9), $"rule {r}");
            }
        });

    [Fact]
    public void The_order_of_the_venues_does_not_matter() =>
        Cases.Sample(c =>
        {
            var (amounts, paid) = Solve(c.Venues, s => s.Optimal(c.Order));
            var (turned, same) = Solve([.. c.Venues.Reverse()], s => s.Optimal(c.Order));
            Assert.Equal(paid, same, 1e-11 * paid);
            Assert.All(amounts.Zip(turned.Reverse()), p => Assert.Equal(
                p.First, p.Second, 1e-9 * (c.Order + c.Venues.Sum(v => v.Size))));
        });

    [Fact]
    public void Gas_drops_the_legs_that_do_not_pay_it() =>
        Gen.Select(Cases, Gen.Double[0, 1]).Sample((c, level) =>
        {
            var gas = level * level * c.Order * 0.05;
            double Net((double[] Amounts, double Out) s) => s.Out - gas * s.Amounts.Count(a => a > 0);
            var free = Solve(c.Venues, s => s.Optimal(c.Order));
            var aware = Solve(c.Venues, s => s.Optimal(c.Order, gas));
            if (Math.Abs(free.Amounts.Sum() - aware.Amounts.Sum()) < 1e-9 * c.Order)
            {
                Assert.True(Net(aware) >= Net(free) - 1e-9 * free.Out, $"{Net(aware):R} < {Net(free):R}");
            }
        });

    [Fact]
    public void Delay_sends_orders_elsewhere()
    {
        Venue[] venues = [new(1000, 1, 0.997, null, null), new(1000, 1, 0.997, null, null)];
        Vec[] gas = [0.0, 0.0], keep = [0.99, 1.0];
        var (amounts, _) = Solve(venues, s => s.OptimalNet(20.0, gas, keep));
        Assert.Equal(20, amounts.Sum(), 1e-9);
        Assert.InRange(amounts[1] - amounts[0], 4.5, 5.5);
    }

    private static (double[] Amounts, double Out) Solve(Venue[] venues, Rule rule)
    {
        double[] amounts = [];
        var paid = Read(venues, split =>
        {
            rule(split);
            amounts = [.. split.Amounts.ToArray().Select(a => a[0])];
            return split.TotalOut()[0];
        });
        return (amounts, paid);
    }

    private static double Residual(Venue[] venues, double order) =>
        Read(venues, split => split.Residual(split.Optimal(order))[0]);

    private static T Read<T>(Venue[] venues, Reading<T> reading)
    {
        var split = new OptimalSplit(venues.Length, new Vec[OptimalSplit.ScratchPerVenue * venues.Length],
            new Vec[OptimalSplit.GeneralPerVenue * venues.Length]);
        var all = new Vec(1.0) > Vec.Zero;
        for (var v = 0; v < venues.Length; v++)
        {
            var venue = venues[v];
            split.Set(v, venue.Size, venue.Size * venue.Price, venue.Gamma, all);
            if (venue.Depths is { } d)
            {
                var ladder = new LiquidityLadder(new Vec[LiquidityLadder.MemorySize]);
                ladder.SetSell(venue.Price, d[0], d[1], d[2], d[3], d[4]);
                split.SetLadder(v, ladder, venue.Gamma, all, all);
            }

            if (venue.Cap is { } cap)
            {
                split.SetLimit(v, cap);
            }
        }

        return reading(split);
    }

    private sealed record Venue(double Size, double Price, double Gamma, double[]? Depths, double? Cap)
    {
        public double Capacity => Depths is null || Depths[^1] > Depths[^2] ? double.PositiveInfinity
            : Depths[^1] / Gamma;

        public double Until(double w)
        {
            var u = w * Math.Sqrt(Gamma);
            return Math.Max(Depths is null
                ? Size * (u * Math.Sqrt(Price) - 1)
                : Read(l => l.InputUntil(u)), 0) / Gamma;
        }

        public double Paid(double amount) => Depths is null
            ? ConstantProduct.Out(amount, Size, Size * Price, Gamma)
            : Read(l => l.Out(Gamma * amount));

        private double Read(Func<Ladder, double> reading) => reading(new Ladder(Price, Depths!));
    }

    private sealed class Ladder(double price, double[] d)
    {
        public double InputUntil(double u) => Make().InputUntil(u)[0];

        public double Out(double input) => Make().Out(input)[0];

        private LiquidityLadder Make()
        {
            var ladder = new LiquidityLadder(new Vec[LiquidityLadder.MemorySize]);
            ladder.SetSell(price, d[0], d[1], d[2], d[3], d[4]);
            return ladder;
        }
    }
}
