using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Chains;

/// <summary>Chance that an attacker with share q of the block production reverses a payment after z
/// confirmations.</summary>
public static class DoubleSpend
{
    /// <summary>Nakamoto's formula, with the attacker's progress Poisson of mean z q/p. 1 for q of 1/2 and
    /// more.</summary>
    /// <remarks>
    /// 1 - sum over k &lt;= z of Poisson(k) (1 - (q/p)^(z-k)), added as the positive terms P(K &gt; z) + sum Poisson(k)
    /// (q/p)^(z-k). Source: Nakamoto, "Bitcoin: a peer-to-peer electronic cash system" (2008), section 11.
    /// </remarks>
    public static double Nakamoto(double q, int z)
    {
        Check(q, z);
        if (q >= 0.5 || z == 0)
        {
            return 1;
        }

        if (q == 0)
        {
            return 0;
        }

        var ratio = q / (1 - q);
        var mean = z * ratio;

        // From the most likely count down: (q/p)^(z-k) shrinks as k falls.
        var (sum, power) = (IncompleteGamma.Lower(z + 1, mean), 1.0);
        for (var k = z; k >= 0; k--)
        {
            sum += LaneMath.Exp(Stirling.LogPoissonTerm(k, mean)) * power;
            power *= ratio;
        }

        return Math.Min(sum, 1);
    }

    /// <summary>The exact probability, with the attacker's progress negative binomial: I_4pq(z, 1/2).</summary>
    /// <remarks>
    /// Sources: Rosenfeld, "Analysis of hashrate-based double spending", arXiv:1402.2009; Grunspan and Perez-Marco,
    /// "Double
    /// spend races", arXiv:1702.02867 (closed form). The attacker starts one block ahead (premine of one).
    /// </remarks>
    public static double Exact(double q, int z)
    {
        Check(q, z);
        if (q >= 0.5 || z == 0)
        {
            return 1;
        }

        var lead = 1 - 2 * q;
        return IncompleteBeta.Lower(z, 0.5, 4 * q * (1 - q), lead * lead);
    }

    /// <summary>Nakamoto's formula given that the z confirmations took <paramref name="pace"/> times their mean
    /// time.</summary>
    /// <remarks>Source: Grunspan and Perez-Marco, arXiv:1702.02867, probability P(z, kappa).</remarks>
    public static double GivenPace(double q, int z, double pace)
    {
        Check(q, z);
        ArgumentOutOfRangeException.ThrowIfNegative(pace);
        if (q >= 0.5 || z == 0)
        {
            return 1;
        }

        if (q == 0)
        {
            return 0;
        }

        var p = 1 - q;
        var logCatchUp = z * (LaneMath.Log(q / p) + pace * (p - q) / p) + IncompleteGamma.LogUpper(z, pace * z);
        return IncompleteGamma.Lower(z, pace * z * q / p) + LaneMath.Exp(logCatchUp);
    }

    /// <summary>Least z from 0 to <paramref name="most"/> whose probability is below the limit, or null.</summary>
    /// <param name="probability">Probability of success as a falling function of z.</param>
    /// <param name="limit">Largest acceptable probability, not included.</param>
    /// <param name="most">Largest z to try.</param>
    public static int? Confirmations(Func<int, double> probability, double limit, int most)
    {
        if (!(probability(most) < limit))
        {
            return null;
        }

        var (low, high) = (-1, most);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = probability(middle) < limit ? (low, middle) : (middle, high);
        }

        return high;
    }

    /// <summary>Largest attacker share b that network delay leaves harmless: b = (1 - b)/(1 + (1 - b) lambda
    /// delta).</summary>
    /// <param name="blocksPerDelay">lambda delta: mean blocks produced within one network delay, at least 0.</param>
    /// <remarks>Source: Dembo and others, "Everything is a race and Nakamoto always wins", arXiv:2005.10484.</remarks>
    public static double ShareTolerated(double blocksPerDelay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blocksPerDelay);
        return 2 / (2 + blocksPerDelay + Math.Sqrt(blocksPerDelay * blocksPerDelay + 4));
    }

    /// <summary>Attacker share with honest rate lambda_h slowed to lambda_h/(1 + lambda_h delta): use it for q
    /// above.</summary>
    /// <param name="q">Attacker's share of the total block rate.</param>
    /// <param name="blocksPerDelay">Mean blocks, of both sides, produced within one network delay.</param>
    public static double ShareAfterDelay(double q, double blocksPerDelay)
    {
        var honest = (1 - q) / (1 + (1 - q) * blocksPerDelay);
        return q / (q + honest);
    }

    private static void Check(double q, int z)
    {
        if (!(q >= 0 && q <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "must be between 0 and 1");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(z);
    }
}
