using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Orders in several tokens, over pools of any two of them, into one: what the best trades pay.</summary>
/// <remarks>
/// <para>The dual of maximising what is received of the target token, over prices n of all tokens in it:</para>
/// <code>
/// minimise over n (n of the target is 1)   sum h n + sum over pools of arb(n)
/// arb: of a pool with reserves (Ra, Rb) and g = 1 - fee, a comes in for b where s = na/nb is below g Rb/Ra:
///      in = (sqrt(g Ra Rb/s) - Ra)/g     out = Rb - sqrt(Ra Rb s/g)
/// gradient: endowment h plus what the pools pay less what they take, token by token; 0 at the optimum
/// </code>
/// <para>A fixed number of Newton steps on the convex dual, damped more where it did not fall and less where it did
/// (Levenberg and Marquardt). Meant for setting up and auditing scenarios: scalar, up to ten tokens. Inside a tick,
/// paths of pools are composed into one pool (<see cref="Compose"/>) and split by <see cref="OptimalSplit"/>.</para>
/// <para>Sources: Angeris, Chitra, Evans and Boyd, "Optimal routing for constant function market makers" (2022);
/// Diamandis, Resnick, Chitra and Angeris, "An efficient algorithm for optimal routing" (2023).</para>
/// </remarks>
public static class MultiAssetRouting
{
    private const int Steps = 200;
    private const double Rounding = 1e-15;

    /// <summary>Two pools one after the other as one pool: out = g a Q/(R + g a) again.</summary>
    /// <param name="first">Pool that the input goes to.</param>
    /// <param name="second">Pool that its output goes to.</param>
    public static Leg Compose(Leg first, Leg second)
    {
        var between = second.In + second.Gamma * first.Out;
        return new Leg(first.In * second.In / between, second.Gamma * first.Out * second.Out / between, first.Gamma);
    }

    /// <summary>Sells an endowment into one token.</summary>
    /// <param name="pools">Pools; together they must connect every token that is sold with the target.</param>
    /// <param name="endowment">What is sold of each token, at least 0; that of the target is kept.</param>
    /// <param name="target">Token that is wanted.</param>
    /// <exception cref="ArgumentException">A pool names a token that is none, or has no reserves; or a token is cut off
    /// from the target.</exception>
    public static Solution Solve(IReadOnlyList<Pool> pools, IReadOnlyList<double> endowment, int target)
    {
        var prices = Start(pools, endowment.Count, target);
        var gradient = new double[prices.Length];
        var curvature = new double[prices.Length, prices.Length];
        var value = Dual(pools, endowment, prices);
        var noise = Rounding * (value + pools.Sum(q => q.ReserveA * prices[q.A] + q.ReserveB * prices[q.B]));
        var damping = 1e-6;
        for (var step = 0; step < Steps; step++)
        {
            var off = Differentiate(pools, endowment, prices, gradient, curvature, target);
            var direction = Newton(gradient, curvature, Stiffness(pools, prices, damping), target);
            var next = prices.Select((n, j) => Math.Max(n + direction[j], 0.1 * n)).ToArray();
            var there = Dual(pools, endowment, next);

            // At the end the dual no longer falls by more than rounding, but its gradient still does.
            var falls = there < value - noise || (there < value + noise
                && Differentiate(pools, endowment, next, gradient, curvature, target) < off);
            damping = falls ? Math.Max(0.1 * damping, 1e-15) : 10 * damping;
            (prices, value) = falls ? (next, there) : (prices, value);
        }

        var unsold = Differentiate(pools, endowment, prices, gradient, curvature, target);
        return new Solution(gradient[target], prices, unsold);
    }

    /// <summary>Prices along the first pools that lead from the target to each token.</summary>
    private static double[] Start(IReadOnlyList<Pool> pools, int tokens, int target)
    {
        foreach (var pool in pools)
        {
            if (pool.A < 0 || pool.B < 0 || pool.A >= tokens || pool.B >= tokens || pool.A == pool.B
                || !(pool.ReserveA > 0 && pool.ReserveB > 0 && pool.Gamma is > 0 and <= 1))
            {
                throw new ArgumentException($"{pool} is no pool of two of {tokens} tokens", nameof(pools));
            }
        }

        var prices = new double[tokens];
        prices[target] = 1;
        for (var pass = 0; pass < tokens; pass++)
        {
            foreach (var pool in pools)
            {
                if (prices[pool.A] > 0 && prices[pool.B] == 0)
                {
                    prices[pool.B] = prices[pool.A] * pool.ReserveA / pool.ReserveB;
                }
                else if (prices[pool.B] > 0 && prices[pool.A] == 0)
                {
                    prices[pool.A] = prices[pool.B] * pool.ReserveB / pool.ReserveA;
                }
            }
        }

        var lost = Array.IndexOf(prices, 0);
        return lost < 0 ? prices : throw new ArgumentException($"no pools lead from token {lost} to {target}");
    }

    private static double Dual(IReadOnlyList<Pool> pools, IReadOnlyList<double> endowment, double[] prices)
    {
        var total = endowment.Select((h, j) => h * prices[j]).Sum();
        foreach (var pool in pools)
        {
            var (a, b, _, _) = pool.Trade(prices);
            total += a * prices[pool.A] + b * prices[pool.B];
        }

        return total;
    }

