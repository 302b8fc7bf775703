using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <content>Rules of thumb that an order is split by instead of the optimum.</content>
public readonly ref partial struct OptimalSplit
{
    /// <summary>In proportion to the input reserves.</summary>
    public void ProRata(Vec order)
    {
        var total = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            total += _usable[v] * _reserveIn[v];
        }

        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = Vec.Where(_usable[v] > Vec.Zero, order * (_reserveIn[v] / total));
        }
    }

    /// <summary>In proportion to the input that brings the marginal price of each venue down to 1/root^2 of what it
    /// is.</summary>
    /// <param name="order">Input.</param>
    /// <param name="root">Above 1; 1/sqrt(0.99) for the depth until the price is down by 100 basis points.</param>
    public void DepthWeighted(Vec order, double root)
    {
        var total = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = Vec.Where(_usable[v] > Vec.Zero, InputUntil(v, root / Vec.Sqrt(Price(v))));
            total += Amounts[v];
        }

        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = Vec.Where(total > Vec.Zero, order * (Amounts[v] / total));
        }
    }

    /// <summary>All to the first usable venue.</summary>
    public void Single(Vec order) => Turn(order, Vec.Zero);

    /// <summary>All to one usable venue after the other.</summary>
    /// <param name="order">Input.</param>
    /// <param name="turn">Number of orders before this one.</param>
    public void Turn(Vec order, Vec turn)
    {
        var count = Vec.Zero;
        foreach (var one in _usable)
        {
            count += one;
        }

        var left = turn - count * Vec.Floor(turn / Vec.Max(count, 1.0));
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = Vec.Where((_usable[v] > Vec.Zero) & Vec.Equal(left, Vec.Zero), order);
            left -= _usable[v];
        }
    }

    /// <summary>Equal shares of clients who stay with their venue, as consistent hashing with bounded loads places
    /// them: a venue that has its share goes over to the next.</summary>
    /// <param name="order">Input.</param>
    /// <param name="homes">Venue that each client hashes to, a whole number from 0.</param>
    /// <param name="bound">c of the most clients of a venue, ceil(c * clients * share of the input reserves); at least
    /// 1.</param>
    /// <param name="most">Memory of a vector per venue, any content.</param>
    public void Sticky(Vec order, ReadOnlySpan<Vec> homes, double bound, Span<Vec> most)
    {
        var total = Vec.Zero;
        for (var v = 0; v < Venues; v++)
        {
            total += _usable[v] * _reserveIn[v];
        }

        for (var v = 0; v < Venues; v++)
        {
            // ceil(x) is -floor(-x).
            most[v] = -Vec.Floor(-(bound * homes.Length) * (_usable[v] * _reserveIn[v] / total));
        }

        Amounts.Clear();
        foreach (var home in homes)
        {
            var waits = new Vec(1.0);
            for (var step = 0; step < 2 * Venues; step++)
            {
                // Once around from the home: venues before it come in the second half.
                var v = step % Venues;
                var reached = step < Venues ? home <= v : home > v;
                var takes = reached & (waits > Vec.Zero) & (Amounts[v] < most[v]);
                Amounts[v] += takes.AsOne();
                waits -= takes.AsOne();
            }
        }

        var share = order / homes.Length;
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] *= share;
        }
    }

    /// <summary>The same to every usable venue.</summary>
    public void Uniform(Vec order)
    {
        var count = Vec.Zero;
        foreach (var one in _usable)
        {
            count += one;
        }

        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = Vec.Where(_usable[v] > Vec.Zero, order / count);
        }
    }

    /// <summary>All to the venue with the best marginal price before the trade; the first of equals.</summary>
    public void BestPrice(Vec order)
    {
        var best = Vec.Zero;
        var index = new Vec(-1.0);
        for (var v = 0; v < Venues; v++)
        {
            var price = Price(v);
            var better = price > best;
            best = Vec.Select(better, price, best);
            index = Vec.Select(better, v, index);
        }

        AllTo(index, order);
    }

    /// <summary>All to the venue that pays most for the whole order; the first of equals.</summary>
    public void BestQuote(Vec order)
    {
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = 1.0;
        }

        BestOfMarked(order);
    }

    /// <summary>All to the best quote of d venues drawn without replacement from the usable ones.</summary>
    /// <param name="order">Input.</param>
    /// <param name="d">How many are asked.</param>
    /// <param name="uniforms">One uniform in (0, 1) per venue.</param>
    public void PowerOf(Vec order, int d, ReadOnlySpan<Vec> uniforms)
    {
        var left = Vec.Zero;
        foreach (var one in _usable)
        {
            left += one;
        }

        // Venue after venue is taken with probability still needed / still left: every subset is equally likely.
        var needed = Vec.Min(d, left);
        for (var v = 0; v < Venues; v++)
        {
            var taken = Vec.Where(uniforms[v] * left < needed, _usable[v]);
            left -= _usable[v];
            needed -= taken;
            Amounts[v] = taken;
        }

        BestOfMarked(order);
    }

    /// <summary>Equal slices, each to the venue that pays most for it on top of what it has.</summary>
    public void Greedy(Vec order, int slices)
    {
        Amounts.Clear();
        var slice = order / slices;
        for (var s = 0; s < slices; s++)
        {
            var best = Vec.Zero;
            var index = new Vec(-1.0);
            for (var v = 0; v < Venues; v++)
            {
                var gain = Out(v, Amounts[v] + slice) - Out(v, Amounts[v]);
                var better = gain > best;
                best = Vec.Select(better, gain, best);
                index = Vec.Select(better, v, index);
            }

            for (var v = 0; v < Venues; v++)
            {
                Amounts[v] += Vec.Where(Vec.Equal(index, v), slice);
            }
        }
    }

    private void BestOfMarked(Vec order)
    {
        var best = Vec.Zero;
        var index = new Vec(-1.0);
        for (var v = 0; v < Venues; v++)
        {
            var quote = Vec.Where(Amounts[v] > Vec.Zero, Out(v, order));
            var better = quote > best;
            best = Vec.Select(better, quote, best);
            index = Vec.Select(better, v, index);
        }

        AllTo(index, order);
    }

    private void AllTo(Vec index, Vec order)
    {
        for (var v = 0; v < Venues; v++)
        {
            Amounts[v] = Vec.Where(Vec.Equal(index, v), order);
        }
    }
}
