using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <summary>How likely a challenge window of W blocks passes without the honest moves that it needs, and what it
/// costs.</summary>
/// <remarks>
/// <para>Sources: binomial and Markov chains, own evaluation; inclusion lists: EIP-7805 (committee of 16); base fee
/// of full
/// blocks: EIP-1559; paid censorship: own derivation of the value recursion, linear in the budget as in Berger et al.,
/// "Economic Censorship Games in Fraud Proofs", arXiv:2502.20334.</para>
/// </remarks>
public static class ChallengeWindow
{
    /// <summary>Probability that one transaction is not included in the window: (1 - p)^W.</summary>
    /// <param name="p">Probability of inclusion per block, in [0, 1].</param>
    /// <param name="blocks">Length of the window W in blocks, at least 0.</param>
    public static double Miss(double p, double blocks) => LaneMath.Pow(1 - p, blocks);

    /// <summary>The fewest blocks in which one transaction is missed with probability at most epsilon: ceil(ln e /
    /// ln(1 - p)).</summary>
    /// <param name="p">Probability of inclusion per block, in (0, 1).</param>
    /// <param name="epsilon">Accepted probability of a miss, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Shortest(double p, double epsilon)
    {
        RequireInside(p, nameof(p));
        RequireInside(epsilon, nameof(epsilon));
        return Math.Ceiling(LaneMath.Log(epsilon) / LaneMath.Log1p(-p));
    }