    /// <summary>Gradient and curvature of the dual; returns the value of what is left or missing of a token.</summary>
    private static double Differentiate(IReadOnlyList<Pool> pools, IReadOnlyList<double> endowment, double[] prices,
        double[] gradient, double[,] curvature, int target)
    {
        Array.Clear(curvature);
        for (var j = 0; j < gradient.Length; j++)
        {
            gradient[j] = endowment[j];
        }

        foreach (var pool in pools)
        {
            var (a, b, slope, isActive) = pool.Trade(prices);
            gradient[pool.A] += a;
            gradient[pool.B] += b;
            if (isActive)
            {
                // What is received is homogeneous of degree 0 in the prices.
                double na = prices[pool.A], nb = prices[pool.B];
                curvature[pool.A, pool.A] += slope * nb / na;
                curvature[pool.B, pool.B] += slope * na / nb;
                curvature[pool.A, pool.B] -= slope;
                curvature[pool.B, pool.A] -= slope;
            }
        }

        return gradient.Select((g, j) => j == target ? 0 : Math.Abs(g) * prices[j]).Max();
    }

    /// <summary>What is added to the diagonal: a share of the curvature that pools have where they trade.</summary>
    private static double[] Stiffness(IReadOnlyList<Pool> pools, double[] prices, double damping)
    {
        var stiffness = new double[prices.Length];
        foreach (var pool in pools)
        {
            double na = prices[pool.A], nb = prices[pool.B];
            var root = 0.5 * damping * Math.Sqrt(pool.ReserveA * pool.ReserveB / pool.Gamma);
            stiffness[pool.A] += root * Math.Sqrt(nb / na) / na;
            stiffness[pool.B] += root * Math.Sqrt(na / nb) / nb;
        }

        return stiffness;
    }

    /// <summary>The damped Newton step, by elimination.</summary>
    private static double[] Newton(double[] gradient, double[,] curvature, double[] stiffness, int target)
    {
        var n = gradient.Length;
        var rows = new double[n, n + 1];
        for (var r = 0; r < n; r++)
        {
            for (var c = 0; c < n; c++)
            {
                rows[r, c] = r == target || c == target ? 0 : curvature[r, c];
            }

            rows[r, r] = r == target ? 1 : rows[r, r] + stiffness[r];
            rows[r, n] = r == target ? 0 : -gradient[r];
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            for (var r = pivot + 1; r < n; r++)
            {
                var factor = rows[r, pivot] / rows[pivot, pivot];
                for (var c = pivot; c <= n; c++)
                {
                    rows[r, c] -= factor * rows[pivot, c];
                }
            }
        }

        var step = new double[n];
        for (var r = n - 1; r >= 0; r--)
        {
            var sum = rows[r, n];
            for (var c = r + 1; c < n; c++)
            {
                sum -= rows[r, c] * step[c];
            }

            step[r] = sum / rows[r, r];
        }

        return step;
    }

    /// <summary>One way through a pool.</summary>
    /// <param name="In">Reserve that the input goes to.</param>
    /// <param name="Out">Reserve that pays.</param>
    /// <param name="Gamma">1 - fee.</param>
    public readonly record struct Leg(Vec In, Vec Out, Vec Gamma);

    /// <summary>A pool of two tokens.</summary>
    /// <param name="A">Number of the one token, from 0.</param>
    /// <param name="B">Number of the other.</param>
    /// <param name="ReserveA">Reserve of the one, positive.</param>
    /// <param name="ReserveB">Reserve of the other, positive.</param>
    /// <param name="Gamma">1 - fee, in (0, 1].</param>
    public sealed record Pool(int A, int B, double ReserveA, double ReserveB, double Gamma)
    {
        /// <summary>What the best trade at these prices receives of both tokens (negative: pays in), and how much less
        /// of A for a rise of the price of B.</summary>
        internal (double OfA, double OfB, double Slope, bool IsActive) Trade(double[] prices)
        {
            double na = prices[A], nb = prices[B], ratio = na / nb;
            var root = Math.Sqrt(ReserveA * ReserveB / Gamma);
            if (ratio * ReserveA < Gamma * ReserveB)
            {
                var s = Math.Sqrt(ratio);
                return (-(root / s - ReserveA / Gamma), ReserveB - root * s, 0.5 * root / (s * nb), true);
            }

            if (ReserveB < Gamma * ReserveA * ratio)
            {
                var s = Math.Sqrt(1 / ratio);
                return (ReserveA - root * s, -(root / s - ReserveB / Gamma), 0.5 * root / (s * na), true);
            }

            return (0, 0, 0, false);
        }
    }

    /// <summary>The best trades.</summary>
    /// <param name="Received">Amount of the target, its endowment included.</param>
    /// <param name="Prices">Price of each token in the target, at the margin.</param>
    /// <param name="Unsold">Largest value of a token that is left or missing: the error of the solution.</param>
    public sealed record Solution(double Received, IReadOnlyList<double> Prices, double Unsold);
}
