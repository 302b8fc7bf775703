using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>How the depth of one side of a book grows with the distance from its best price: a power law up to a
/// reach.</summary>
/// <remarks>
/// <code>
/// Q(d) = A d^b,   d = distance from the best price as a share of it, at most the reach R
/// with u = d/R and the depth N = A R^b of the whole side:   Q = N u^b
/// </code>
/// <para>b = 2 makes the marginal impact a square root, see <see cref="MarketImpact"/>. Source: Alfonsi, Fruth and
/// Schied, "Optimal execution strategies in limit order books with general shape functions" (2010).</para>
/// </remarks>
public sealed class DepthShape
{
    private const double Near = 1e-3;

    /// <param name="reach">Distance of the last quote from the best one, as a share of its price, positive.</param>
    /// <param name="power">Power b of the depth within a distance, positive.</param>
    /// <param name="isAsk">True for the asks, whose prices rise with the distance.</param>
    public DepthShape(double reach, double power, bool isAsk)
    {
        (Reach, Power, IsAsk) = (reach, power, isAsk);
        SignedReach = isAsk ? reach : -reach;
    }

    /// <summary>Distance of the last quote from the best one, as a share of its price.</summary>
    public double Reach { get; }

    /// <summary>Power b of the depth within a distance.</summary>
    public double Power { get; }

    /// <summary>True for the asks.</summary>
    public bool IsAsk { get; }

    internal double SignedReach { get; }

    /// <summary>Share of the side's depth within a distance of the best price.</summary>
    public double Within(double distance) => ShareOf(Math.Min(distance / Reach, 1))[0];

    /// <summary>Share u^b of the depth within the share u of the reach.</summary>
    internal Vec ShareOf(Vec u) => Power switch
    {
        1 => u,
        2 => u * u,
        3 => u * u * u,
        _ => LaneMath.Pow(u, Power),
    };

    /// <summary>Share of the reach within which so much of the depth stands.</summary>
    internal Vec DistanceOf(Vec share) => Power switch
    {
        1 => share,
        2 => Vec.Sqrt(share),
        _ => LaneMath.Pow(share, 1 / Power),
    };

    /// <summary>Mean share of the reach over the depth between two of them, b/(b+1) times the change of u^(b+1) over
    /// that of u^b; nearby the first two terms of its series, which lose no digits.</summary>
    internal Vec MeanDistance(Vec from, Vec to)
    {
        Vec middle = 0.5 * (from + to), width = to - from;
        Vec first = ShareOf(from), last = ShareOf(to);
        var whole = Power / (Power + 1) * (to * last - from * first) / (last - first);
        var near = middle + (Power - 1) / 12 * width * width / middle;
        return Vec.Select(width > Vec.Zero, Vec.Clamp(Vec.Select(width > Near * middle, whole, near), from, to), from);
    }
}

/// <summary>One side of a book in its shape, for eight paths, of which trades have used up the best part.</summary>
/// <remarks>
/// <code>
/// E = N - left    base used up and not put back: the best price now stands at the distance Q^-1(E)
/// base(u)         N u^b - E                                      from there to the share u of the reach
/// mean(u)         top (1 +- R b/(b+1) (u^(b+1) - from^(b+1)) / (u^b - from^b))        + for asks, - for bids
/// </code>
/// <para>Source: as <see cref="DepthShape"/>; the mean is the integral of the price over the depth.</para>
/// </remarks>
public readonly struct ShapedSide
{
    private readonly DepthShape _shape;
    private readonly Vec _fromShare;

    /// <param name="shape">The law.</param>
    /// <param name="top">Best price quoted, used up or not.</param>
    /// <param name="size">Base N of the whole side, at least 0.</param>
    /// <param name="left">Base that is left, in [0, size].</param>
    public ShapedSide(DepthShape shape, Vec top, Vec size, Vec left)
    {
        ArgumentNullException.ThrowIfNull(shape);
        (_shape, Top, Size, Base) = (shape, top, size, left);
        From = Vec.Select(size > Vec.Zero, shape.DistanceOf(Vec.Max(1.0 - left / size, Vec.Zero)), 1.0);
        _fromShare = shape.ShareOf(From);
    }

    /// <summary>Best price quoted, used up or not.</summary>
    public Vec Top { get; }

    /// <summary>Base of the whole side.</summary>
    public Vec Size { get; }

    /// <summary>Share of the reach that is used up: what is left begins there.</summary>
    public Vec From { get; }

    /// <summary>True for the asks.</summary>
    public bool IsAsk => _shape.IsAsk;

    /// <summary>Base that is left.</summary>
    public Vec Base { get; }

    /// <summary>Value of what is left.</summary>
    public Vec Value => ValueTo(1.0);

    /// <summary>Price at a share of the reach.</summary>
    public Vec PriceAt(Vec u) => Vec.Fma(Top * _shape.SignedReach, u, Top);

    /// <summary>Share of the reach at which a price stands, in [From, 1].</summary>
    public Vec At(Vec price) => Vec.Clamp((price / Top - 1.0) * (1 / _shape.SignedReach), From, 1.0);

    /// <summary>Base up to a share of the reach, at least 0.</summary>
    public Vec BaseTo(Vec u) => Vec.Select(
        u < 1.0, Vec.Clamp(Size * (_shape.ShareOf(u) - _fromShare), Vec.Zero, Base), Base);

    /// <summary>Quote that the base up to a share of the reach costs, or brings.</summary>
    public Vec ValueTo(Vec u) => BaseTo(u) * MeanPrice(u);

    /// <summary>Average price of the base up to a share of the reach.</summary>
    public Vec MeanPrice(Vec u) => PriceAt(_shape.MeanDistance(From, u));

    /// <summary>Change of the base with the share of the reach, times that share.</summary>
    internal Vec Slope(Vec u) => _shape.Power * Size * _shape.ShareOf(u);

    /// <summary>Distance of the last quote.</summary>
    internal double Reach => _shape.Reach;
}
