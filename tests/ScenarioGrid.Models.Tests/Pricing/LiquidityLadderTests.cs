using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class LiquidityLadderTests
{
    private static readonly Gen<double[]> Depths =
        Gen.Double[0, 1e5].Array[LiquidityLadder.Bins].Select(steps =>
        {
            var total = 0.0;
            return steps.Select(step => total += step < 2e4 ? 0 : step).ToArray();
        });

    private delegate T Reading<out T>(LiquidityLadder ladder);

    [Fact]
    public void Depths_of_a_constant_product_pool_give_the_pool_back() =>
        Gen.Select(Gen.Double[1, 1e7], Gen.Double[1e-3, 1e5], Gen.Double[1e-6, 10], Gen.Bool).Sample(
            (x, price, share, isSell) =>
            {
                var y = x * price;
                var (input, output) = isSell ? (x, y) : (y, x);
                var depths = Roots(isSell).Select(r => input * (r - 1)).ToArray();
                var amount = share * input;
                double Near(double value) => 1e-11 * value;
                var paid = ConstantProduct.Out(amount, input, output, 1);
                var actual = Read(isSell, price, depths, l => l.Out(amount)[0]);
                Assert.Equal(paid, actual, Near(paid));
                var inverse = (input + amount) * (input + amount) / (input * output);
                var after = isSell ? 1 / inverse : inverse;
                var reached = Read(isSell, price, depths,
                    l => (isSell ? l.SellPriceAfter(amount) : l.BuyPriceAfter(amount))[0]);
                Assert.Equal(after, reached, Near(after));
                Assert.Equal(
                    amount, Read(isSell, price, depths, l => (isSell ? l.SellUntil(after) : l.BuyUntil(after))[0]),
                    1e-11 * (amount + input));
            });

    [Fact]
    public void The_points_are_met() =>
        Gen.Select(Depths, Gen.Double[1e-3, 1e5], Gen.Bool).Sample((depths, price, isSell) =>
        {
            for (var bin = 0; bin < LiquidityLadder.Bins; bin++)
            {
                var move = LiquidityLadder.PriceMoves[bin];
                var at = price * (isSell ? 1 - move : 1 + move);
                var amount = Read(isSell, price, depths, l => (isSell ? l.SellUntil(at) : l.BuyUntil(at))[0]);
                Assert.Equal(depths[bin], amount, 1e-10 * (1 + depths[^1]));
            }
        });

    [Fact]
    public void More_input_gets_more_at_falling_prices() =>
        Gen.Select(Depths, Gen.Double[1e-3, 1e5], Gen.Bool, Gen.Double[0, 3e5].Array[3]).Sample(
            (depths, price, isSell, amounts) =>
            {
                Array.Sort(amounts);
                var paid = amounts.Select(a => Read(isSell, price, depths, l => l.Out(a)[0])).ToArray();
                var roots = amounts.Select(a => Read(isSell, price, depths, l => l.RootAfter(a)[0])).ToArray();
                Assert.True(paid[0] <= paid[1] && paid[1] <= paid[2] && roots[0] <= roots[1] && roots[1] <= roots[2]);
                var (first, second) = (amounts[1] - amounts[0], amounts[2] - amounts[1]);
                var slack = 1e-9 * (1 + paid[2]) * (first + second);
                Assert.True((paid[2] - paid[1]) * first <= (paid[1] - paid[0]) * second + slack);
            });

    [Fact]
    public void Output_is_the_integral_of_the_marginal_price() =>
        Gen.Select(Depths, Gen.Double[0.1, 10], Gen.Bool, Gen.Double[0.01, 1.5]).Sample((depths, price, isSell, part) =>
        {
            var amount = part * depths[^1];
            const int Slices = 400;
            double Marginal(double a)
            {
                var root = Read(isSell, price, depths, l => l.RootAfter(a)[0]);
                return double.IsInfinity(root) ? 0 : 1 / (root * root);
            }

            var sum = Enumerable.Range(0, Slices).Sum(s => Marginal(amount * (s + 0.5) / Slices)) * amount / Slices;
            var paid = Read(isSell, price, depths, l => l.Out(amount)[0]);
            Assert.Equal(sum, paid, 5e-3 * (sum + 1e-9));
        }, iter: 50);

    [Fact]
    public void Doubling_liquidity_and_input_doubles_output_at_the_same_price() =>
        Gen.Select(Depths, Gen.Double[1e-3, 1e5], Gen.Bool, Gen.Double[0, 3e5]).Sample((depths, price, isSell, a) =>
        {
            var amount = a;
            double[] doubled = [.. depths.Select(d => 2 * d)];
            Assert.Equal(2 * Read(isSell, price, depths, l => l.Out(amount)[0]),
                Read(isSell, price, doubled, l => l.Out(2 * amount)[0]));
            Assert.Equal(Read(isSell, price, depths, l => l.RootAfter(amount)[0]),
                Read(isSell, price, doubled, l => l.RootAfter(2 * amount)[0]));
        });

    [Fact]
    public void Input_beyond_all_liquidity_gets_nothing()
    {
        double[] depths = [10, 20, 30, 40, 40];
        var all = Read(true, 100, depths, l => l.Out(40)[0]);
        Assert.InRange(all, 40 * 98, 40 * 100);
        Assert.Equal(all, Read(true, 100, depths, l => l.Out(1000)[0]));
        Assert.Equal(0, Read(true, 100, depths, l => l.SellPriceAfter(41)[0]));
        Assert.Equal(0, Read(true, 100, [0, 0, 0, 0, 0], l => l.Out(5)[0]));
        Assert.Equal(double.PositiveInfinity, Read(false, 100, depths, l => l.BuyPriceAfter(41)[0]));
    }

    [Fact]
    public void The_price_jumps_over_a_gap()
    {
        double[] depths = [10, 10, 30, 40, 50];
        Assert.Equal(99.9, Read(true, 100, depths, l => l.SellPriceAfter(10)[0]), 1e-9);
        Assert.Equal(99.5, Read(true, 100, depths, l => l.SellPriceAfter(10 + 1e-9)[0]), 1e-6);
        Assert.Equal(10, Read(true, 100, depths, l => l.SellUntil(99.7)[0]), 1e-9);
    }

    private static double[] Roots(bool isSell) =>
        (isSell ? LiquidityLadder.SellRoots : LiquidityLadder.BuyRoots).ToArray();

    private static T Read<T>(bool isSell, double price, double[] depths, Reading<T> reading)
    {
        var ladder = new LiquidityLadder(new Vec[LiquidityLadder.MemorySize]);
        if (isSell)
        {
            ladder.SetSell(price, depths[0], depths[1], depths[2], depths[3], depths[4]);
        }
        else
        {
            ladder.SetBuy(price, depths[0], depths[1], depths[2], depths[3], depths[4]);
        }

        return reading(ladder);
    }
}
