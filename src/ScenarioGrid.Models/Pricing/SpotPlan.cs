using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;

namespace ScenarioGrid.Models.Pricing;

/// <summary>How far the spot must stand off, for how many blocks, to bring an oracle of any kind to a multiple of the
/// price.</summary>
/// <remarks>
/// <para>Window n and hold m in blocks, oracle multiple T, spot multiple q, weight a = 1 - exp(-1/n) a block and b =
/// 1 - a for exponential means, whose n is the time constant:</para>
/// <code>
/// arithmetic     q = (n T - (n - m))/m                geometric      q = T^(n/m)          m at most n
/// exponential    q = 1 + (T - 1)/(1 - b^m)            of ln price    q = T^(1/(1 - b^m))
/// median         q = T where m is more than n/2, else out of reach
/// limit L a block on the move of ln of the record: the k-th block records min(k L, ln q), with j = min(m, ln q/L):
///   geometric    n ln T = L j(j + 1)/2 + (m - j) ln q
///   arithmetic   n (T - 1) = sum over k to j of (e^(kL) - 1) + (m - j)(q - 1)
///   of ln price  ln T = L b^(m-j) (j - b (1 - b^j)/a) + (1 - b^(m-j)) ln q
///   exponential  the same sum with e^(kL) - 1, as a geometric series
/// </code>
/// <para>A target below 1 takes a multiple below 1, by the same sums with -L for L; a mean of prices cannot be brought
/// to where q would not be positive. With a limit the least |ln q| is found by 60 halvings of [0, 41]; it is out of
/// reach where the sum stays below at the top. Multiples are those at the end of the hold: after it a truncated record
/// comes back slowly.</para>
/// <para>Source: Bentley (Euler, 2021) for the first two; own derivation.</para>
/// </remarks>
public static class SpotPlan
{
    /// <summary>Largest ln of a spot multiple: 6e17.</summary>
    private const double LogMax = 41;

    private const double SpotMax = 1e18;

    /// <summary>Spot multiple to hold.</summary>
    /// <param name="averaging">Number of an <see cref="Averaging"/>.</param>
    /// <param name="target">Multiple of the oracle, above 0, not 1.</param>
    /// <param name="window">Window or time constant in blocks, positive.</param>
    /// <param name="held">Blocks held, at least 1.</param>
    /// <param name="moveLimit">Most that ln of the record moves in a block; 0 is no limit.</param>
    /// <param name="reachable">Whether it can be reached at all.</param>
    public static Vec Spot(Vec averaging, double target, Vec window, double held, Vec moveLimit, out Mask reachable)
    {
        var blocks = Vec.Min(held, window);
        var logTarget = LaneMath.Log(new Vec(target));
        var geometric = LaneMath.Exp(Vec.Clamp(logTarget * window / blocks, -LogMax, LogMax));
        var arithmetic = (window * target - (window - blocks)) / blocks;
        var plain = Vec.Select(Is(averaging, Averaging.Geometric), geometric, arithmetic);
        var isExponential = averaging >= (double)Averaging.ExponentialGeometric;
        if (isExponential.Any)
        {
            var moved = -LaneMath.Expm1(-held / window);
            var ofLog = LaneMath.Exp(Vec.Clamp(logTarget / moved, -LogMax, LogMax));
            var ofPrice = 1.0 + (target - 1) / moved;
            var exponential = Vec.Select(Is(averaging, Averaging.ExponentialGeometric), ofLog, ofPrice);
            plain = Vec.Select(isExponential, exponential, plain);
        }

        var isMedian = Is(averaging, Averaging.Median);
        var q = Vec.Select(isMedian, target, plain);
        reachable = (q < SpotMax) & (q > 1 / SpotMax) & (!isMedian | (2 * held > window));
        q = Vec.Clamp(q, 1 / SpotMax, SpotMax);
        var isLimited = moveLimit > Vec.Zero;
        return isLimited.None ? q
            : Vec.Select(isLimited, Limited(averaging, target, window, held, moveLimit, ref reachable), q);
    }

