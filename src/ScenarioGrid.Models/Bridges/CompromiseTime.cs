using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Bridges;

/// <summary>Time until an attacker holds k of n keys at once, while keys are lost and rotated one by one.</summary>
public static class CompromiseTime
{
    /// <summary>Mean years until k of n keys are compromised at once, starting from none.</summary>
    /// <param name="n">Keys.</param>
    /// <param name="k">Keys needed.</param>
    /// <param name="lossRate">Compromises of a safe key a year, above 0.</param>
    /// <param name="rotationRate">Rotations of a compromised key a year, at least 0.</param>
    public static double MeanYears(int n, int k, double lossRate, double rotationRate) =>
        BirthDeath.MeanTime(n, k, lossRate, rotationRate);

    /// <summary>Chance of it within a year, taking the time as exponential: 1 - exp(-1/mean).</summary>
    /// <remarks>The exponential is exact in the limit of fast rotation; without rotation it overstates early
    /// years.</remarks>
    public static double AnnualProbability(int n, int k, double lossRate, double rotationRate) =>
        -LaneMath.Expm1(-1 / MeanYears(n, k, lossRate, rotationRate));
}
