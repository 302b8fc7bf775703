namespace ScenarioGrid.Models.Rollups;

/// <summary>An all-against-all dispute with bounded delay (BoLD), in rounds.</summary>
/// <remarks>
/// <para>Safe iff T &gt; C + (d + 1)(k + L + 1), with censorship of at most C rounds, delay d per move, and k + L + 1
/// moves.</para>
/// <para>Source: Alvarez et al., "BoLD: Fast and Cheap Dispute Resolution", in OffchainLabs/bold at 30e78f6,
/// equations 17 to 19.</para>
/// </remarks>
/// <param name="ConfirmationPeriod">Rounds T of the confirmation period.</param>
/// <param name="Bisections">Bisections k summed over the levels.</param>
/// <param name="Levels">Levels L of the game.</param>
public sealed record BoundedDelay(long ConfirmationPeriod, int Bisections, int Levels)
{
    /// <summary>Arbitrum One: 45,818 blocks, 26 + 19 + 23 bisections on three levels (nitro-contracts at
    /// 6748733).</summary>
    public static BoundedDelay ArbitrumOne { get; } = new(45_818, 68, 3);

    /// <summary>Moves the honest side makes: k + L + 1.</summary>
    public int Moves => Bisections + Levels + 1;

    /// <summary>Most rounds of censorship under which the honest side still wins.</summary>
    /// <param name="delay">Rounds that an uncensored move takes beyond its own.</param>
    public long CensorshipTolerated(long delay) => ConfirmationPeriod - (delay + 1) * Moves - 1;

    /// <summary>Round by which every dispute is settled, however many claims there are.</summary>
    /// <inheritdoc cref="CensorshipTolerated"/>
    public long SettledBy(long delay) => ConfirmationPeriod + CensorshipTolerated(delay) + (delay + 1) * Moves;

    /// <summary>Stakes per level that make an attacker spend <paramref name="ratio"/> times what the honest side
    /// spends.</summary>
    /// <param name="ratio">Resource ratio, at least 1.</param>
    /// <param name="gas">Gas of the moves.</param>
    /// <param name="bisections">Bisections per level, the finest level first.</param>
    /// <returns>Stakes in gas, the finest level first.</returns>
    /// <remarks>Source: the same research papers, equations 54 to 63.</remarks>
    public static double[] Stakes(double ratio, MoveGas gas, params ReadOnlySpan<int> bisections)
    {
        ArgumentNullException.ThrowIfNull(gas);
        var stakes = new double[bisections.Length];
        var below = 0.0;
        for (var level = 0; level < stakes.Length; level++)
        {
            var isFirst = level == 0;
            var isLast = level == stakes.Length - 1;
            var updates = bisections[level] + 1;
            var extraBisections = (isLast ? 1 : 0) + (isFirst ? 0 : 1);
            var refineBelow = isFirst ? gas.Proof : gas.Refinement;
            var refineHere = isLast ? gas.Root : gas.Refinement;
            stakes[level] = ratio * (below + refineBelow + updates * gas.Update + extraBisections * gas.Bisection)
                + (ratio - 1) * updates * gas.Bisection - refineHere;
            below = stakes[level];
        }

        return stakes;
    }

    /// <summary>Challenge periods that a tournament of N claims on L levels can take: ceil(log2(1 + N))^L.</summary>
    /// <param name="claims">Number of claims N.</param>
    /// <param name="levels">Levels L.</param>
    public static long TournamentPeriods(int claims, int levels)
    {
        long rounds = 0;
        for (var covered = 1L; covered < 1L + claims; covered *= 2)
        {
            rounds++;
        }

        var periods = 1L;
        for (var level = 0; level < levels; level++)
        {
            periods *= rounds;
        }

        return periods;
    }

    /// <summary>Challenge periods that one-at-a-time disputes of N claims can take: about 2 N.</summary>
    public static long SequentialPeriods(int claims) => 2L * claims;
}

/// <summary>Gas of the moves of a dispute.</summary>
/// <param name="Proof">One-step proof.</param>
/// <param name="Update">Timer update.</param>
/// <param name="Bisection">Bisection.</param>
/// <param name="Refinement">Move into the next level.</param>
/// <param name="Root">Claim at the root.</param>
public sealed record MoveGas(double Proof, double Update, double Bisection, double Refinement, double Root);
