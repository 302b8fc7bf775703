using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Queueing;

/// <summary>Load of a server whose clients try again when an answer takes too long, while it goes on working on what
/// they gave up.</summary>
/// <remarks>
/// <code>
/// lambda = lambda0 (1 + p + .. + p^r),   p = exp(-(mu - lambda) timeout), 1 from lambda = mu on
/// </code>
/// <para>Either two loads below mu keep themselves up, a stable lower and an unstable upper one, or none does and the
/// load goes to lambda0 (r + 1). Between the roots retries die out; above the upper one they feed themselves even when
/// what set them off is gone. lambda0 as a function of lambda has one maximum, where the roots meet: S = lambda timeout
/// S1 with S = sum p^k and S1 = sum k p^k. Source: own derivation; the phenomenon in Bronson et al., "Metastable
/// failures in distributed systems" (2021).</para>
/// </remarks>
/// <param name="Service">Requests a second, mu.</param>
/// <param name="Timeout">Seconds until a client gives up.</param>
/// <param name="Retries">Tries after the first, r.</param>
public readonly record struct RetryLoad(double Service, double Timeout, int Retries)
{
    private const int Bisections = 60;

    /// <summary>Load at which the two roots meet; the service rate when there is only one root.</summary>
    public double TippingLoad
    {
        get
        {
            var (low, high) = (0.0, Service);
            for (var i = 0; i < Bisections; i++)
            {
                var middle = (low + high) / 2;
                var (sum, slope) = Sums(middle);
                (low, high) = sum > middle * Timeout * slope ? (middle, high) : (low, middle);
            }

            return low;
        }
    }

    /// <summary>Largest fresh load that can last.</summary>
    public double FreshMost => Fresh(TippingLoad);

    /// <summary>Chance that a try times out at a load.</summary>
    public double TimeoutShare(double load) => LaneMath.Exp(Math.Min(load - Service, 0) * Timeout);

    /// <summary>Load with all tries when every one of them times out.</summary>
    public double Saturated(double fresh) => fresh * (Retries + 1);

    /// <summary>The load at which retries settle, or null when there is none.</summary>
    public double? Stable(double fresh) => Root(fresh, 0, TippingLoad, rising: true);

    /// <summary>The load above which retries feed themselves, or null when there is none below the service
    /// rate.</summary>
    public double? Unstable(double fresh) => Root(fresh, TippingLoad, Service, rising: false);

    /// <summary>Fresh load that a load with its retries comes from.</summary>
    public double Fresh(double load) => load / Sums(load).Sum;

    private double? Root(double fresh, double low, double high, bool rising)
    {
        if (fresh > FreshMost || (!rising && fresh < Fresh(high)))
        {
            return null;
        }

        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Fresh(middle) < fresh == rising ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private (double Sum, double Slope) Sums(double load)
    {
        var (sum, slope, power, p) = (1.0, 0.0, 1.0, TimeoutShare(load));
        for (var k = 1; k <= Retries; k++)
        {
            power *= p;
            sum += power;
            slope += k * power;
        }

        return (sum, slope);
    }
}
