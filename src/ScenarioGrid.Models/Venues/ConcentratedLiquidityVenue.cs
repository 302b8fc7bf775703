using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>A pool whose providers chose ranges of prices: deep within them, nothing beyond.</summary>
/// <remarks>
/// <para>Depth L over bins in the log-price k around an anchor, s = sqrt(price / anchor), scale M, g = 1 - fee(t).
/// Users, providers, arbitrageurs, fee and breaker are those of <c>constant-product-venue</c>:</para>
/// <code>
/// L(k)      = M (a shape(k) + b)    shape 1 for |k| &lt; range (uniform), exp(-k^2/(2 range^2)) for |k| &lt; 3 range
///             (bell); b for |k| &lt; 14; a and b such that M is the value at the anchor, tailShare of it in b
/// base     = L/anchor (1/s - 1/s')      quote = L (s' - s)      over the bins, by sums over those beyond
/// loss rate = volatility^2/4 L s / value
/// recentre  where |ln(market/anchor)| > recentreAt the providers move all to the market price: they pay recentreCost
///           of what they must exchange, and the gas of recentreGas
/// </code>
/// <para>Providers take their fees out at once. At an end of the liquidity the venue is exhausted: it takes what it can
/// use of an order and leaves the rest (<c>soldBase</c> and <c>spentQuote</c> tell what was taken), its price stays at
/// that end, and users stay away. Impermanent loss is against holding the first coins, at the market price, and holds
/// the cost of moving ranges.</para>
/// <para>Source: Uniswap v3-core @d8b1c635; moving ranges: own model.</para>
/// </remarks>
[Component("concentrated-liquidity-venue")]
public sealed partial class ConcentratedLiquidityVenue : LadderVenue
{
    /// <summary>Log-price at which the liquidity over all prices ends: a millionth and a million times the anchor.
    /// </summary>
    private const double TailEnd = 14;

    /// <summary>Standard deviations at which the bell is cut.</summary>
    private const double BellEnd = 3;

    private readonly Parameters _p;
    private readonly LiquidityGrid _grid;
    private readonly double _baseAtAnchor, _quoteAtAnchor, _depthAtAnchor;

    public ConcentratedLiquidityVenue(Parameters p)
        : base(p)
    {
        _p = p;
        _grid = Grid(p);
        (_baseAtAnchor, _quoteAtAnchor) = (_grid.BaseAt(1)[0], _grid.QuoteAt(1)[0]);
        _depthAtAnchor = _grid.DepthAt(1)[0];
        var rise = Math.Min(Math.Sqrt(1 + Moves[Percent]), _grid.High);
        var depth = _grid.QuoteAt(rise)[0] - _quoteAtAnchor;
        QuoteStart = p.Liquidity.Value * depth / ConstantProduct.BuyDepth(1, Moves[Percent]);
    }

    /// <summary>How the main part of the liquidity lies around the anchor.</summary>
    public enum Form
    {
        /// <summary>The same depth at all prices of the range.</summary>
        Uniform,

        /// <summary>Most at the anchor, less away from it, as a normal density.</summary>
        Bell,
    }

    public sealed record Parameters : PoolParameters
    {
        /// <summary>How the main part of the liquidity lies around the anchor.</summary>
        public Form Shape { get; init; } = Form.Uniform;

        /// <summary>Log-distance from the anchor to an end of the uniform range; standard deviation of the bell (own
        /// choice).</summary>
        [Bounds(0.0005, 3)] public Quantity<Number> Range { get; init; } = new(0.2);

        /// <summary>Share of the value that lies over all prices (own choice).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> TailShare { get; init; } = new(0.1);

        /// <summary>Bins that the range is cut into.</summary>
        [Bounds(2, 128, Whole = true)] public Quantity<Count> Bins { get; init; } = new(32);

        /// <summary>Log-distance of the market from the anchor at which providers move their ranges; 0 is never.
        /// </summary>
        [Bounds(0, 10)] public Quantity<Number> RecentreAt { get; init; } = new(0);

        /// <summary>Share lost of what providers exchange to move their ranges: fee and slippage (own
        /// choice).</summary>
        [Bounds(0, 0.1)] public Quantity<Fraction> RecentreCost { get; init; } = new(0.001);

        /// <summary>Gas that all providers together use to move their ranges, 50 positions of 400k (own choice).
        /// </summary>
        [Bounds(0, 1e9)] public Quantity<Gas> RecentreGas { get; init; } = new(20_000_000);
    }

