using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Each request looks at d servers at random and joins the shortest line, with very many servers.</summary>
/// <remarks>
/// <para>s_k is the share of servers with at least k requests; time in mean service times:</para>
/// <code>
/// ds_k/dt = lambda (s_(k-1)^d - s_k^d) - (s_k - s_(k+1))
/// s_k     = lambda^((d^k - 1)/(d - 1)),   E T = sum over k >= 1 of lambda^((d^k - d)/(d - 1))
/// </code>
/// <para>Source: Vvedenskaya, Dobrushin and Karpelevich, "Queueing system with selection of the shortest of two queues"
/// (1996); Mitzenmacher, "The power of two choices in randomized load balancing" (2001).</para>
/// </remarks>
public static class Supermarket
{
    private const int LevelsMost = 100_000;

    /// <summary>Share of servers with at least <paramref name="level"/> requests in the long run.</summary>
    /// <param name="load">Arrivals over capacity, in [0, 1).</param>
    /// <param name="choices">Servers looked at, at least 1.</param>
    /// <param name="level">Requests, at least 0.</param>
    public static double Tail(double load, int choices, int level)
    {
        var exponent = 0.0;
        for (var k = 0; k < level; k++)
        {
            exponent = exponent * choices + 1;
        }

        return LaneMath.Pow(load, exponent);
    }

    /// <summary>Mean time from arrival to end of service, in mean service times; infinite from a load of 1
    /// on.</summary>
    public static double MeanTime(double load, int choices)
    {
        if (load >= 1)
        {
            return double.PositiveInfinity;
        }

        var (sum, exponent) = (0.0, 0.0);
        for (var k = 0; k < LevelsMost; k++)
        {
            var term = LaneMath.Pow(load, exponent);
            if (sum + term == sum)
            {
                break;
            }

            sum += term;
            exponent = (exponent + 1) * choices;
        }

        return sum;
    }
}
