using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <content>The optimum, and the limit on what a leg may move.</content>
public readonly ref partial struct OptimalSplit
{
    /// <summary>The optimal split; returns the common marginal price mu (0 where no venue is usable).</summary>
    /// <param name="order">Input to split, at least 0.</param>
    public Vec Optimal(Vec order) => _isGeneral && Needs().Any ? Both(order, []) : PoolOptimal(order);

    private Vec PoolOptimal(Vec order)
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
        if (!_isGeneral || Needs().None)
        {
            return PoolOptimal(order, gas);
        }

        Span<Vec> each = stackalloc Vec[Venues];
        each.Fill(gas);
        return Both(order, each);
    }

    /// <summary>The optimal split when the legs cost gas of their own; needs the memory for venues of any
    /// kind.</summary>
    /// <param name="order">Input to split, at least 0.</param>
    /// <param name="gas">Cost of the leg to each venue, in units of the output.</param>
    /// <param name="keep">Share of the output of each venue that counts, in (0, 1]: what its delay leaves.</param>
    public Vec OptimalNet(Vec order, ReadOnlySpan<Vec> gas, ReadOnlySpan<Vec> keep)
    {
        for (var v = 0; v < Venues; v++)
        {
            _filling.Discount(v, keep[v]);
        }

        var mu = Filled(order, gas);
        for (var v = 0; v < Venues; v++)
        {
            _filling.Discount(v, 1.0 / keep[v]);
        }

        return mu;
    }

    private Vec PoolOptimal(Vec order, Vec gas)
    {
        var mu = PoolOptimal(order);
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

            mu = PoolOptimal(order);
        }

        return mu;
    }

    /// <summary>Largest relative distance of a marginal price from the common one that the optimum does not allow; for
    /// amounts that no limit has cut since.</summary>
    /// <param name="mu">The common marginal price, as the optimum gives it.</param>
    public Vec Residual(Vec mu)
    {
        var w = 1.0 / Vec.Sqrt(mu);
        var worst = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            var ratio = w * _root[v] / (_weight[v] + Amounts[v]);
            var off = Vec.Select(Amounts[v] > Vec.Zero, Vec.Abs(ratio * ratio - 1.0), ratio * ratio - 1.0);
            worst = Vec.Max(worst, Vec.Where((_usable[v] > Vec.Zero) & (mu > Vec.Zero), off));
        }

        if (_isGeneral && Needs() is { Any: true } needs)
        {
            worst = Vec.Select(needs, Vec.Where(mu > Vec.Zero, _filling.Residual(w)), worst);
        }

        return worst;
    }

    /// <summary>Cuts every leg where its marginal price would fall below (1 - limit) of the best price before the
    /// trade, and at what its venue takes.</summary>
    public void Limit(double limit)
    {
        var best = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            best = Vec.Max(best, Price(v));
        }

        var rootFloor = Vec.Sqrt(best * (1 - limit));
        for (var v = 0; v < Venues; v++)
        {
            var reach = Vec.Select(rootFloor > Vec.Zero, _root[v] / rootFloor - _weight[v], double.PositiveInfinity);
            if (_isGeneral)
            {
                reach = Vec.Select(_isLadder[v] > Vec.Zero, _filling.InputUntil(v, 1.0 / rootFloor), reach);
                reach = Vec.Min(reach, _filling.Limit(v));
            }

            Amounts[v] = Vec.Where(_usable[v] > Vec.Zero, Vec.Clamp(Amounts[v], 0.0, Vec.Max(reach, 0.0)));
        }
    }

    /// <summary>Paths on which the closed form of pools alone does not hold.</summary>
    private Mask Needs()
    {
        var needs = Vec.Zero;
        foreach (var one in _needsFilling)
        {
            needs = Vec.Max(needs, one);
        }

        return needs > Vec.Zero;
    }

    /// <summary>Each path by the solution that it needs, so that none depends on its neighbours.</summary>
    private Vec Both(Vec order, ReadOnlySpan<Vec> gas)
    {
        var needs = Needs();
        if (needs.All)
        {
            return Filled(order, gas);
        }

        var mu = gas.IsEmpty ? PoolOptimal(order) : PoolOptimal(order, gas[0]);
        var w = gas.IsEmpty ? _filling.Optimal(order) : _filling.Optimal(order, gas);
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = Vec.Select(needs, _filling.Amounts[v], Amounts[v]);
        }

        return Vec.Select(needs, Vec.Where(w > Vec.Zero, 1.0 / (w * w)), mu);
    }

    private Vec Filled(Vec order, ReadOnlySpan<Vec> gas)
    {
        var w = gas.IsEmpty ? _filling.Optimal(order) : _filling.Optimal(order, gas);
        _filling.Amounts.CopyTo(Amounts);
        return Vec.Where(w > Vec.Zero, 1.0 / (w * w));
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
