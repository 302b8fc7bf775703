using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>A weighted pool: one coin makes up more of it than the other, so that its holders stay exposed to that
/// coin and lose less to arbitrageurs, at less depth.</summary>
/// <remarks>
/// <para>The curve, reserves x (base, weight w) and y (quote, weight 1 - w), g = 1 - fee(t); the fee stays in the
/// reserves. Users, providers, arbitrageurs, fee and breaker are those of <c>constant-product-venue</c>:</para>
/// <code>
/// x^w y^(1-w) = k       spot = y w / (x (1 - w))       value = y / (1 - w)       loss rate = w (1-w) volatility^2/2
/// out(a)  = y (1 - (x / (x + g a))^(w/(1-w)))           arbitrage: m = the price reached over the spot,
///                                                       x m^(w-1), y m^w
/// depth   = x ((1 - u)^(w-1) - 1) base down by u,       y ((1 + u)^w - 1) quote up by u
/// </code>
/// <para>Source: Martinelli and Mushegian, "Balancer" (2019); Evans (2020).</para>
/// </remarks>
[Component("weighted-venue")]
public sealed class WeightedVenue : LadderVenue
{
    private readonly double _weight, _power, _taken;
    private readonly double[] _sellDepths = new double[LiquidityLadder.Bins];
    private readonly double[] _buyDepths = new double[LiquidityLadder.Bins];

    public WeightedVenue(Parameters p)
        : base(p)
    {
        _weight = p.WeightBase.Value;
        _power = _weight / (1 - _weight);
        for (var move = 0; move < Moves.Length; move++)
        {
            _sellDepths[move] = LaneMath.Expm1((_weight - 1) * LaneMath.Log1p(-Moves[move]));
            _buyDepths[move] = LaneMath.Expm1(_weight * LaneMath.Log1p(Moves[move]));
        }

        _taken = -LaneMath.Expm1(_weight * LaneMath.Log1p(-Moves[Percent]));
        var depth = (1 - _weight) * p.Liquidity.Value * _buyDepths[Percent];
        QuoteStart = depth / ConstantProduct.BuyDepth(1, Moves[Percent]);
    }

    /// <inheritdoc cref="PoolVenue.PoolParameters"/>
    public sealed record Parameters : PoolParameters
    {
        /// <summary>Share of the base in the value of the pool (Balancer's 80/20 pools).</summary>
        [Bounds(0.02, 0.98)] public Quantity<Fraction> WeightBase { get; init; } = new(0.8);
    }

    /// <summary>Spot at the start.</summary>
    public Lane<UsdPerToken> SpotStart { get; } = Lane.State<UsdPerToken>(1);

    private protected override double QuoteStart { get; }

    public override void Start(in Tick tick)
    {
        Hold(tick, _weight, SpotStart);
        Open<Weighted>(tick, MarketPrice.Vecs);
    }

    public override void Step(in Tick tick) => Advance<Weighted>(tick);

    private struct Weighted : ICurve<Weighted>
    {
        /// <summary>Share of the first reserves that no trade takes: a reserve of exactly 0 has no price.</summary>
        private const double Least = 1e-12;

        private WeightedVenue _own;
        private Reserves _held;
        private Vec _least;

        public readonly Vec Base => _held.Base;

        public readonly Vec Quote => _held.Quote;

        public readonly Vec Spot => WeightedPool.Spot(Base, Quote, _own._weight);

        public static Weighted Load(PoolVenue venue, int i) => new()
        {
            _own = (WeightedVenue)venue,
            _held = new Reserves(venue.ReserveBase.Vecs[i], venue.ReserveQuote.Vecs[i]),
            _least = Least * ((WeightedVenue)venue)._weight * venue.LiquidityStart
                / ((WeightedVenue)venue).SpotStart.Vecs[i],
        };

        public readonly Vec Coins(Vec value) => value / Spot;

        public readonly Vec Depth() => Quote / ((1 - _own._weight) * _own.LiquidityStart);

        public readonly Vec LossRate(Vec sigma) => WeightedPool.LossRate(sigma, _own._weight);

        public void Scale(Vec factor) => _held.Scale(factor);

        public readonly Vec SellLimit(double share, Vec gamma) =>
            WeightedPool.In(share * Quote, Base, Quote, _own._power, gamma);

        public readonly Vec BuyLimit(double share, Vec gamma) =>
            WeightedPool.In(share * Base, Quote, Base, 1 / _own._power, gamma);

        public Fill Sell(Vec sold, Vec gamma)
        {
            var fee = (1.0 - gamma) * sold * Spot;
            var rest = Least * ((1 - _own._weight) * _own.LiquidityStart);
            var most = Vec.Max(Quote - rest, Vec.Zero);
            var taken = Vec.Min(WeightedPool.Out(sold, Base, Quote, _own._power, gamma), most);
            _held.Base += sold;

            // What stays is lost in the rounding of a large reserve, so it is held by itself.
            _held.Quote = Vec.Max(Quote - taken, Vec.Min(Quote, rest));
            return new Fill(taken, fee);
        }

        public Fill Buy(Vec spent, Vec gamma)
        {
            var most = Vec.Max(Base - _least, Vec.Zero);
            var bought = Vec.Min(WeightedPool.Out(spent, Quote, Base, 1 / _own._power, gamma), most);
            _held.Base = Vec.Max(Base - bought, Vec.Min(Base, _least));
            _held.Quote += spent;
            return new Fill(bought, (1.0 - gamma) * spent);
        }

        public void Add(Vec baseFee, Vec quoteFee) => _held.Add(baseFee, quoteFee);

        public readonly Mask IsOutside(Vec gamma, Vec fair) =>
            PoolVenue.IsOutside(Spot, gamma, fair);

        public readonly Arbitrage ArbitrageTo(Vec gamma, Vec fair) =>
            WeightedPool.ArbitrageTo(Base, Quote, _own._weight, gamma, fair);

        public Vec Apply(in Arbitrage trade, Mask acts, Vec gamma, Vec fair) =>
            _held.Apply(trade, acts, gamma, fair);

        public readonly void Store(PoolVenue venue, int i, Vec market)
        {
            Vecs tvl = _own.Tvl.Vecs, depth = _own.Depth100.Vecs, impermanent = _own.ImpermanentLoss.Vecs;
            tvl[i] = Quote / (1 - _own._weight);
            depth[i] = Quote * _own._taken;
            var loss = WeightedPool.ImpermanentLoss(Spot / _own.SpotStart.Vecs[i], _own._weight);
            impermanent[i] = Vec.Min(loss, Vec.Zero);
            for (var move = 0; move < Moves.Length; move++)
            {
                Vecs sell = _own.SellDepths.Row(move), buy = _own.BuyDepths.Row(move);
                sell[i] = Base * _own._sellDepths[move];
                buy[i] = Quote * _own._buyDepths[move];
            }
        }
    }
}
