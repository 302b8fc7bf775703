using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Markov chains in continuous time with few states: what happens in a time, and in the long run.</summary>
/// <remarks>
/// <code>
/// P(t) = exp(Q t) = (exp(Q t / 2^s))^(2^s),   s so that no state is left faster than 1/2 in t / 2^s
/// exp(A) = exp(-r) (I + B + B^2/2! + ... + B^20/20!),   B = A + r I,   r the fastest rate of leaving
/// </code>
/// <para>The series has no negative terms (uniformisation), so no probability comes out below 0 and rows add up to 1
/// within rounding. The long run is found by eliminating states one by one without a subtraction.</para>
/// <para>Source: C. Moler and C. Van Loan, "Nineteen dubious ways to compute the exponential of a matrix", SIAM Review
/// 45 (2003), method 3; W. K. Grassmann, M. I. Taksar and D. P. Heyman, "Regenerative analysis and steady state
/// distributions for Markov chains", Operations Research 33 (1985).</para>
/// </remarks>
public static class Generator
{
    /// <summary>Most states.</summary>
    public const int StatesMax = 16;

    private const int Terms = 20;

    /// <summary>Probabilities of going from one state to another in a time.</summary>
    /// <param name="rates">Rate per year from row to column, [n * n]; the diagonal is not read.</param>
    /// <param name="n">Number of states, at most <see cref="StatesMax"/>.</param>
    /// <param name="years">Time, at least 0.</param>
    /// <param name="result">Probability from row to column, [n * n]; may not overlap the rates.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of states, a rate or the time is out of range.
    /// </exception>
    public static void Transition(ReadOnlySpan<double> rates, int n, double years, Span<double> result)
    {
        Check(rates, n);
        ArgumentOutOfRangeException.ThrowIfNegative(years);
        Span<double> step = stackalloc double[n * n], power = stackalloc double[n * n];
        Span<double> next = stackalloc double[n * n];
        var (fastest, halvings) = (Fastest(rates, n) * years, 0);
        for (; fastest > 0.5; fastest /= 2)
        {
            halvings++;
            years /= 2;
        }

        for (var row = 0; row < n; row++)
        {
            var stay = fastest;
            for (var column = 0; column < n; column++)
            {
                step[row * n + column] = rates[row * n + column] * years;
                stay -= row == column ? 0 : rates[row * n + column] * years;
            }

            step[row * n + row] = Math.Max(stay, 0);
        }

        Identity(power, n);
        power.CopyTo(result);
        for (var term = 1; term <= Terms; term++)
        {
            Product(power, step, n, 1.0 / term, next);
            next.CopyTo(power);
            for (var i = 0; i < n * n; i++)
            {
                result[i] += power[i];
            }
        }

        var scale = LaneMath.Exp(-fastest);
        for (var i = 0; i < n * n; i++)
        {
            result[i] *= scale;
        }

        for (; halvings > 0; halvings--)
        {
            Product(result, result, n, 1, next);
            next.CopyTo(result);
        }
    }

    /// <summary>Share of time in each state in the long run.</summary>
    /// <param name="rates">Rate per year from row to column, [n * n]; the diagonal is not read.</param>
    /// <param name="n">Number of states, at most <see cref="StatesMax"/>.</param>
    /// <param name="result">Shares, [n], adding up to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of states or a rate is out of range.</exception>
    /// <exception cref="ArgumentException">A state cannot be left for any of those before it.</exception>
    public static void Stationary(ReadOnlySpan<double> rates, int n, Span<double> result)
    {
        Check(rates, n);
        Span<double> left = stackalloc double[n * n];
        rates[..(n * n)].CopyTo(left);
        for (var state = n - 1; state > 0; state--)
        {
            var away = 0.0;
            for (var column = 0; column < state; column++)
            {
                away += left[state * n + column];
            }

            if (away <= 0)
            {
                throw new ArgumentException($"state {state} is never left for a state before it", nameof(rates));
            }

            for (var row = 0; row < state; row++)
            {
                left[row * n + state] /= away;
                for (var column = 0; column < state; column++)
                {
                    left[row * n + column] += left[row * n + state] * left[state * n + column];
                }
            }
        }

        var sum = result[0] = 1;
        for (var state = 1; state < n; state++)
        {
            result[state] = 0;
            for (var row = 0; row < state; row++)
            {
                result[state] += result[row] * left[row * n + state];
            }

            sum += result[state];
        }

        for (var state = 0; state < n; state++)
        {
            result[state] /= sum;
        }
    }

    private static void Check(ReadOnlySpan<double> rates, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, StatesMax);
        for (var i = 0; i < n * n; i++)
        {
            if (i % (n + 1) != 0)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(rates[i], nameof(rates));
            }
        }
    }

    private static double Fastest(ReadOnlySpan<double> rates, int n)
    {
        var fastest = 0.0;
        for (var row = 0; row < n; row++)
        {
            var away = 0.0;
            for (var column = 0; column < n; column++)
            {
                away += row == column ? 0 : rates[row * n + column];
            }

            fastest = Math.Max(fastest, away);
        }

        return fastest;
    }

    private static void Identity(Span<double> matrix, int n)
    {
        matrix.Clear();
        for (var i = 0; i < n; i++)
        {
            matrix[i * n + i] = 1;
        }
    }

    private static void Product(
        ReadOnlySpan<double> a, ReadOnlySpan<double> b, int n, double scale, Span<double> result)
    {
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column < n; column++)
            {
                var sum = 0.0;
                for (var k = 0; k < n; k++)
                {
                    sum += a[row * n + k] * b[k * n + column];
                }

                result[row * n + column] = sum * scale;
            }
        }
    }
}