    /// <summary>1 while the price is at an end of the liquidity and one side is used up; mean over time.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Exhausted { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Depth at the price over that at the anchor, 0 at an end of the liquidity; mean over time.</summary>
    [Bounds(0, 1)] public Lane<Fraction> InRange { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>What moving ranges cost the providers.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> RecentreSpent { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Times that providers moved their ranges.</summary>
    [Bounds(0, 1)] public Lane<Count> Recentred { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Base that providers bought, net of what they sold, to move their ranges.</summary>
    [Enters("base")] public Lane<Token> RecentredBase { get; } = Lane.State<Token>();

    /// <summary>Quote that they were paid, net of what they paid.</summary>
    [Enters("usd")] public Lane<Usd> RecentredQuote { get; } = Lane.State<Usd>();

    /// <summary>Root of the price over the anchor.</summary>
    public Lane<Number> Root { get; } = Lane.State<Number>(1);

    /// <summary>Value that the same liquidity has at the anchor.</summary>
    public Lane<Usd> Scale { get; } = Lane.State<Usd>(1);

    /// <summary>Price that the ranges lie around.</summary>
    public Lane<UsdPerToken> Anchor { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Value at the start of the coins that the providers would hold without the pool.</summary>
    public Lane<Usd> HoldScale { get; } = Lane.State<Usd>(1);

    /// <summary>Market price at the start.</summary>
    public Lane<UsdPerToken> PriceStart { get; } = Lane.State<UsdPerToken>(1);

    private protected override double QuoteStart { get; }

    public override void Start(in Tick tick)
    {
        Vecs market = MarketPrice.Vecs, x = ReserveBase.Vecs, y = ReserveQuote.Vecs, start = PriceStart.Vecs;
        Vecs root = Root.Vecs, scale = Scale.Vecs, anchor = Anchor.Vecs, hold = HoldScale.Vecs;
        Vecs addedBase = RecentredBase.Vecs, addedQuote = RecentredQuote.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            root[i] = 1.0;
            scale[i] = hold[i] = LiquidityStart;
            anchor[i] = start[i] = market[i];
            x[i] = _baseAtAnchor * LiquidityStart / market[i];
            y[i] = _quoteAtAnchor * LiquidityStart;
            addedBase[i] = addedQuote[i] = Vec.Zero;
        }

        Open<Concentrated>(tick, market);
    }

    public override void Step(in Tick tick)
    {
        if (_p.RecentreAt.Value > 0)
        {
            MoveRanges(tick);
        }

        Advance<Concentrated>(tick);
    }

    /// <summary>Providers who are too far from the market move all their liquidity to it.</summary>
    private void MoveRanges(in Tick tick)
    {
        Vecs market = MarketPrice.Vecs, x = ReserveBase.Vecs, y = ReserveQuote.Vecs, root = Root.Vecs;
        Vecs scale = Scale.Vecs, anchor = Anchor.Vecs, moved = Recentred.Vecs, spent = RecentreSpent.Vecs;
        Vecs addedBase = RecentredBase.Vecs, addedQuote = RecentredQuote.Vecs;
        var far = LaneMath.Exp(_p.RecentreAt.Value);
        for (var i = 0; i < tick.Vectors; i++)
        {
            Vec price = market[i], value = x[i] * price + y[i];
            var gas = GasPrice.Vecs[i] * NativePrice.Vecs[i] * (_p.RecentreGas.Value * 1e-9);
            var exchanged = Vec.Abs(_baseAtAnchor * value - x[i] * price);
            var cost = _p.RecentreCost.Value * exchanged + gas;
            var acts = ((price > far * anchor[i]) | (price * far < anchor[i])) & (cost < 0.5 * value)
                & (ChainIsUp.Vecs[i] >= 0.5) & (HaltLeft.Vecs[i] <= 0.0);
            var left = value - cost;
            Vec baseNew = Vec.Select(acts, _baseAtAnchor * left / price, x[i]);
            Vec quoteNew = Vec.Select(acts, _quoteAtAnchor * left, y[i]);
            addedBase[i] = baseNew - x[i];
            addedQuote[i] = quoteNew - y[i];
            (x[i], y[i]) = (baseNew, quoteNew);
            root[i] = Vec.Select(acts, 1.0, root[i]);
            scale[i] = Vec.Select(acts, left, scale[i]);
            anchor[i] = Vec.Select(acts, price, anchor[i]);
            moved[i] = acts.AsOne();
            spent[i] = Vec.Where(acts, cost);
        }
    }

    /// <summary>The bins, of value 1 at the anchor 1.</summary>
    private static LiquidityGrid Grid(Parameters p)
    {
        var bins = (int)p.Bins.Value;
        var end = p.Shape == Form.Bell ? BellEnd * p.Range.Value : p.Range.Value;
        double[] edges = new double[bins + 3], shape = new double[bins + 2], all = new double[bins + 2];
        (edges[0], edges[^1]) = (LaneMath.Exp(-0.5 * TailEnd), LaneMath.Exp(0.5 * TailEnd));
        Array.Fill(all, 1);
        var width = 2 * end / bins;
        for (var j = 0; j <= bins; j++)
        {
            edges[j + 1] = LaneMath.Exp(0.5 * (j * width - end));
            var scaled = (j * width - end + 0.5 * width) / p.Range.Value;
            if (j < bins)
            {
                shape[j + 1] = p.Shape == Form.Bell ? LaneMath.Exp(-0.5 * scaled * scaled) : 1;
            }
        }

        double main = (1 - p.TailShare.Value) / Value(edges, shape), tail = p.TailShare.Value / Value(edges, all);
        return new LiquidityGrid(edges, [.. shape.Select(s => main * s + tail)]);
    }

    private static double Value(double[] edges, double[] depths)
    {
        var grid = new LiquidityGrid(edges, depths);
        return grid.BaseAt(1)[0] + grid.QuoteAt(1)[0];
    }
}
