using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Splits one order over constant-product venues: the optimum, and the rules that fall short of it.</summary>
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

    /// <summary>Number of vectors of scratch memory per venue.</summary>
    public const int ScratchPerVenue = 7;

    /// <param name="venues">Number of venues, at least 1.</param>
    /// <param name="scratch">Memory of <see cref="ScratchPerVenue"/> vectors per venue, any content.</param>
    public OptimalSplit(int venues, Span<Vec> scratch)
    {
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
    }

    /// <summary>Output of one venue for an input.</summary>
    public Vec Out(int venue, Vec amount) =>
        ConstantProduct.Out(amount, _reserveIn[venue], _reserveOut[venue], _gamma[venue]);

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

    /// <summary>The optimal split; returns the common marginal price mu (0 where no venue is usable).</summary>
    /// <param name="order">Input to split, at least 0.</param>
    public Vec Optimal(Vec order)
    {
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = _usable[v];
        }

        return Fill(order);
    }

    /// <summary>The optimal split when each leg costs gas.</summary>
    /// <param name="order">Input to split, at least 0.</param>
    /// <param name="gas">Cost of a leg, in units of the output.</param>
    public Vec Optimal(Vec order, Vec gas)
    {
        var mu = Optimal(order);
        for (var pass = 1; pass < Venues; pass++)
        {
            var (sumRoot, sumWeight) = Sums();
            var depth = order + sumWeight;
            var legs = Vec.Zero;
            var worst = Vec.Zero;
            var dropped = new Vec(-1.0);
            for (var v = 0; v < Venues; v++)
            {
                var active = Amounts[v] > Vec.Zero;
                var without = sumRoot - _root[v];
                var benefit = _reserveOut[v] - sumRoot * sumRoot / depth + without * without / (depth - _weight[v]);
                var shortfall = Vec.Where(active, gas - benefit);
                var isWorst = shortfall > worst;
                worst = Vec.Select(isWorst, shortfall, worst);
                dropped = Vec.Select(isWorst, v, dropped);
                legs += active.AsOne();
            }

            dropped = Vec.Select(legs > 1.0, dropped, -1.0);
            if ((dropped < Vec.Zero).All)
            {
                return mu;
            }

            for (var v = 0; v < Venues; v++)
            {
                _usable[v] = Vec.Select(Vec.Equal(dropped, v), Vec.Zero, _usable[v]);
            }

            mu = Optimal(order);
        }

        return mu;
    }

    /// <summary>Cuts every leg where its marginal price would fall below (1 - limit) of the best price before the
    /// trade.</summary>
    public void Limit(double limit)
    {
        var best = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            best = Vec.Max(best, _gamma[v] * _reserveOut[v] / _reserveIn[v]);
        }

        var rootFloor = Vec.Sqrt(best * (1 - limit));
        for (var v = 0; v < Venues; v++)
        {
            var reach = Vec.Select(rootFloor > Vec.Zero, _root[v] / rootFloor - _weight[v], double.PositiveInfinity);
            Amounts[v] = Vec.Where(_usable[v] > Vec.Zero, Vec.Clamp(Amounts[v], 0.0, Vec.Max(reach, 0.0)));
        }
    }

    /// <summary>Water-filling over the venues whose mark in <see cref="Amounts"/> is 1.</summary>
    private Vec Fill(Vec order)
    {
        var rootMu = Vec.Zero;
        for (var pass = 0; pass < Venues; pass++)
        {
            var (sumRoot, sumWeight) = Sums();
            rootMu = sumRoot / Vec.Max(order + sumWeight, double.Epsilon);
            var changed = Vec.Zero;
            for (var v = 0; v < Venues; v++)
            {
                var stays = Vec.Where(_root[v] > rootMu * _weight[v], Amounts[v]);
                changed += Amounts[v] - stays;
                Amounts[v] = stays;
            }

            if ((changed <= Vec.Zero).All)
            {
                break;
            }
        }

        var total = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            var amount = Vec.Max(_root[v] / rootMu - _weight[v], Vec.Zero);
            Amounts[v] = Vec.Where((Amounts[v] > Vec.Zero) & (order > Vec.Zero), amount);
            total += Amounts[v];
        }

        // Small orders are differences of large numbers: scaling makes their legs add up to the order all the same.
        var scale = Vec.Where(total > Vec.Zero, order / total);
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] *= scale;
        }

        return rootMu * rootMu;
    }

    private (Vec Root, Vec Weight) Sums()
    {
        Vec root = Vec.Zero, weight = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            var active = Amounts[v] > Vec.Zero;
            root += Vec.Where(active, _root[v]);
            weight += Vec.Where(active, _weight[v]);
        }

        return (root, weight);
    }
}
