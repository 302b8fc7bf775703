using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>One side of a constant-product pool that rests in a book as single orders, for eight paths.</summary>
/// <remarks>
/// <para>With input reserve R(0) and product P when the orders were placed, K orders 1 + s apart in price:</para>
/// <code>
/// R(k) = R(0) (1 + s)^(k/2)       order k takes R(k+1) - R(k) of input at the rate g P / (R(k) R(k+1)), g = 1 - fee
/// output reserve at R(k) = P/R(k), linear between
/// </code>
/// <para>An order filled takes the pool from one point of its curve to the next, and an order half filled leaves it
/// above, so the product never falls below P. With s to 0 the orders are the curve. A position within a billionth of
/// the end of an order counts as that end.</para>
/// <para>Source: own derivation, after Raydium, whose pool quotes in an order book.</para>
/// </remarks>
public readonly struct PostedOrders
{
    private const double Hair = 1e-9;

    private readonly Vec _origin;
    private readonly Vec _product;
    private readonly Vec _gamma;
    private readonly double _step;
    private readonly double _count;

    /// <param name="origin">Input reserve at which the orders were placed, positive.</param>
    /// <param name="product">Product of the reserves then.</param>
    /// <param name="gamma">1 - fee, positive.</param>
    /// <param name="inputMost">Input reserve at which the curve has no output left.</param>
    /// <param name="spacing">Distance s of the prices, as a share, positive.</param>
    /// <param name="count">Orders K.</param>
    public PostedOrders(Vec origin, Vec product, Vec gamma, Vec inputMost, double spacing, double count)
    {
        (_origin, _product, _gamma, _count) = (origin, product, gamma, count);
        _step = 0.5 * LaneMath.Log1p(spacing);
        Most = Vec.Min(origin * LaneMath.Exp(_step * count), inputMost);
    }

    /// <summary>Input reserve at which all orders are filled.</summary>
    public Vec Most { get; }

    /// <summary>Output per input, fee included, of the order that comes next; 0 after the last.</summary>
    public Vec NextRate(Vec reserve) =>
        Vec.Where(reserve < Most * (1 - 1e-12), RateOf(Vec.Floor(IndexOf(reserve) + Hair)));

    /// <summary>Output per input, fee included, of the order filled last.</summary>
    public Vec LastRate(Vec reserve) => RateOf(-Vec.Floor(Hair - IndexOf(reserve)) - 1.0);

    /// <summary>Input reserve at which all orders are filled whose rate is better than this one.</summary>
    public Vec TargetOf(Vec rate)
    {
        var halves = LaneMath.Log(_gamma * _product / (rate * _origin * _origin)) * (1 / _step);
        var orders = Vec.Clamp(-Vec.Floor(Hair - 0.5 * (halves - 1.0)), Vec.Zero, _count);
        return Vec.Min(NodeOf(orders), Most);
    }

    /// <summary>Output for net input.</summary>
    public Vec Output(Vec reserve, Vec net)
    {
        var after = reserve + net;
        Vec first = Vec.Floor(IndexOf(reserve) + Hair), last = Vec.Floor(IndexOf(after) - Hair);
        var across = OutputAt(reserve, first) - OutputAt(after, last);
        return Vec.Select(last <= first, net * (RateOf(first) / _gamma), across);
    }

    /// <summary>Net input for so much output; without end where there is less.</summary>
    public Vec Input(Vec reserve, Vec output)
    {
        var first = Vec.Floor(IndexOf(reserve) + Hair);
        var after = OutputAt(reserve, first) - output;
        var has = after > Vec.Zero;
        var end = _product / Vec.Select(has, after, 1.0);
        var last = Vec.Max(Vec.Floor(IndexOf(end) + Hair), first);
        var node = NodeOf(last);
        var across = node + (_product / node - after) * _gamma / RateOf(last) - reserve;
        var near = output * _gamma / RateOf(first);
        return Vec.Select(has, Vec.Select(Vec.Equal(last, first), near, across), double.PositiveInfinity);
    }

    private Vec IndexOf(Vec reserve) => LaneMath.Log(reserve / _origin) * (1 / _step);

    private Vec NodeOf(Vec index) => _origin * LaneMath.Exp(index * _step);

    private Vec RateOf(Vec order)
    {
        var node = NodeOf(order);
        return _gamma * _product / (node * node * LaneMath.Exp(_step));
    }

    private Vec OutputAt(Vec reserve, Vec order)
    {
        var node = NodeOf(order);
        return _product / node - (reserve - node) * (RateOf(order) / _gamma);
    }
}
