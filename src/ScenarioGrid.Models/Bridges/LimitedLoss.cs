using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Bridges;

/// <summary>What a thief takes through a rate limit before detection and response stop it.</summary>
public static class LimitedLoss
{
    /// <summary>min(value, burst + rate x (detection + response)): loss in USD for a known detection time.</summary>
    public static double Loss(double value, double burst, double rate, double detection, double response) =>
        Math.Min(value, burst + rate * (detection + response));

    /// <summary>Mean loss in USD when the detection time is exponential.</summary>
    /// <param name="value">Value at risk, USD.</param>
    /// <param name="burst">What the limit lets through at once, USD.</param>
    /// <param name="rate">What it lets through afterwards, USD per second.</param>
    /// <param name="detection">Mean time to detection, seconds.</param>
    /// <param name="response">Time from detection to the stop, seconds.</param>
    /// <remarks>b + r tau (1 - exp(-(V - b)/(r tau))), b = burst + r T_r, and V where b already exceeds it.</remarks>
    public static double Mean(double value, double burst, double rate, double detection, double response)
    {
        var certain = burst + rate * response;
        var scale = rate * detection;
        if (value <= certain || scale == 0)
        {
            return Math.Min(value, certain);
        }

        return certain - scale * LaneMath.Expm1(-(value - certain) / scale);
    }
}
