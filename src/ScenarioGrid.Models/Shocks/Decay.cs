using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>The shapes in time that shocks are made of.</summary>
public static class Decay
{
    /// <summary>
    /// What is left after a time: 1 before it began, then 2^(-seconds/halfLife), and 0 where the half-life is 0.
    /// </summary>
    public static double Left(double seconds, double halfLife)
    {
        if (seconds < 0)
        {
            return 1;
        }

        return halfLife > 0 ? LaneMath.Exp(-LaneMath.Log(2.0) * seconds / halfLife) : 0;
    }

    /// <summary>The same, but held for good where the half-life is 0.</summary>
    public static double Held(double seconds, double halfLife) => halfLife > 0 ? Left(seconds, halfLife) : 1;

    /// <summary>A rise from 0 to 1 in a straight line; at once where it takes no time.</summary>
    public static double Ramp(double seconds, double length) => seconds >= length ? 1 : seconds / length;

    /// <summary>A multiple that rises over a ramp and ends at its time: e^(severity log), straight in the log, then
    /// 1.</summary>
    public static double Rush(double seconds, double severity, double log, double ramp, double length) =>
        seconds < length ? LaneMath.Exp(severity * log * Ramp(seconds, ramp)) : 1;

    /// <summary>A share until its time, then 0: severity times the share, at most all.</summary>
    public static double Share(double seconds, double severity, double share, double length) =>
        seconds < length ? Math.Min(1, severity * share) : 0;
}
