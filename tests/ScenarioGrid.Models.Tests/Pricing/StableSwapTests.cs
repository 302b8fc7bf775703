using System.Numerics;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class StableSwapTests
{
    private static readonly Gen<double> Amplification = Gen.Double[0, 1].Select(u => 2 * Math.Pow(5e3, u));

    [Fact]
    public void Swaps_of_three_coins_equal_the_integer_simulation()
    {
        double[] even = [1e6, 1e6, 1e6];
        var before = StableSwap.Out(even, 0, 1, 1e5, 300);
        ReferenceCases.Check("A21", StableSwap.Invariant(even, 300), before * 0.9996, before);
        double[] uneven = [3e8, 4e8, 1e8];
        ReferenceCases.Check("A22",
            StableSwap.Invariant(uneven, 6000), StableSwap.Out(uneven, 1, 2, 1e7, 6000) * 0.9999);
    }

    [Fact]
    public void A_large_swap_of_two_coins_equals_the_integer_simulation()
    {
        ReferenceCases.Check("A23", StableSwap.Out([1.5e8, 1.5e8], 0, 1, 8.5e7, 200));
        Assert.Equal(84313595.928905553, StableSwap.Out(8.5e7, 1.5e8, 1.5e8, 3e8, 200)[0], 1e-5);
    }

    [Fact]
    public void The_price_in_the_published_balances_of_2022_is_the_published_discount()
    {
        ReferenceCases.Check("A30", StableSwap.Price([68.3, 31.7], 0, 1, 100));
        ReferenceCases.Check("A31", StableSwap.Price([491_000, 111_300], 0, 1, 100));
        Assert.Equal(0.98, StableSwap.Price([68.3, 31.7], 0, 1, 100), 0.005);
        Assert.InRange(StableSwap.Price([491_000, 111_300], 0, 1, 100), 0.93, 0.945);
    }

    [Fact]
    public void The_price_is_flat_and_then_falls_off()
    {
        double[] shares = [0.6, 0.7, 0.8, 0.9, 0.95];
        ReferenceCases.Check("A32", [.. shares.Select(s => StableSwap.Price([s, 1 - s], 0, 1, 200))]);
        ReferenceCases.Check("A33", [.. shares.Select(s => StableSwap.Price([s, 1 - s], 0, 1, 4000))]);
    }

    // curve-contract @574f4402, tests/simulation.py, in its own integers of 18 decimals.
    [Fact]
    public void Doubles_equal_the_integers_of_the_contract() =>
        Gen.Select(Gen.Int[2, 4], Gen.Int[1, 5000], Gen.Double[-2, 2].Array[4], Gen.Double[0.001, 0.5]).Sample(
            (n, a, spread, share) =>
            {
                double[] balances = [.. spread.Take(n).Select(s => Math.Round(1e6 * Math.Exp(s)))];
                var input = Math.Round(share * balances[0]);
                BigInteger[] whole = [.. balances.Select(b => new BigInteger(b) * BigInteger.Pow(10, 18))];
                var d = ContractInvariant(whole, a * n);
                Assert.Equal(ToDouble(d), StableSwap.Invariant(balances, a * n), 1e-13 * ToDouble(d));
                var expected = ToDouble(ContractOut(whole, 0, n - 1, new BigInteger(input) * BigInteger.Pow(10, 18),
                    a * n));
                Assert.Equal(expected, StableSwap.Out(balances, 0, n - 1, input, a * n), 1e-11 * balances[^1]);
            }, iter: 300);

    [Fact]
    public void Lanes_of_two_coins_equal_the_general_form() =>
        Gen.Select(Gen.Double[-6, 6], Amplification, Gen.Double[1e-9, 10]).Sample((tilt, ann, share) =>
        {
            double x = 1000 * Math.Exp(tilt), y = 1000;
            var d = StableSwap.Invariant([x, y], ann);
            Assert.Equal(d, StableSwap.Invariant(x, y, ann, x + y)[0], 1e-13 * d);
            Assert.Equal(d, StableSwap.Invariant(x, y, ann, 0.3 * d)[0], 1e-13 * d);
            Assert.Equal(StableSwap.Price([x, y], 0, 1, ann), StableSwap.Price(x, y, d, ann)[0], 1e-11);
            Assert.Equal(y, StableSwap.Balance(x, d, ann)[0], 1e-9 * y);
            var expected = StableSwap.Out([x, y], 0, 1, share * x, ann);
            Assert.Equal(expected, StableSwap.Out(share * x, x, y, d, ann)[0], 1e-9 * y);
        });

    [Fact]
    public void A_swap_keeps_the_invariant_and_a_small_one_is_paid_at_the_price() =>
        Gen.Select(Gen.Double[-4, 4], Amplification, Gen.Double[1e-6, 5]).Sample((tilt, ann, share) =>
        {
            double x = 1000 * Math.Exp(tilt), y = 1000;
            Vec d = StableSwap.Invariant([x, y], ann);
            var paid = StableSwap.Out(share * x, x, y, d, ann)[0];
            Assert.Equal(d[0], StableSwap.Invariant([x * (1 + share), y - paid], ann), 1e-9 * d[0]);
            var rate = StableSwap.Out(1e-9 * x, x, y, d, ann)[0] / (1e-9 * x);
            Assert.Equal(StableSwap.Price(x, y, d, ann)[0], rate, 1e-6 * rate);
        });

    [Fact]
    public void The_point_of_a_price_is_on_the_curve_and_has_that_price() =>
        Gen.Select(Gen.Double[-12, 12], Amplification).Sample((log, ann) =>
        {
            var price = Math.Exp(log);
            var (x, y) = StableSwap.At(price, ann);
            Assert.Equal(1, StableSwap.Invariant([x[0], y[0]], ann), 1e-12);
            Assert.Equal(price, StableSwap.Price(x, y, 1.0, ann)[0], 1e-9 * Math.Max(price, 1 / price) * price);
        }, iter: 10_000);

    // The specification's own way: 60 halvings of the amount paid in, until the marginal price is the wanted one.
    [Fact]
    public void The_point_of_a_price_equals_60_bisections() =>
        Gen.Select(Gen.Double[-3, 0], Amplification).Sample((log, ann) =>
        {
            double low = 0, high = 100, price = Math.Exp(log);
            for (var step = 0; step < 60; step++)
            {
                var half = 0.5 * (low + high);
                var y = StableSwap.Balance(0.5 + half, 1.0, ann);
                (low, high) = StableSwap.Price(0.5 + half, y, 1.0, ann)[0] > price ? (half, high) : (low, half);
            }

            var point = StableSwap.At(price, ann).First[0];
            var slope = StableSwap.Elasticity(point, StableSwap.Balance(point, 1.0, ann), ann)[0];
            Assert.Equal(low + 0.5, point, 1e-12 * (1 + 100 * slope));
        });

    [Fact]
    public void Elasticity_is_the_slope_of_the_curve_in_the_log_price() =>
        Gen.Select(Gen.Double[-3, 3], Amplification).Sample((log, ann) =>
        {
            const double Step = 1e-7;
            double Amount(double shift) => StableSwap.At(Math.Exp(log + shift), ann).First[0];
            var (x, y) = StableSwap.At(Math.Exp(log), ann);
            var slope = (Amount(-Step) - Amount(Step)) / (2 * Step);
            Assert.Equal(slope, StableSwap.Elasticity(x, y, ann)[0], 1e-4 * slope + 1e-6);
        });

    [Fact]
    public void Extreme_prices_have_points_and_a_broken_pool_has_no_invariant()
    {
        foreach (var price in new[] { 1e-300, 1e-12, 1e-5, 1, 1e5, 1e12, double.PositiveInfinity })
        {
            var (x, y) = StableSwap.At(price, 200);
            Assert.True(x[0] > 0 && y[0] > 0 && double.IsFinite(x[0]) && double.IsFinite(y[0]), $"{price}: {x[0]}");
        }

        Assert.True(double.IsNaN(StableSwap.Invariant(0, 1, 200, 1)[0]));
        Assert.Contains("balance 0 is 0", Assert.Throws<ArgumentException>(
            () => StableSwap.Invariant([0, 1], 200)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => StableSwap.Invariant([1], 200));
    }

    private static BigInteger ContractInvariant(BigInteger[] x, int ann)
    {
        var n = x.Length;
        BigInteger sum = x.Aggregate(BigInteger.Add), d = sum, last = 0;
        while (BigInteger.Abs(d - last) > 1)
        {
            var p = x.Aggregate(d, (p, b) => p * d / (n * b));
            last = d;
            d = (ann * sum + p * n) * d / ((ann - 1) * d + (n + 1) * p);
        }

        return d;
    }

    private static BigInteger ContractOut(BigInteger[] x, int i, int j, BigInteger input, int ann)
    {
        var n = x.Length;
        var d = ContractInvariant(x, ann);
        BigInteger c = d, sum = 0;
        for (var k = 0; k < n; k++)
        {
            if (k != j)
            {
                var b = k == i ? x[k] + input : x[k];
                sum += b;
                c = c * d / (b * n);
            }
        }

        c = c * d / (n * ann);
        BigInteger shift = sum + d / ann - d, y = d, last = 0;
        while (BigInteger.Abs(y - last) > 1)
        {
            last = y;
            y = (y * y + c) / (2 * y + shift);
        }

        return x[j] - y - 1;
    }

    private static double ToDouble(BigInteger wei) => (double)wei / 1e18;
}
