using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <content>A book in its shape instead of levels.</content>
public partial struct HybridWalk
{
    /// <summary>Comes to a whole side of a book in its shape.</summary>
    /// <remarks>
    /// The least share u of the reach with curve(price(u)) + book(u) at least what is left, by 60 bisections on every
    /// path. What rounding leaves of it goes to the leg whose price it moves less. What is left where the book is used
    /// up is for the curve: see <see cref="Rest"/>.
    /// </remarks>
    /// <param name="side">Bids for an order that gives base, asks for one that gives quote.</param>
    /// <returns>Base that the book traded.</returns>
    public Vec Shape(in ShapedSide side)
    {
        var u = Clear(side, out var isCurveAlone);
        var price = side.PriceAt(u);
        var target = TargetAt(side, price);
        Vec here = InputTo(side, u), all = InputTo(side, 1.0);
        var perUnit = side.IsAsk ? price : new Vec(1.0);
        var isBookSteep = (side.Slope(u) * perUnit > 0.5 * side.Reach * u * target * _perGamma)
            | (target >= _inputMost);
        Along(Vec.Where(isBookSteep, target - ReserveIn));
        var fill = Vec.Min(Left, Vec.Select(isBookSteep, all, Vec.Where(!isCurveAlone, here)));
        var mean = side.MeanPrice(u);
        var traded = side.IsAsk ? Vec.Min(fill / mean, side.Base) : fill;
        Left -= fill;
        BookIn += fill;
        BookOut += side.IsAsk ? traded : fill * mean;
        var rate = side.IsAsk ? 1.0 / price : price;
        _worst = Vec.Select(fill > Vec.Zero, rate, _worst);
        _waiting = Vec.Where(fill < all, rate);
        return traded;
    }

    /// <summary>Share of the reach at which curve and book take the order together, and where the curve needs no
    /// book.</summary>
    private readonly Vec Clear(in ShapedSide side, out Mask isCurveAlone)
    {
        Vec low = side.From, high = 1.0;
        isCurveAlone = CurveTo(side, low) >= Left;
        for (var n = 0; n < 60; n++)
        {
            var middle = 0.5 * (low + high);
            var isEnough = CurveTo(side, middle) + InputTo(side, middle) >= Left;
            high = Vec.Select(isEnough, middle, high);
            low = Vec.Select(isEnough, low, middle);
        }

        return Vec.Select(isCurveAlone, side.From, high);
    }

    /// <summary>Input that the curve takes until its price is that of the book at a share of the reach.</summary>
    private readonly Vec CurveTo(in ShapedSide side, Vec u) =>
        Vec.Max(TargetAt(side, side.PriceAt(u)) - ReserveIn, Vec.Zero) * _perGamma;

    private readonly Vec TargetAt(in ShapedSide side, Vec price)
    {
        var product = _gamma * (ReserveIn * ReserveOut);
        return Vec.Min(Vec.Sqrt(side.IsAsk ? product * price : product / price), _inputMost);
    }

    private static Vec InputTo(in ShapedSide side, Vec u) => side.IsAsk ? side.ValueTo(u) : side.BaseTo(u);
}
