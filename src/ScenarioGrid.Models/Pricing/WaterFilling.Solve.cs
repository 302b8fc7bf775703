using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <content>The solution.</content>
public readonly ref partial struct WaterFilling
{
    /// <summary>The optimal split; returns w = 1/sqrt(mu), 0 where no venue is usable. Where the venues cannot take the
    /// whole order, the amounts are what they take.</summary>
    /// <param name="order">Input to split, at least 0.</param>
    public Vec Optimal(Vec order)
    {
        var w = Solve(order);
        Vec total = Vec.Zero, slopes = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            var amount = Vec.Where((_usable[v] > Vec.Zero) & (order > Vec.Zero), InputUntil(v, w));
            Amounts[v] = Vec.Min(amount, _limit[v]);
            total += Amounts[v];
            slopes += VenueSlopeAt(v, w);
        }

        // Small orders are differences of large numbers: what rounding left over goes where the next unit would, and
        // scaling those legs makes all add up to the order.
        var left = Vec.Where((slopes > Vec.Zero) & (order > Vec.Zero), (order - total) / slopes);
        Vec open = Vec.Zero, closed = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            var slope = VenueSlopeAt(v, w);
            Amounts[v] = Vec.Clamp(Amounts[v] + left * slope, 0.0, _limit[v]);
            open += Vec.Where(slope > Vec.Zero, Amounts[v]);
            closed += Vec.Where(slope <= Vec.Zero, Amounts[v]);
        }

        var scale = Vec.Select(open > Vec.Zero, Vec.Max(order - closed, Vec.Zero) / open, 1.0);
        for (var v = 0; v < Venues; v++)
        {
            var scaled = Vec.Min(Amounts[v] * scale, _limit[v]);
            Amounts[v] = Vec.Select(VenueSlopeAt(v, w) > Vec.Zero, scaled, Amounts[v]);
        }

        return w;
    }

    /// <summary>The optimal split when legs cost gas.</summary>
    /// <param name="order">Input to split, at least 0.</param>
    /// <param name="gas">Cost of the leg to each venue, in units of the output.</param>
    public Vec Optimal(Vec order, ReadOnlySpan<Vec> gas)
    {
        var w = Optimal(order);
        var paid = Net(gas);
        var done = order <= Vec.Zero;
        for (var pass = 1; pass < Venues; pass++)
        {
            var dropped = Vec.Select(done, -1.0, WorstLeg(w, gas));
            done |= dropped < Vec.Zero;
            if (done.All)
            {
                return w;
            }

            for (var v = 0; v < Venues; v++)
            {
                var isDropped = Vec.Equal(dropped, v);
                _kept[v] = Amounts[v];
                _usable[v] = Vec.Select(isDropped, Vec.Zero, _usable[v]);
            }

            // What the others would pay is guessed on their present bins: whether it pays is seen when it is solved.
            var (without, left) = (Optimal(order), Net(gas));
            var isWorse = left < paid;
            done |= isWorse;
            for (var v = 0; v < Venues; v++)
            {
                _usable[v] = Vec.Select(isWorse & Vec.Equal(dropped, v), 1.0, _usable[v]);
                Amounts[v] = Vec.Select(done, _kept[v], Amounts[v]);
            }

            w = Vec.Select(done, w, without);
            paid = Vec.Select(done, paid, left);
        }

        return w;
    }

    /// <summary>Output of all venues less the gas of the legs.</summary>
    private Vec Net(ReadOnlySpan<Vec> gas)
    {
        var total = TotalOut();
        for (var v = 0; v < Venues; v++)
        {
            total -= Vec.Where(Amounts[v] > Vec.Zero, gas[v]);
        }

        return total;
    }

    /// <summary>The leg that falls short of its gas by most; -1 where none does or only one is left.</summary>
    private Vec WorstLeg(Vec w, ReadOnlySpan<Vec> gas)
    {
        var (legs, worst, dropped) = (Vec.Zero, Vec.Zero, new Vec(-1.0));
        var all = SlopeAt(w);
        for (var v = 0; v < Venues; v++)
        {
            var amount = Amounts[v];
            var active = amount > Vec.Zero;
            var others = all - VenueSlopeAt(v, w);
            var elsewhere = Vec.Where(others > Vec.Zero, amount / (w * (w + amount / others)));
            var shortfall = Vec.Where(active, gas[v] - (Out(v, amount) - elsewhere));
            var isWorst = shortfall > worst;
            worst = Vec.Select(isWorst, shortfall, worst);
            dropped = Vec.Select(isWorst, v, dropped);
            legs += active.AsOne();
        }

        return Vec.Select(legs > 1.0, dropped, -1.0);
    }

    /// <summary>w at which all usable venues together take the order; where they take less, the w beyond which they
    /// take no more.</summary>
    private Vec Solve(Vec order)
    {
        var (low, high) = Ends();
        var slopeBeyond = SlopeAt(high);
        var (filled, _) = Totals(high);

        // Beyond the last bound the total is one straight line; without slope nothing more is taken.
        var beyond = filled <= order;
        var line = Vec.Select(slopeBeyond > Vec.Zero, high + (order - filled) / slopeBeyond, high);
        var w = Vec.Select(beyond, line, low);
        var done = beyond | (order <= Vec.Zero);
        Vec below = low, above = high;
        for (var step = 0; step < StepsMax && !done.All; step++)
        {
            var (total, closed) = Totals(w);
            var slope = SlopeAt(w);
            var isLow = total <= order;
            below = Vec.Select(isLow, Vec.Max(below, w), below);
            above = Vec.Select(isLow, above, Vec.Min(above, w));
            var newton = (order - closed) / slope;
            var near = Vec.Abs(newton - w) <= Rounding * w;
            var middle = 0.5 * (below + above);
            var inside = (slope > Vec.Zero) & (newton >= below) & (newton <= above);

            // Newton may creep where bins thicken and thin in turn; every fourth step halves instead.
            var next = step % 4 < 3 ? Vec.Select(inside, newton, middle) : middle;
            next = Vec.Select(near & (slope > Vec.Zero), newton, next);
            w = Vec.Select(done, w, next);
            done |= near | (above - below <= Rounding * above);
        }

        return w;
    }

    /// <summary>The lowest start of a bin, and the highest bound of usable venues: beyond it nothing bends.</summary>
    private (Vec Low, Vec High) Ends()
    {
        Vec low = double.PositiveInfinity, high = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            var usable = _usable[v] > Vec.Zero;
            for (var bin = 0; bin < Bins; bin++)
            {
                var from = From(v, bin);
                var counts = usable & (from < double.PositiveInfinity);
                low = Vec.Select(counts & (from < low), from, low);
                high = Vec.Select(counts & (from > high), from, high);
            }

            var end = Vec.Select(usable, LimitRoot(v), 0.0);
            high = Vec.Select((end > high) & (end < double.PositiveInfinity), end, high);
        }

        // A venue whose limit is reached by rounding only would still count as open.
        return (Vec.Select(low < double.PositiveInfinity, low, 0.0), high * (1 + 4 * Rounding));
    }

    /// <summary>w at which a venue has taken its limit.</summary>
    private Vec LimitRoot(int venue)
    {
        Vec left = _limit[venue], root = double.PositiveInfinity;
        for (var bin = 0; bin < Bins; bin++)
        {
            var slope = _slope[venue * Bins + bin];
            var room = bin == Bins - 1 ? double.PositiveInfinity : Room(venue, bin);
            var ends = (slope > Vec.Zero) & (left <= room) & (left < double.PositiveInfinity);
            root = Vec.Select(ends & Vec.Equal(root, double.PositiveInfinity), From(venue, bin) + left / slope, root);
            left = Vec.Select(left < double.PositiveInfinity, left - Vec.Min(left, room), left);
        }

        return root;
    }

    /// <summary>What all usable venues take at w, and the same less slope times w for the closed form.</summary>
    private (Vec Total, Vec Closed) Totals(Vec w)
    {
        Vec total = Vec.Zero, closed = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            Vec venue = Vec.Zero, venueClosed = Vec.Zero;
            for (var bin = 0; bin < Bins; bin++)
            {
                var slope = _slope[v * Bins + bin];
                var from = From(v, bin);
                var into = Vec.Where(slope > Vec.Zero, Filled(v, bin, w));
                venue += into;
                venueClosed += Vec.Select(IsIn(v, bin, w), -(slope * from), into);
            }

            var isFull = venue >= _limit[v];
            var usable = _usable[v] > Vec.Zero;
            total += Vec.Where(usable, Vec.Select(isFull, _limit[v], venue));
            closed += Vec.Where(usable, Vec.Select(isFull, _limit[v], venueClosed));
        }

        return (total, closed);
    }

    /// <summary>Input per w of all usable venues just above w.</summary>
    private Vec SlopeAt(Vec w)
    {
        var total = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            total += VenueSlopeAt(v, w);
        }

        return total;
    }

    private Vec VenueSlopeAt(int venue, Vec w)
    {
        Vec total = Vec.Zero, taken = Vec.Zero;
        for (var bin = 0; bin < Bins; bin++)
        {
            var slope = _slope[venue * Bins + bin];
            total += Vec.Where(IsIn(venue, bin, w), slope);
            taken += Vec.Where(slope > Vec.Zero, Filled(venue, bin, w));
        }

        return Vec.Where((_usable[venue] > Vec.Zero) & (taken < _limit[venue]), total);
    }

    private Mask IsIn(int venue, int bin, Vec w)
    {
        var isIn = (w >= From(venue, bin)) & (_slope[venue * Bins + bin] > Vec.Zero);
        return bin == Bins - 1 ? isIn : isIn & (w < From(venue, bin + 1));
    }
}
