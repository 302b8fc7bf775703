using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <summary>What a false claim in an optimistic rollup can hope for, and the bond that deters it.</summary>
/// <remarks>
/// <code>
/// fraud p = 1 - (1 - c)(1 - (1 - a)^n)(1 - miss)(1 - bug)
/// bond at least p V / (1 - p)
/// </code>
/// <para>Source: own derivation from independent stages; each stage is named at its parameter.</para>
/// </remarks>
public static class DisputeGame
{
    /// <summary>Probability that a false claim becomes final.</summary>
    /// <param name="watched">Probability that a watcher is awake, see <see cref="ChallengeWindow.Watched"/>.</param>
    /// <param name="miss">Probability that the challenge does not land in the window.</param>
    /// <param name="bug">Probability that the game decides wrongly.</param>
    public static double FraudProbability(double watched, double miss, double bug) =>
        1 - watched * (1 - miss) * (1 - bug);

    /// <summary>Smallest bond, in dollars, that makes a false claim a losing bet: p V / (1 - p).</summary>
    /// <param name="fraud">Probability p that it becomes final, below 1.</param>
    /// <param name="value">What the attacker keeps of the value, in dollars.</param>
    public static double DeterrentBond(double fraud, double value) => fraud * value / (1 - fraud);

    /// <summary>Long-run share of time up: MTBF / (MTBF + MTTR).</summary>
    /// <param name="timeBetweenFailures">Mean time between failures.</param>
    /// <param name="timeToRepair">Mean time to repair, in the same unit.</param>
    public static double Availability(double timeBetweenFailures, double timeToRepair) =>
        timeBetweenFailures / (timeBetweenFailures + timeToRepair);

    /// <summary>
    /// Mixed equilibrium of the verifier's dilemma: how often a verifier checks and how often a claim is false when
    /// neither
    /// side gains by changing.
    /// </summary>
    /// <param name="value">Gain of an unchecked false claim, in dollars.</param>
    /// <param name="bond">Bond lost by a checked false claim, in dollars.</param>
    /// <param name="checkCost">Cost of a check, in dollars.</param>
    /// <param name="reward">Reward of a check that finds a false claim, in dollars.</param>
    /// <returns>Probability of a check V / (V + bond), probability of fraud min(1, cost / reward).</returns>
    public static (double Check, double Fraud) VerifiersDilemma(
        double value, double bond, double checkCost, double reward) =>
        (value / (value + bond), Math.Min(1, checkCost / reward));
}

/// <summary>Bonds of a bisection game, growing geometrically with the depth of the claim.</summary>
/// <remarks>bond(d) = base (high / base)^(d / D) price. Source: ethereum-optimism/specs at fd72cf7, fault dispute
/// game, bonds.</remarks>
/// <param name="Depth">Largest depth D.</param>
/// <param name="BaseGas">Gas that the bond at depth 0 pays for.</param>
/// <param name="HighGas">Gas that the bond at the largest depth pays for.</param>
/// <param name="GasPriceGwei">Assumed gas price.</param>
public sealed record BondSchedule(int Depth, double BaseGas, double HighGas, double GasPriceGwei)
{
    /// <summary>The schedule of the OP Stack: 73 levels, 400,000 to 300,000,000 gas at 200 gwei.</summary>
    public static BondSchedule Optimism { get; } = new(73, 400_000, 300_000_000, 200);

    /// <summary>Factor from one depth to the next.</summary>
    public double Multiplier => LaneMath.Pow(HighGas / BaseGas, 1.0 / Depth);

    /// <summary>Bond in ETH of a claim at a depth.</summary>
    public double Bond(int depth) =>
        BaseGas * LaneMath.Pow(HighGas / BaseGas, depth / (double)Depth) * GasPriceGwei * 1e-9;

    /// <summary>Bond in ETH with a rounded multiplier, as the specification prints it (1.09493).</summary>
    public double Bond(int depth, double multiplier) => BaseGas * LaneMath.Pow(multiplier, depth) * GasPriceGwei * 1e-9;

    /// <summary>Sum in ETH of the bonds of every <paramref name="step"/>-th depth: what one side, or both, must
    /// lock.</summary>
    public double Total(int first, int last, int step = 1)
    {
        var total = 0.0;
        for (var depth = first; depth <= last; depth += step)
        {
            total += Bond(depth);
        }

        return total;
    }
}
