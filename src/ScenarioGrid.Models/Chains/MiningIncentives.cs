using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Chains;

/// <summary>What deviating from the protocol earns or costs a block producer.</summary>
public static class MiningIncentives
{
    /// <summary>Share of the rewards of a selfish miner.</summary>
    /// <param name="alpha">Its share of the block production, in [0, 1/2).</param>
    /// <param name="gamma">Share of the honest miners that build on its block in a tie, in [0, 1].</param>
    /// <remarks>Source: Eyal and Sirer, "Majority is not enough" (2014), equation 8.</remarks>
    public static double SelfishRevenue(double alpha, double gamma)
    {
        var others = 1 - alpha;
        var gain = alpha * others * others * (4 * alpha + gamma * (1 - 2 * alpha)) - alpha * alpha * alpha;
        return gain / (1 - alpha * (1 + (2 - alpha) * alpha));
    }

    /// <summary>Share above which selfish mining pays: (1 - gamma)/(3 - 2 gamma).</summary>
    /// <remarks>Source: as <see cref="SelfishRevenue"/>, equation 9.</remarks>
    public static double SelfishThreshold(double gamma) => (1 - gamma) / (3 - 2 * gamma);

    /// <summary>Mean length of a majority attack, in mean honest block intervals.</summary>
    /// <param name="ratio">Attacker's block rate over the honest one, above 1.</param>
    /// <param name="escrow">Honest blocks the receiver waits for, at least 0.</param>
    /// <remarks>
    /// Wait until the honest chain has escrow blocks, then until the attacker leads by one. The attacker's blocks
    /// meanwhile
    /// are negative binomial; what is missing is made up at rate ratio - 1. Model: Budish, "Trust at scale: the
    /// economic
    /// limits of cryptocurrencies and blockchains" (2022); the expectation is an own derivation, checked by simulation.
    /// </remarks>
    public static double AttackTime(double ratio, int escrow)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ratio, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(escrow);
        var honest = 1 / (1 + ratio);
        var missing = 0.0;
        for (var a = 0; a <= escrow; a++)
        {
            // C(a + e - 1, a) h^e (1-h)^a is e/(a + e) times a binomial term.
            var term = escrow == 0
                ? 1
                : LaneMath.Exp(Stirling.LogBinomialTerm(a, escrow, 1 - honest, honest)) * escrow / (a + escrow);
            missing += term * (escrow + 1 - a);
        }

        return escrow + missing / (ratio - 1);
    }

    /// <summary>Largest payment that the cost of a majority attack protects: ratio x time x reward of a
    /// block.</summary>
    /// <inheritdoc cref="AttackTime" path="/remarks"/>
    public static double ValueDeterred(double ratio, int escrow, double blockReward) =>
        ratio * AttackTime(ratio, escrow) * blockReward;

    /// <summary>Chance that a proposer with share p gets at least one run of <paramref name="run"/> slots in a
    /// row.</summary>
    /// <param name="run">Length of the run, at least 1.</param>
    /// <param name="slots">Slots looked at.</param>
    /// <param name="p">Chance of proposing a slot, independent.</param>
    /// <remarks>
    /// f_i = f_(i-1) + (1 - f_(i-run-1)) (1 - p) p^run. Source: Feller, "An Introduction to Probability Theory and Its
    /// Applications" I, section XIII.7.
    /// </remarks>
    public static double ProposerRun(int run, int slots, double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(run, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        var whole = 1.0;
        for (var i = 0; i < run; i++)
        {
            whole *= p;
        }

        var seen = new double[slots + 1];
        for (var i = run; i <= slots; i++)
        {
            seen[i] = i == run ? whole : seen[i - 1] + (1 - seen[i - run - 1]) * (1 - p) * whole;
        }

        return seen[slots];
    }

    /// <summary>Mean seconds from a transaction to its finality by two-epoch checkpoints: two and a half
    /// epochs.</summary>
    /// <remarks>Half an epoch until its own ends, two more to justify and finalise (Ethereum consensus
    /// specification).</remarks>
    public static double FinalityTime(int slotsPerEpoch, double slotSeconds) => 2.5 * slotsPerEpoch * slotSeconds;
}
