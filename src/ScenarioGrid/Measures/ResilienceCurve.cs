using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Measures;

/// <summary>How much service a disturbance costs and how long recovery takes, from a curve of service levels.</summary>
/// <remarks>
/// A curve is a list of (time, level) joined by straight lines; a jump is two points with the same time. A level is the
/// share of service delivered, 0 to 1. Source: Bruneau et al., Earthquake Spectra 19 (2003).
/// </remarks>
public static class ResilienceCurve
{
    /// <summary>Area between full service and the curve, in the unit of time.</summary>
    public static double LossArea(ReadOnlySpan<double> times, ReadOnlySpan<double> levels)
    {
        Check(times, levels);
        var area = 0.0;
        for (var i = 1; i < times.Length; i++)
        {
            area += (1 - (levels[i - 1] + levels[i]) / 2) * (times[i] - times[i - 1]);
        }

        return area;
    }

    /// <summary>1 - loss area / length: the mean service level, 0 to 1.</summary>
    public static double Resilience(ReadOnlySpan<double> times, ReadOnlySpan<double> levels) =>
        1 - LossArea(times, levels) / (times[^1] - times[0]);

    /// <summary>Time from the first point to the first return to a level, after the lowest point, that lasts.</summary>
    /// <param name="times">Times, ascending; equal times make a jump.</param>
    /// <param name="levels">Service levels.</param>
    /// <param name="level">Level to reach.</param>
    /// <param name="hold">How long the level must last; what the curve does after its end is taken to last.</param>
    /// <returns>The time, or +infinity when the curve does not return.</returns>
    public static double RecoveryTime(
        ReadOnlySpan<double> times, ReadOnlySpan<double> levels, double level, double hold)
    {
        Check(times, levels);
        var lowest = 0;
        for (var i = 1; i < levels.Length; i++)
        {
            lowest = levels[i] < levels[lowest] ? i : lowest;
        }

        var since = levels[lowest] >= level ? times[lowest] : double.PositiveInfinity;
        for (var i = lowest + 1; i < levels.Length; i++)
        {
            var (before, after) = (levels[i - 1], levels[i]);
            var crossing = before == after ? times[i]
                : times[i - 1] + (level - before) / (after - before) * (times[i] - times[i - 1]);
            if (before < level && after >= level)
            {
                since = crossing;
            }
            else if (before >= level && after < level)
            {
                if (crossing - since >= hold)
                {
                    return since - times[0];
                }

                since = double.PositiveInfinity;
            }
        }

        return since - times[0];
    }

    /// <summary>Loss area of 1 - drop e^(-t / tau) up to a horizon, in the unit of time.</summary>
    public static double ExponentialLossArea(double drop, double tau, double horizon) =>
        drop * tau * (1 - LaneMath.Exp(-horizon / tau));

    /// <summary>Time until 1 - drop e^(-t / tau) is back at a level below 1; 0 when it never fell below.</summary>
    public static double ExponentialRecoveryTime(double drop, double tau, double level) =>
        drop <= 1 - level ? 0 : tau * LaneMath.Log(drop / (1 - level));

    private static void Check(ReadOnlySpan<double> times, ReadOnlySpan<double> levels)
    {
        if (times.Length < 2 || times.Length != levels.Length)
        {
            throw new ArgumentException($"{times.Length} times and {levels.Length} levels do not make a curve");
        }
    }
}
