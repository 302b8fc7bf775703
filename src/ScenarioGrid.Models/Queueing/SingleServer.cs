namespace ScenarioGrid.Models.Queueing;

/// <summary>One server with Poisson arrivals, first come first served.</summary>
/// <remarks>
/// <code>
/// M/M/1:    T = 1/(mu - lambda)
/// M/M/1/K:  loss = (1 - rho) rho^K / (1 - rho^(K+1)),  1/(K+1) at rho = 1
/// M/G/1:    wait / service = rho/(1 - rho) (1 + c^2)/2            Pollaczek and Khinchine
/// </code>
/// <para>Source: Kleinrock, "Queueing Systems", volume 1 (1975), chapters 3 and 5.</para>
/// </remarks>
public static class SingleServer
{
    /// <summary>Mean time from arrival to end of service; infinite when the server cannot keep up.</summary>
    /// <param name="arrivals">Per second.</param>
    /// <param name="service">Requests a second while busy.</param>
    public static double MeanTime(double arrivals, double service) =>
        arrivals < service ? 1 / (service - arrivals) : double.PositiveInfinity;

    /// <summary>Share of requests turned away by a system that holds at most <paramref name="room"/> of them.</summary>
    /// <param name="load">Arrivals over service rate, at least 0.</param>
    /// <param name="room">Requests that fit, the one in service included.</param>
    public static double Loss(double load, int room)
    {
        // The sum of powers instead of the quotient has no hole at a load of 1.
        var (sum, power) = (1.0, 1.0);
        for (var i = 0; i < room; i++)
        {
            power *= load;
            sum += power;
        }

        return power / sum;
    }

    /// <summary>Mean wait before service, in mean service times.</summary>
    /// <param name="load">Arrivals over service rate, below 1; else infinite.</param>
    /// <param name="variability">Squared coefficient of variation of the service time.</param>
    public static double WaitOverService(double load, double variability) =>
        load < 1 ? load / (1 - load) * (1 + variability) / 2 : double.PositiveInfinity;
}
