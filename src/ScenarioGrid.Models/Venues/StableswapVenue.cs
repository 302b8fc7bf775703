using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>A stableswap pool of two coins that should be worth the same: deep at the peg, and empty of the better coin
/// soon after the peg is lost.</summary>
/// <remarks>
/// <para>Coins x (base, taken at par) and y (quote coin), g = 1 - fee(t). The fee is on what is paid out and stays in
/// the reserves. Users, providers, arbitrageurs, fee and breaker are those of <c>constant-product-venue</c>:</para>
/// <code>
/// 2A (x + y) + D = 2A D + D^3/(4 x y)            D by Newton's steps
/// spot       = par * (2A + D_P/x) / (2A + D_P/y)      D_P = D^3/(4 x y),  par = peg * price of the quote coin
/// loss rate  = volatility^2/2 * price^2 |dx/dprice| / value
/// ema(t)     = ema(t-1)^a spot(t-1)^(1-a)             a = 2^(-h / emaHalfLife), in quote coins
/// </code>
/// <para>With a <c>quoteMarket</c> the quote is a coin of its own: its holding is told in US dollars and revalued each
/// tick, which the ledger books as <c>revalued</c>. The pool starts at the market price, balanced where that is the
/// peg. An invariant that does not converge is not a number, and the cell fails with path and tick.</para>
/// <para>Source: Egorov, "StableSwap" (2019); curve-contract @574f4402, tests/simulation.py; moving average as in
/// stableswap-ng, half-life from memory.</para>
/// </remarks>
[Component("stableswap-venue")]
public sealed partial class StableswapVenue : LadderVenue
{
    private readonly double _ann, _peg, _halfLife;

    public StableswapVenue(Parameters p)
        : base(p)
    {
        (_ann, _peg, _halfLife) = (2 * p.Amplification.Value, p.Peg.Value, p.EmaHalfLife.Value);
        var up = StableSwap.At(1 + Moves[Percent], _ann).Second[0] - 0.5;
        QuoteStart = p.Liquidity.Value * up / ConstantProduct.BuyDepth(1, Moves[Percent]);
    }

    public sealed record Parameters : PoolParameters
    {
        public Parameters() => (Fee, CalmVolatility) = (new(0.0004), new(0.02));

        /// <summary>A as Curve stores it (A n^(n-1)): how far from balance the price stays near the peg. stETH 50,
        /// 3pool 2000 (from memory).</summary>
        [Bounds(1, 1e6)] public Quantity<Number> Amplification { get; init; } = new(100);

        /// <summary>Quote coins that a base coin is worth when the pool is balanced; 0 is the ratio of the market
        /// prices at the start.</summary>
        [Bounds(0, 1e6)] public Quantity<Number> Peg { get; init; } = new(0);

        /// <summary>Half-life of the moving average that oracles may read, 600 s (from memory).</summary>
        [Bounds(1, 2_592_000)] public Quantity<Second> EmaHalfLife { get; init; } = new(600);
    }

    /// <summary>Price of the quote coin; 1 without a market of its own, when it is the US dollar.</summary>
    public Lane<UsdPerToken> QuotePrice { get; } = Lane.Input<UsdPerToken>("quoteMarket.price", absent: 1);

    /// <summary>Moving average of the spot in quote coins up to the last tick, at the price of that coin.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<UsdPerToken> Ema { get; } = Lane.Output<UsdPerToken>(1);

    /// <summary>The invariant D: value of the pool if both coins were at par.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Invariant { get; } = Lane.Output<Usd>(1, Over.Final);

    /// <summary>Largest share of the base in the pool, at par: above one half the market wants to be rid of
    /// it.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Imbalance { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Gain or loss of the quote held as its price moved.</summary>
    [Enters("usd")] public Lane<Usd> Revalued { get; } = Lane.State<Usd>();

    /// <summary>Quote coins a base coin is worth at balance.</summary>
    public Lane<Number> PegRatio { get; } = Lane.State<Number>(1);

    /// <summary>Price of the quote coin that the reserves are told at.</summary>
    public Lane<UsdPerToken> QuotePriceLast { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Log of the moving average, in quote coins.</summary>
    public Lane<Number> LogEma { get; } = Lane.State<Number>();

    /// <summary>Log of the spot at the end of the tick, in quote coins.</summary>
    public Lane<Number> LogSpot { get; } = Lane.State<Number>();

    /// <summary>Base at par over the invariant at the start.</summary>
    public Lane<Number> BaseStart { get; } = Lane.State<Number>(0.5);

    /// <summary>Quote over the invariant at the start.</summary>
    public Lane<Number> ShareStart { get; } = Lane.State<Number>(0.5);

    private protected override double QuoteStart { get; }

    public override void Start(in Tick tick)
    {
        Vecs market = MarketPrice.Vecs, quote = QuotePrice.Vecs, x = ReserveBase.Vecs, y = ReserveQuote.Vecs;
        Vecs peg = PegRatio.Vecs, last = QuotePriceLast.Vecs, invariant = Invariant.Vecs, revalued = Revalued.Vecs;
        Vecs baseStart = BaseStart.Vecs, shareStart = ShareStart.Vecs, logEma = LogEma.Vecs, logSpot = LogSpot.Vecs;
        Vecs ema = Ema.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            peg[i] = _peg > 0 ? _peg : market[i] / quote[i];
            var par = peg[i] * quote[i];
            var (first, second) = StableSwap.At(market[i] / par, _ann);
            var d = LiquidityStart / (first * market[i] / par + second);
            x[i] = first * d / par;
            y[i] = second * d;
            last[i] = quote[i];
            invariant[i] = d;
            revalued[i] = Vec.Zero;
            baseStart[i] = first;
            shareStart[i] = second;
            logSpot[i] = logEma[i] = LaneMath.Log(market[i] / quote[i]);
            ema[i] = market[i];
        }

        Open<Stable>(tick, market);
    }

    public override void Step(in Tick tick)
    {
        Revalue(tick);
        Advance<Stable>(tick);
        Average(tick);
    }

    /// <summary>The quote held is told at the new price of its coin.</summary>
    private void Revalue(in Tick tick)
    {
        Vecs quote = QuotePrice.Vecs, last = QuotePriceLast.Vecs, y = ReserveQuote.Vecs;
        Vecs invariant = Invariant.Vecs, revalued = Revalued.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var factor = quote[i] / last[i];
            var now = y[i] * factor;
            revalued[i] = now - y[i];
            y[i] = now;
            invariant[i] *= factor;
            last[i] = quote[i];
        }
    }

    private void Average(in Tick tick)
    {
        Vecs quote = QuotePrice.Vecs, spot = Spot.Vecs, ema = Ema.Vecs, logEma = LogEma.Vecs, logSpot = LogSpot.Vecs;
        var kept = LaneMath.Exp(-0.6931471805599453 * tick.Seconds / _halfLife);
        for (var i = 0; i < tick.Vectors; i++)
        {
            logEma[i] = kept * logEma[i] + (1 - kept) * logSpot[i];
            logSpot[i] = LaneMath.Log(spot[i] / quote[i]);
            ema[i] = LaneMath.Exp(logEma[i]) * quote[i];
        }
    }
}
