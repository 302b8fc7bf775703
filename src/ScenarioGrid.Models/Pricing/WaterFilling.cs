using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>The optimal split of one order over venues of any kind: constant-product pools and ladders, with limits on
/// what a venue takes.</summary>
/// <remarks>
/// <para>With w = 1/sqrt(marginal output per input, fee taken off), every venue takes an input that is piecewise linear
/// in w, and all venues in use end at one w (the dual price is mu = 1/w^2):</para>
/// <code>
/// bin of liquidity L from u to u' (LiquidityLadder), g = 1 - fee:   B = L/sqrt(g), from u/sqrt(g) to u'/sqrt(g)
/// constant-product pool:   one bin, B = sqrt(R Q/g), from sqrt(R/(g Q)) to infinity
/// input a(w) = sum B (clip(w) - from),   output = sum t/(from (from + t/B)) for the input t of each bin
/// optimum:  sum over venues of a(w) = X;   on the bins in use   w = (X - full bins + sum B from)/sum B
/// </code>
/// <para>The bins are found by Newton steps kept inside a bracket; each step is the closed form on the bins at hand, so
/// that the last one is the exact solution. A path stops by itself, so that its bits do not depend on others.</para>
/// <para>Gas: a leg is worth its output less what the others would pay for its input on the bins they are in; the leg
/// that falls short of its gas by most is dropped and the rest solved again, as long as that pays.</para>
/// <para>Sources: Angeris, Chitra, Evans and Boyd, "Optimal routing for constant function market makers" (2022);
/// Diamandis, Resnick, Chitra and Angeris, "An efficient algorithm for optimal routing" (2023).</para>
/// </remarks>
public readonly ref partial struct WaterFilling
{
    /// <summary>Vectors of scratch memory per venue.</summary>
    public const int ScratchPerVenue = 2 * Bins + 4;

    private const int Bins = LiquidityLadder.Bins, StepsMax = 80;
    private const double Rounding = 4e-16;

    private readonly Span<Vec> _from;
    private readonly Span<Vec> _slope;
    private readonly Span<Vec> _limit;
    private readonly Span<Vec> _usable;
    private readonly Span<Vec> _kept;

    /// <param name="venues">Number of venues, at least 1.</param>
    /// <param name="scratch">Memory of <see cref="ScratchPerVenue"/> vectors per venue, any content.</param>
    public WaterFilling(int venues, Span<Vec> scratch)
    {
        Venues = venues;
        _from = scratch[..(Bins * venues)];
        _slope = scratch.Slice(Bins * venues, Bins * venues);
        _limit = scratch.Slice(2 * Bins * venues, venues);
        _usable = scratch.Slice((2 * Bins + 1) * venues, venues);
        Amounts = scratch.Slice((2 * Bins + 2) * venues, venues);
        _kept = scratch.Slice((2 * Bins + 3) * venues, venues);
    }

    /// <summary>Number of venues.</summary>
    public int Venues { get; }

    /// <summary>Input of each venue, set by the solution; 0 for venues that are not usable.</summary>
    public Span<Vec> Amounts { get; }

    /// <summary>Sets a constant-product pool: reserves positive where usable, gamma = 1 - fee in (0, 1].</summary>
    public void SetPool(int venue, Vec reserveIn, Vec reserveOut, Vec gamma, Mask usable)
    {
        var works = usable & (reserveIn > Vec.Zero) & (reserveOut > Vec.Zero);
        _from[venue * Bins] = Vec.Select(works, Vec.Sqrt(reserveIn / (gamma * reserveOut)), double.PositiveInfinity);
        _slope[venue * Bins] = Vec.Where(works, Vec.Sqrt(reserveIn * reserveOut / gamma));
        for (var bin = 1; bin < Bins; bin++)
        {
            _from[venue * Bins + bin] = double.PositiveInfinity;
            _slope[venue * Bins + bin] = Vec.Zero;
        }

        _limit[venue] = double.PositiveInfinity;
        _usable[venue] = works.AsOne();
    }

    /// <summary>Sets a venue that is told by a ladder, on the paths of <paramref name="isLadder"/>; gamma = 1 - fee in
    /// (0, 1].</summary>
    public void SetLadder(int venue, LiquidityLadder ladder, Vec gamma, Mask isLadder, Mask usable)
    {
        var works = usable & (ladder.Filled[Bins] > Vec.Zero);
        var scale = 1.0 / Vec.Sqrt(gamma);
        for (var bin = 0; bin < Bins; bin++)
        {
            ref Vec from = ref _from[venue * Bins + bin], slope = ref _slope[venue * Bins + bin];
            var start = Vec.Select(works, ladder.Knots[bin] * scale, double.PositiveInfinity);
            from = Vec.Select(isLadder, start, from);
            slope = Vec.Select(isLadder, Vec.Where(works, ladder.Liquidity[bin] * scale), slope);
        }

        _usable[venue] = Vec.Select(isLadder, works.AsOne(), _usable[venue]);
    }

    /// <summary>Sets the most that a venue takes of this order, at least 0.</summary>
    public void SetLimit(int venue, Vec most) => _limit[venue] = most;

    /// <summary>The most that a venue takes of this order.</summary>
    public Vec Limit(int venue) => _limit[venue];

    /// <summary>Multiplies all that a venue pays by a positive factor.</summary>
    public void Discount(int venue, Vec factor)
    {
        var root = Vec.Sqrt(factor);
        for (var bin = venue * Bins; bin < (venue + 1) * Bins; bin++)
        {
            _from[bin] /= root;
            _slope[bin] *= root;
        }
    }

    /// <summary>1 where a venue can be used.</summary>
    public Vec Usable(int venue) => _usable[venue];

    /// <summary>Marginal output per input before the trade; 0 where the venue is not usable.</summary>
    public Vec Price(int venue)
    {
        var from = _from[venue * Bins];
        return 1.0 / (from * from);
    }

    /// <summary>Output of one venue for an input of at least 0, whatever its limit.</summary>
    public Vec Out(int venue, Vec amount)
    {
        Vec total = Vec.Zero, left = amount;
        for (var bin = 0; bin < Bins; bin++)
        {
            Vec from = From(venue, bin), slope = _slope[venue * Bins + bin];
            var into = bin == Bins - 1 ? left : Vec.Min(left, Room(venue, bin));
            left -= into;
            var pays = (into > Vec.Zero) & (slope > Vec.Zero);
            total += Vec.Where(pays, into / (from * (from + into / slope)));
        }

        return total;
    }

    /// <summary>Output of all venues for <see cref="Amounts"/>.</summary>
    private Vec TotalOut()
    {
        var total = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            total += Out(v, Amounts[v]);
        }

        return total;
    }

    /// <summary>Input that takes a venue to w.</summary>
    public Vec InputUntil(int venue, Vec w)
    {
        var total = Vec.Zero;
        for (var bin = 0; bin < Bins; bin++)
        {
            total += Vec.Where(_slope[venue * Bins + bin] > Vec.Zero, Filled(venue, bin, w));
        }

        return total;
    }

    /// <summary>w at which the last unit of an input is paid, and at which the next one would be; infinite where there
    /// is no next one.</summary>
    private (Vec Last, Vec Next) Around(int venue, Vec amount)
    {
        Vec left = amount, last = Vec.Zero, next = double.PositiveInfinity;
        var slack = 1e-12 * amount;
        for (var bin = 0; bin < Bins; bin++)
        {
            Vec from = From(venue, bin), slope = _slope[venue * Bins + bin];
            var room = bin == Bins - 1 ? double.PositiveInfinity : Room(venue, bin);
            var into = Vec.Min(left, room);
            left -= into;
            var at = from + into / slope;
            last = Vec.Select((into > slack) & (slope > Vec.Zero), at, last);
            var open = (room - into > slack) & (slope > Vec.Zero) & Vec.Equal(next, double.PositiveInfinity);
            next = Vec.Select(open, at, next);
        }

        next = Vec.Select(amount < _limit[venue], next, double.PositiveInfinity);
        return (last, next);
    }

    /// <summary>Largest relative distance of a marginal price from mu that the optimum does not allow: none of a venue
    /// in use below or above mu, none of one not in use above it.</summary>
    /// <param name="w">1/sqrt(mu), as the solution gives it.</param>
    public Vec Residual(Vec w)
    {
        var worst = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            var (last, next) = Around(v, Amounts[v]);
            Vec above = w / next, below = w / last;
            above = Vec.Where((_usable[v] > Vec.Zero) & (next < w), above * above - 1.0);
            below = Vec.Where(last > w, 1.0 - below * below);
            worst = Vec.Max(worst, Vec.Max(above, below));
        }

        return worst;
    }

    /// <summary>Start of a bin; that of one without liquidity may be infinite.</summary>
    private Vec From(int venue, int bin) => _from[venue * Bins + bin];

    /// <summary>Input that fills a bin which is not the last: infinite for the only bin of a pool.</summary>
    private Vec Room(int venue, int bin)
    {
        var slope = _slope[venue * Bins + bin];
        return Vec.Where(slope > Vec.Zero, slope * (From(venue, bin + 1) - From(venue, bin)));
    }

    private Vec Filled(int venue, int bin, Vec w)
    {
        var reached = bin == Bins - 1 ? w : Vec.Min(w, From(venue, bin + 1));
        return _slope[venue * Bins + bin] * Vec.Max(reached - From(venue, bin), Vec.Zero);
    }
}
