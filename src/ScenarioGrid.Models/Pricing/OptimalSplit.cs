using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Splits one order over venues: the optimum, and the rules that fall short of it.</summary>
/// <remarks>
/// <para>Venue v pays out(a) = g a Q / (R + g a) for the input a, with reserves R (in) and Q (out):</para>
/// <code>
/// w = R/g,  b = sqrt(R Q/g),  initial marginal price r = (b/w)^2 = g Q/R
/// optimum:   sqrt(mu) = sum b / (X + sum w),  a = b/sqrt(mu) - w   over the active venues, those with r above mu
/// total output of an active set:  sum Q - (sum b)^2 / (X + sum w)
/// </code>
/// <para>Leaving out a venue with r below mu raises mu, so leaving out repeatedly ends in the exact active set after at
/// most as many passes as there are venues. With gas, the leg whose output falls short of its gas by most is dropped
/// and the rest solved again until every leg pays.</para>
/// <para>Venues that are told by a ladder, or that take no more than a limit, are solved by <see cref="WaterFilling"/>
/// together with the pools; paths without any keep the closed form.</para>
/// <para>Sources: Angeris, Chitra, Evans and Boyd, "Optimal routing for constant function market makers" (2022);
/// Diamandis, Resnick, Chitra and Angeris, "An efficient algorithm for optimal routing" (2023).</para>
/// </remarks>
public readonly ref partial struct OptimalSplit
{
    private readonly Span<Vec> _reserveIn;
    private readonly Span<Vec> _reserveOut;
    private readonly Span<Vec> _weight;
    private readonly Span<Vec> _root;
    private readonly Span<Vec> _gamma;
    private readonly Span<Vec> _usable;
    private readonly Span<Vec> _isLadder;
    private readonly Span<Vec> _needsFilling;
    private readonly WaterFilling _filling;
    private readonly bool _isGeneral;

    /// <summary>Number of vectors of scratch memory per venue.</summary>
    public const int ScratchPerVenue = 7;

    /// <summary>Vectors of further memory per venue where venues may be ladders or have limits.</summary>
    public const int GeneralPerVenue = WaterFilling.ScratchPerVenue + 2;

    /// <param name="venues">Number of venues, at least 1.</param>
    /// <param name="scratch">Memory of <see cref="ScratchPerVenue"/> vectors per venue, any content.</param>
    /// <param name="general">Memory of <see cref="GeneralPerVenue"/> vectors per venue, any content; empty where all
    /// venues are constant-product pools without limits.</param>
    public OptimalSplit(int venues, Span<Vec> scratch, Span<Vec> general = default)
    {
        if (general.Length > 0)
        {
            _isGeneral = true;
            _filling = new WaterFilling(venues, general[..(WaterFilling.ScratchPerVenue * venues)]);
            _isLadder = general.Slice(WaterFilling.ScratchPerVenue * venues, venues);
            _needsFilling = general.Slice((WaterFilling.ScratchPerVenue + 1) * venues, venues);
        }

        Venues = venues;
        _reserveIn = scratch[..venues];
        _reserveOut = scratch.Slice(venues, venues);
        _weight = scratch.Slice(2 * venues, venues);
        _root = scratch.Slice(3 * venues, venues);
        _gamma = scratch.Slice(4 * venues, venues);
        _usable = scratch.Slice(5 * venues, venues);
        Amounts = scratch.Slice(6 * venues, venues);
    }

    /// <summary>Number of venues.</summary>
    public int Venues { get; }

    /// <summary>Input of each venue; set by every rule, 0 for venues that are not usable.</summary>
    public Span<Vec> Amounts { get; }

    /// <summary>Sets one venue: reserves positive where usable, gamma = 1 - fee in (0, 1].</summary>
    public void Set(int venue, Vec reserveIn, Vec reserveOut, Vec gamma, Mask usable)
    {
        var works = usable & (reserveIn > Vec.Zero) & (reserveOut > Vec.Zero);
        _reserveIn[venue] = Vec.Select(works, reserveIn, 1.0);
        _reserveOut[venue] = Vec.Where(works, reserveOut);
        _gamma[venue] = gamma;
        _usable[venue] = works.AsOne();
        _weight[venue] = Vec.Where(works, reserveIn / gamma);
        _root[venue] = Vec.Where(works, Vec.Sqrt(reserveIn * reserveOut / gamma));
        if (_isGeneral)
        {
            _filling.SetPool(venue, reserveIn, reserveOut, gamma, usable);
            _isLadder[venue] = _needsFilling[venue] = Vec.Zero;
        }
    }

    /// <summary>Makes a venue that is set a ladder on the paths of <paramref name="isLadder"/>; gamma = 1 - fee in
    /// (0, 1].</summary>
    public void SetLadder(int venue, LiquidityLadder ladder, Vec gamma, Mask isLadder, Mask usable)
    {
        _filling.SetLadder(venue, ladder, gamma, isLadder, usable);
        _usable[venue] = Vec.Select(isLadder, _filling.Usable(venue), _usable[venue]);
        _isLadder[venue] = isLadder.AsOne();
        _needsFilling[venue] = Vec.Max(_needsFilling[venue], isLadder.AsOne());
    }

    /// <summary>The most that a venue that is set takes of this order.</summary>
    public void SetLimit(int venue, Vec most)
    {
        _filling.SetLimit(venue, most);
        _needsFilling[venue] = 1.0;
    }

    /// <summary>Output of one venue for an input.</summary>
    public Vec Out(int venue, Vec amount)
    {
        var pool = ConstantProduct.Out(amount, _reserveIn[venue], _reserveOut[venue], _gamma[venue]);
        return _isGeneral
            ? Vec.Select(_isLadder[venue] > Vec.Zero, _filling.Out(venue, amount), pool)
            : pool;
    }

    /// <summary>Marginal output per input before the trade, 0 where the venue is not usable.</summary>
    public Vec Price(int venue)
    {
        var pool = _gamma[venue] * _reserveOut[venue] / _reserveIn[venue];
        return _isGeneral ? Vec.Select(_isLadder[venue] > Vec.Zero, _filling.Price(venue), pool) : pool;
    }

    /// <summary>Input that brings the marginal price of a venue down to 1/w^2, at least 0.</summary>
    public Vec InputUntil(int venue, Vec w)
    {
        var pool = Vec.Where(_usable[venue] > Vec.Zero, Vec.Max(_root[venue] * w - _weight[venue], Vec.Zero));
        return _isGeneral ? Vec.Select(_isLadder[venue] > Vec.Zero, _filling.InputUntil(venue, w), pool) : pool;
    }

    /// <summary>Output of all venues for <see cref="Amounts"/>.</summary>
    public Vec TotalOut()
    {
        var total = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            total += Out(v, Amounts[v]);
        }

        return total;
    }

    /// <summary>Sum of <see cref="Amounts"/>.</summary>
    public Vec TotalIn()
    {
        var total = Vec.Zero;
        foreach (var amount in Amounts)
        {
            total += amount;
        }

        return total;
    }
}