    /// <summary>Probability that fewer than <paramref name="moves"/> moves, one a block at most, are included in the
    /// window.</summary>
    /// <param name="moves">Moves the honest side owes, at least 1.</param>
    /// <param name="blocks">Length of the window in blocks, a whole number, at least 0.</param>
    /// <param name="p">Probability of inclusion per block, in [0, 1].</param>
    /// <remarks>The lower tail of a binomial count, added downwards from its largest term: 1 - I_p(r, W - r +
    /// 1).</remarks>
    public static double MissMoves(int moves, long blocks, double p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(moves, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        if (moves > blocks || p <= 0)
        {
            return 1;
        }

        if (p >= 1)
        {
            return 0;
        }

        var log = blocks * LaneMath.Log1p(-p);
        var odds = LaneMath.Log(p) - LaneMath.Log1p(-p);
        var miss = LaneMath.Exp(log);
        for (var i = 0; i < moves - 1; i++)
        {
            log += LaneMath.Log((blocks - i) / (i + 1.0)) + odds;
            miss += LaneMath.Exp(log);
        }

        return Math.Min(miss, 1);
    }

    /// <summary>Probability of a miss when inclusion switches between an open and a censored regime.</summary>
    /// <param name="regimes">The two regimes and how they follow each other.</param>
    /// <param name="blocks">Length of the window in blocks.</param>
    /// <param name="startsCensored">Regime of the first block.</param>
    public static double Miss(CensorshipRegimes regimes, long blocks, bool startsCensored)
    {
        ArgumentNullException.ThrowIfNull(regimes);
        var (open, censored) = startsCensored ? (0.0, 1.0) : (1.0, 0.0);
        for (var block = 0L; block < blocks; block++)
        {
            open *= 1 - regimes.OpenInclusion;
            censored *= 1 - regimes.CensoredInclusion;
            var next = open * (1 - regimes.Onset) + censored * regimes.End;
            censored = open * regimes.Onset + censored * (1 - regimes.End);
            open = next;
        }

        return open + censored;
    }

    /// <summary>Probability that at least one of n watchers is awake: (1 - c)(1 - (1 - a)^n).</summary>
    /// <param name="watchers">Number of watchers n.</param>
    /// <param name="availability">Share of time each is online, a.</param>
    /// <param name="commonCause">Probability c that all are out together.</param>
    public static double Watched(int watchers, double availability, double commonCause) =>
        (1 - commonCause) * (1 - LaneMath.Pow(1 - availability, watchers));

    /// <summary>Probability that no one of n independent watchers, each with hazard l, acts in time w: exp(-n l
    /// w).</summary>
    /// <param name="watchers">Number of watchers.</param>
    /// <param name="hazard">Detections per unit of time of one watcher.</param>
    /// <param name="window">Length of the window in the same unit of time.</param>
    public static double Unnoticed(double watchers, double hazard, double window) =>
        LaneMath.Exp(-watchers * hazard * window);

    /// <summary>Inclusion per slot under an inclusion list: at least one honest member, 1 - (1 -
    /// h)^committee.</summary>
    /// <param name="honest">Share of honest includers h.</param>
    /// <param name="committee">Members of the list committee; 16 in EIP-7805.</param>
    public static double InclusionList(double honest, int committee = 16) => 1 - LaneMath.Pow(1 - honest, committee);

    /// <summary>Budget, as a multiple of the defender's, above which paid censorship wins: T / k.</summary>
    /// <remarks>
    /// With T blocks left, k moves owed and tips returned when censored, the value of the game solves
    /// f(T, k) = f(T, k-1) (1 + f(T-1, k)) / (1 + f(T, k-1)), f(0, k) = 0, f(T, 1) = T; so f(T, k) = T / k, and the
    /// defender's best tip is 1 / k of its budget.
    /// </remarks>
    /// <param name="blocks">Blocks T that the attacker must censor.</param>
    /// <param name="moves">Moves k that the honest side owes, at least 1.</param>
    public static double BribeRatio(double blocks, double moves) => blocks / moves;

    /// <summary>Base fee burned by n full blocks in a row, in ETH: the price of stuffing the window.</summary>
    /// <param name="gasLimit">Gas per block.</param>
    /// <param name="baseFeeGwei">Base fee of the first block.</param>
    /// <param name="blocks">Number of full blocks.</param>
    public static double StuffingCost(double gasLimit, double baseFeeGwei, double blocks) =>
        gasLimit * baseFeeGwei * 1e-9 * (LaneMath.Pow(1.125, blocks) - 1) / 0.125;

    /// <summary>Cost of holding value back for a window, in dollars: V r W / year.</summary>
    /// <param name="value">Value held back in dollars.</param>
    /// <param name="ratePerYear">Cost of capital per year.</param>
    /// <param name="seconds">Length of the window in seconds.</param>
    public static double DelayCost(double value, double ratePerYear, double seconds) =>
        value * ratePerYear * seconds / Tick.YearSeconds;

    /// <summary>Lowest fee, as a share, at which paying an exit out at once does not lose: r W / year + p +
    /// margin.</summary>
    /// <param name="ratePerYear">Cost of capital per year.</param>
    /// <param name="seconds">Time until the exit is final.</param>
    /// <param name="fraud">Probability that the exit never becomes final.</param>
    /// <param name="margin">Margin of the liquidity provider.</param>
    public static double FastExitFee(double ratePerYear, double seconds, double fraud, double margin) =>
        ratePerYear * seconds / Tick.YearSeconds + fraud + margin;

    /// <summary>Expected cost of a window: L exp(-k W) + c W.</summary>
    /// <param name="loss">Expected loss L with no window.</param>
    /// <param name="hazard">Rate k at which the chance of a miss falls, per unit of time.</param>
    /// <param name="cost">Cost c of a unit of time.</param>
    /// <param name="window">Window W.</param>
    public static double Cost(double loss, double hazard, double cost, double window) =>
        loss * LaneMath.Exp(-hazard * window) + cost * window;

    /// <summary>The window of least cost: max(0, ln(L k / c) / k).</summary>
    /// <inheritdoc cref="Cost"/>
    public static double Cheapest(double loss, double hazard, double cost) =>
        Math.Max(0, LaneMath.Log(loss * hazard / cost) / hazard);

    private static void RequireInside(double value, string name)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "must lie between 0 and 1");
        }
    }
}

/// <summary>Two regimes of inclusion; inclusion is drawn first, then the regime of the next block.</summary>
/// <param name="OpenInclusion">Probability of inclusion per block while open.</param>
/// <param name="CensoredInclusion">Probability of inclusion per block while censored.</param>
/// <param name="Onset">Probability per block that an open chain becomes censored.</param>
/// <param name="End">Probability per block that a censored chain opens.</param>
public sealed record CensorshipRegimes(double OpenInclusion, double CensoredInclusion, double Onset, double End)
{
    /// <summary>Share of blocks in the censored regime in the long run.</summary>
    public double CensoredShare => Onset + End > 0 ? Onset / (Onset + End) : 0;
}