    /// <summary>ln of the oracle's multiple when the spot is held at a multiple against a limit, arithmetic means as
    /// the relative rise.</summary>
    /// <param name="averaging">Number of an <see cref="Averaging"/>, no median.</param>
    /// <param name="logSpot">ln of the spot multiple, of the sign of the limit.</param>
    /// <param name="window">Window or time constant in blocks.</param>
    /// <param name="held">Blocks held.</param>
    /// <param name="moveLimit">Limit, positive on the way up, negative on the way down.</param>
    public static Vec Moved(Vec averaging, Vec logSpot, Vec window, Vec held, Vec moveLimit)
    {
        var isExponential = averaging >= (double)Averaging.ExponentialGeometric;
        var ofPrice = Is(averaging, Averaging.Arithmetic) | Is(averaging, Averaging.ExponentialArithmetic);
        var blocks = Vec.Select(isExponential, held, Vec.Min(held, window));
        var j = Vec.Min(Vec.Floor(logSpot / moveLimit), blocks);
        var rest = blocks - j;
        var top = Vec.Select(ofPrice, LaneMath.Expm1(logSpot), logSpot);
        var growth = LaneMath.Exp(Vec.Min(moveLimit, 40.0));
        var grown = LaneMath.Expm1(Vec.Min(j * moveLimit, LogMax));

        // Sums over the blocks in which the limit holds, by the closed forms of geometric series.
        var climbed = Vec.Select(
            ofPrice, growth * grown / (growth - 1.0) - j, moveLimit * 0.5 * j * (j + 1.0));
        var mean = (climbed + rest * top) / window;
        var keep = LaneMath.Exp(-1.0 / window);
        var weight = -LaneMath.Expm1(-1.0 / window);
        var (keptJ, keptRest) = (LaneMath.Exp(-j / window), LaneMath.Exp(-rest / window));
        var ofLogs = moveLimit * (j - keep * (1.0 - keptJ) / weight);

        // On the way down the factors of the series may be alike, and their difference has no digits left.
        Vec ratio = growth, powers = grown + 1.0;
        var isAlike = Vec.Abs(growth - keep) < 1e-7;
        if (isAlike.Any)
        {
            ratio = Vec.Select(isAlike, keep + 1e-7, ratio);
            powers = Vec.Select(isAlike, LaneMath.Exp(j * LaneMath.Log(ratio)), powers);
        }

        var ofPrices = weight * growth * (powers - keptJ) / (ratio - keep) - (1.0 - keptJ);
        var exponential = keptRest * Vec.Select(ofPrice, ofPrices, ofLogs) + (1.0 - keptRest) * top;
        return Vec.Select(isExponential, exponential, mean);
    }

    private static Mask Is(Vec averaging, Averaging kind) => Vec.Equal(averaging, (double)kind);

    private static Vec Limited(
        Vec averaging, double target, Vec window, double held, Vec moveLimit, ref Mask reachable)
    {
        var logTarget = LaneMath.Log(new Vec(target));
        var isMedian = Is(averaging, Averaging.Median);
        var ofPrice = Is(averaging, Averaging.Arithmetic) | Is(averaging, Averaging.ExponentialArithmetic);
        var sign = target < 1 ? -1.0 : 1.0;
        var wanted = Vec.Select(ofPrice, sign * (target - 1), sign * logTarget);
        var limit = Vec.Max(moveLimit, 1e-12);
        Vec low = Vec.Zero, high = LogMax;
        var most = Vec.Min(LogMax, Vec.Max(limit * held, limit));
        var enough = sign * Moved(averaging, sign * most, window, held, sign * limit) >= wanted;

        // A median has come to the target when more than half of its window stands there.
        var climb = Vec.Floor(sign * logTarget / limit) + 1.0;
        enough = (!isMedian & enough) | (isMedian & (2.0 * (held - climb) > window));
        reachable &= (moveLimit <= Vec.Zero) | enough;
        for (var i = 0; i < 60; i++)
        {
            var middle = 0.5 * (low + high);
            var falls = sign * Moved(averaging, sign * middle, window, held, sign * limit) < wanted;
            low = Vec.Select(falls, middle, low);
            high = Vec.Select(falls, high, middle);
        }

        return Vec.Select(isMedian, target, LaneMath.Exp(sign * high));
    }
}
