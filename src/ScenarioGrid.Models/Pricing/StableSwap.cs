using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>The stableswap pool of n coins at par 1: flat near balance, steep where one coin runs out.</summary>
/// <remarks>
/// <code>
/// Ann S + D = Ann D + D^(n+1) / (n^n product of x)         S = sum of x,  Ann = A n,  D_P = D^(n+1)/(n^n product of x)
/// D by Newton    D &lt;- (Ann S + n D_P) D / ((Ann - 1) D + (n + 1) D_P)
/// one balance    y^2 + b y = c,   b = S' + D/Ann - D,   c = D^(n+1) / (n^n product of x' Ann)     (' without y)
/// price of i in j = (Ann + D_P/x_i) / (Ann + D_P/x_j)                                            before fee
/// </code>
/// <para>A is Curve's, stored as A n^(n-1). Newton's iteration for y solves the quadratic above; here it is solved in
/// closed form, which gives the same number. D starts above the root or is one step from being there, and falls to it
/// from above; what has not settled after <see cref="IterationsMax"/> steps is not a number.</para>
/// <para>Source: Egorov, "StableSwap" (2019); curve-contract @574f4402, tests/simulation.py.</para>
/// </remarks>
public static partial class StableSwap
{
    /// <summary>Most steps of any iteration here; a dozen are enough up to a share of 99.9 %.</summary>
    public const int IterationsMax = 100;

    /// <summary>A step this small is the last: Newton's next one would be of the order of its square.</summary>
    private const double LastStep = 1e-8;

    /// <summary>The invariant D of two to four balances; not a number where it does not converge.</summary>
    /// <param name="balances">Balances at par, positive.</param>
    /// <param name="ann">A n, above 1.</param>
    /// <exception cref="ArgumentException">A balance is not positive, or there are fewer than 2 or more than 4.
    /// </exception>
    public static double Invariant(ReadOnlySpan<double> balances, double ann)
    {
        var n = balances.Length;
        var sum = Sum(balances);
        var d = sum;
        for (var step = 0; step < IterationsMax; step++)
        {
            var dp = ProductTerm(balances, d);
            var next = (ann * sum + n * dp) * d / ((ann - 1) * d + (n + 1) * dp);
            if (Math.Abs(next - d) <= LastStep * next)
            {
                return next;
            }

            d = next;
        }

        return double.NaN;
    }

    /// <summary>Balance of one coin, given those of all others and D.</summary>
    public static double Balance(ReadOnlySpan<double> others, double d, double ann)
    {
        var n = others.Length + 1;
        double sum = 0, c = d;
        foreach (var x in others)
        {
            sum += x;
            c *= d / (n * x);
        }

        c *= d / (n * ann);
        return PositiveRoot(sum + d / ann - d, c)[0];
    }

    /// <summary>Coins of <paramref name="j"/> paid out for <paramref name="input"/> coins of i, before fee.</summary>
    public static double Out(ReadOnlySpan<double> balances, int i, int j, double input, double ann)
    {
        var d = Invariant(balances, ann);
        Span<double> others = stackalloc double[balances.Length - 1];
        for (int k = 0, at = 0; k < balances.Length; k++)
        {
            if (k != j)
            {
                others[at++] = k == i ? balances[k] + input : balances[k];
            }
        }

        return balances[j] - Balance(others, d, ann);
    }

    /// <summary>Price of coin i in coins of j, before fee.</summary>
    public static double Price(ReadOnlySpan<double> balances, int i, int j, double ann)
    {
        var dp = ProductTerm(balances, Invariant(balances, ann));
        return (ann + dp / balances[i]) / (ann + dp / balances[j]);
    }

    /// <summary>D of two balances, from a guess near it; not a number where it does not converge.</summary>
    /// <param name="x">First balance, positive.</param>
    /// <param name="y">Second balance, positive.</param>
    /// <param name="ann">A n, above 1.</param>
    /// <param name="guess">Positive; the last D where reserves changed little, else their sum.</param>
    public static Vec Invariant(Vec x, Vec y, double ann, Vec guess)
    {
        Vec sum = ann * (x + y), quarter = 0.25 / (x * y), d = guess;
        var isOpen = x > Vec.Zero;
        for (var step = 0; step < IterationsMax && isOpen.Any; step++)
        {
            var dp = d * d * d * quarter;
            var next = Vec.Fma(2.0, dp, sum) * d / Vec.Fma(3.0, dp, (ann - 1) * d);
            var isLast = Vec.Abs(next - d) <= LastStep * next;
            d = Vec.Select(isOpen, next, d);
            isOpen &= !isLast;
        }

        return Vec.Select(isOpen | !(x > Vec.Zero), double.NaN, d);
    }

    /// <summary>The other of two balances.</summary>
    public static Vec Balance(Vec other, Vec d, double ann) =>
        PositiveRoot(other + d * (1 / ann) - d, d * d * d / (4 * ann * other));

    /// <summary>Coins of the second balance paid out for an input of the first, before fee; no digits are lost however
    /// small it is.</summary>
    /// <remarks>With o paid out and i paid in, o^2 - o B + q = 0 for B = 2 y + b + i, q = i (y + c/(x + i)).</remarks>
    public static Vec Out(Vec input, Vec x, Vec y, Vec d, double ann)
    {
        var after = x + input;
        var sum = 2.0 * y + after + d * (1 / ann) - d;
        var product = input * (y + d * d * d / (4 * ann * x * after));
        return 2.0 * product / (sum + Vec.Sqrt(Vec.Max(sum * sum - 4.0 * product, Vec.Zero)));
    }

    /// <summary>Price of the first coin in coins of the second, before fee.</summary>
    public static Vec Price(Vec x, Vec y, Vec d, double ann)
    {
        var cube = 0.25 * d * d * d;
        Vec first = ann * x * x * y + cube, second = ann * x * y * y + cube;
        return first / second * (y / x);
    }

    private static Vec PositiveRoot(Vec b, Vec c)
    {
        var root = Vec.Sqrt(b * b + 4.0 * c);
        return Vec.Select(b > Vec.Zero, 2.0 * c / (root + b), 0.5 * (root - b));
    }

    private static double ProductTerm(ReadOnlySpan<double> balances, double d)
    {
        var term = d;
        foreach (var x in balances)
        {
            term *= d / (balances.Length * x);
        }

        return term;
    }

    private static double Sum(ReadOnlySpan<double> balances)
    {
        if (balances.Length is < 2 or > 4)
        {
            throw new ArgumentException($"a pool has 2 to 4 coins, not {balances.Length}", nameof(balances));
        }

        var sum = 0.0;
        for (var i = 0; i < balances.Length; i++)
        {
            sum += balances[i] > 0 ? balances[i]
                : throw new ArgumentException($"balance {i} is {balances[i]}; it must be above 0", nameof(balances));
        }

        return sum;
    }
}
