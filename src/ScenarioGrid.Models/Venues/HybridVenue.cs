using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>An order book and an on-chain pool that fill one order together, each at the best marginal price.</summary>
/// <remarks>
/// <para>Per path and tick, the book as in the order-book venue, beside it a pool with reserves x and y, g = 1 - fee,
/// on the curve (x + a)(y + b) = k:</para>
/// <code>
/// capital    ammCapital of the liquidity is in the pool, the rest behind the makers' quotes
/// curve      concentration c &gt;= 1: a = (c - 1) x, b = (c - 1) y at the start, so depth near the start is c-fold and
///            the pool is spent at prices (1 - 1/c)^2 and (1 - 1/c)^-2 times the start; 1 is constant product
/// match      all orders across both, see HybridWalk; nothing is ever filled past a better price
/// outage     sequencer down: the makers' quotes are gone, the pool goes on (while the chain is up)
/// uncross    book against pool, to the protocol (the providers) or to searchers
/// arbitrage  to the band [g p', p'/g] around the market price where it pays for its gas
/// loss       ammLvr = what arbitrage and uncrossing took, at the market price, before fees
/// flight     x, y, a, b *= (multiple(t)/multiple(t-1))^ammFlight
/// </code>
/// <para>A pool that quotes orders (ammQuoting: orders) trades at those alone, ammOrders a side from where it stood
/// when it placed them, see <see cref="PostedOrders"/>. Until ammRefresh has passed, fills on one side do not move the
/// orders on the other, and nothing stands beyond the last; arbitrageurs take those that the market has passed.</para>
/// <para>Fees go to the providers and do not stay in the pool, so k only moves by their flight (and rises in a
/// batch).</para>
/// <para>Source: see <see cref="BookVenue"/>; loss versus rebalancing: Milionis et al. (2022).</para>
/// </remarks>
[Component("hybrid-venue")]
public sealed partial class HybridVenue(HybridVenue.Parameters p)
    : BookVenue(p, 1 - p.AmmCapital.Value, PoolDepth(p))
{
    /// <summary>Who gains from a trade between book and pool.</summary>
    public enum Gain
    {
        /// <summary>The protocol, which passes it on to the pool's providers.</summary>
        Protocol,

        /// <summary>Searchers.</summary>
        Searchers,
    }

    /// <summary>How the pool's liquidity meets orders.</summary>
    public enum Quoting
    {
        /// <summary>Along its curve.</summary>
        Curve,

        /// <summary>As single orders on the curve, which stand until the pool places them anew.</summary>
        Orders,
    }

    /// <summary>Parameters of book and pool.</summary>
    public sealed record Parameters : BookParameters
    {
        /// <summary>Share of the liquidity that is in the pool; the rest is behind the makers' quotes, 20 %.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> AmmCapital { get; init; } = new(0.2);

        /// <summary>Fee of the pool on its input, 5 bps.</summary>
        [Bounds(0, 0.1)] public Quantity<Fraction> AmmFee { get; init; } = new(0.0005);

        /// <summary>Depth of the pool near the starting price over that of a constant-product pool with the same
        /// capital.</summary>
        [Bounds(1, 1000)] public Quantity<Number> Concentration { get; init; } = new(1);

        /// <summary>How the pool's liquidity meets orders.</summary>
        public Quoting AmmQuoting { get; init; } = Quoting.Curve;

        /// <summary>Orders on each side of a pool that quotes orders (own choice).</summary>
        [Bounds(1, 1000, Whole = true)] public Quantity<Count> AmmOrders { get; init; } = new(32);

        /// <summary>Distance of their prices from one to the next, 10 bps (own choice).</summary>
        [Bounds(0.00001, 0.1)] public Quantity<Fraction> AmmSpacing { get; init; } = new(0.001);

        /// <summary>Time until the pool places its orders anew around where it stands; 0 is after every trade (own
        /// choice).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> AmmRefresh { get; init; } = new(12);

        /// <summary>Power of the dial with which the pool's providers leave too; 0 is a pool that stays (own
        /// choice).</summary>
        [Bounds(0, 1)] public Quantity<Number> AmmFlight { get; init; } = new(0);

        /// <summary>Gas of one arbitrage trade, 120k (two-leg swap).</summary>
        [Bounds(0, 1e7)] public Quantity<Gas> ArbitrageGas { get; init; } = new(120_000);

        /// <summary>Who gains from trades between book and pool.</summary>
        public Gain UncrossGain { get; init; } = Gain.Protocol;

        /// <inheritdoc/>
        public override IEnumerable<(string Parameter, string Message)> Check()
        {
            foreach (var fault in base.Check())
            {
                yield return fault;
            }

            if (AmmQuoting == Quoting.Orders && Mode == BookMode.Shape)
            {
                yield return ("ammQuoting", "ammQuoting is orders, which need levels beside them; set mode to levels");
            }
        }
    }

    /// <summary>Gas price of a standard bid; 0 without a chain.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice", absent: 0);

    /// <summary>Price of the chain's native token; 0 without a chain.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice", absent: 0);

    /// <summary>Base reserve of the pool.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> PoolBase { get; } = Lane.Output<Token>();

    /// <summary>Quote reserve of the pool.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> PoolQuote { get; } = Lane.Output<Usd>();

    /// <summary>Share of takers' matched volume so far that the pool filled.</summary>
    [Bounds(0, 1)] public Lane<Fraction> AmmShare { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Loss of the pool to arbitrage and uncrossing, before fees, at the market price.</summary>
    public Lane<Usd> AmmLvr { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Fees of the pool's providers, and their gain from uncrossing.</summary>
    public Lane<Usd> AmmFees { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Fees of the pool's providers less their loss to arbitrage.</summary>
    public Lane<Usd> AmmProfit { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Gain from trades between book and pool, whoever has it.</summary>
    public Lane<Usd> UncrossProfit { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Volume that the pool, and that the book, filled so far.</summary>
    public Lane<Usd> Filled { get; } = Lane.State<Usd>(0, 2);

    /// <summary>What concentration adds to the base reserve.</summary>
    public Lane<Token> BaseAdded { get; } = Lane.State<Token>();

    /// <summary>What concentration adds to the quote reserve.</summary>
    public Lane<Usd> QuoteAdded { get; } = Lane.State<Usd>();

    /// <summary>Multiple of the dial that the pool stands at.</summary>
    public Lane<Number> Multiple { get; } = Lane.State<Number>(1);

    private protected override bool HasPool => p.AmmCapital.Value > 0;

    public override void Start(in Tick tick)
    {
        Vecs market = MarketPrice.Vecs, x = PoolBase.Vecs, y = PoolQuote.Vecs, a = BaseAdded.Vecs;
        Vecs b = QuoteAdded.Vecs, multiple = Multiple.Vecs, share = AmmShare.Vecs;
        Vecs byPool = Filled.Row(0), byBook = Filled.Row(1);
        var half = 0.5 * p.AmmCapital.Value * p.Liquidity.Value;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var price = market[i];
            y[i] = half;
            x[i] = half / price;
            a[i] = (p.Concentration.Value - 1) * x[i];
            b[i] = (p.Concentration.Value - 1) * y[i];
            multiple[i] = 1.0;
            byPool[i] = byBook[i] = share[i] = Vec.Zero;
            ForgetOrders(i);
        }

        base.Start(tick);
    }

    private protected override Pool OpenPool(int i)
    {
        return new Pool
        {
            Base = PoolBase.Vecs[i], Quote = PoolQuote.Vecs[i], BaseAdded = BaseAdded.Vecs[i],
            QuoteAdded = QuoteAdded.Vecs[i], Gamma = 1 - p.AmmFee.Value, PerGamma = 1 / (1 - p.AmmFee.Value),
        };
    }

    private protected override void Arbitrage(ref Desk desk, int i)
    {
        if (!HasPool)
        {
            return;
        }

        Leave(ref desk, i);
        ref var pool = ref desk.Pool;
        var (bid, ask) = PoolPrices(desk);
        var outside = desk.Up & ((bid > desk.Fair) | (ask < desk.Fair));
        if (outside.None)
        {
            return;
        }

        if (desk.Quotes.IsPosted)
        {
            TakeOrders(ref desk, i, outside);
            return;
        }

        var product = pool.Gamma * pool.Product;
        var quoteNet = Vec.Max(Vec.Min(Vec.Sqrt(product * desk.Fair), pool.QuoteMost) - pool.Y, Vec.Zero);
        var baseNet = Vec.Max(Vec.Min(Vec.Sqrt(product / desk.Fair), pool.BaseMost) - pool.X, Vec.Zero);
        var baseOut = Vec.Min(pool.X * quoteNet / (pool.Y + quoteNet), pool.Base);
        var quoteOut = Vec.Min(pool.Y * baseNet / (pool.X + baseNet), pool.Quote);
        _ = Take(ref desk, i, outside, (baseNet, quoteOut), (quoteNet, baseOut));
    }

    /// <summary>Makes an arbitrage where it pays for its gas; tells where.</summary>
    private Mask Take(ref Desk desk, int i, Mask outside, (Vec Net, Vec Out) sale, (Vec Net, Vec Out) purchase)
    {
        ref var pool = ref desk.Pool;
        var ((baseNet, quoteOut), (quoteNet, baseOut)) = (sale, purchase);
        var loss = (baseOut - baseNet) * desk.Fair + (quoteOut - quoteNet);
        var fee = (baseNet * desk.Fair + quoteNet) * (pool.PerGamma - 1.0);
        var gas = GasPrice.Vecs[i] * NativePrice.Vecs[i] * (p.ArbitrageGas.Value * 1e-9);
        var acts = outside & (loss - fee > gas);
        var coins = pool.After(isBase: true, baseOut, pool.Y + quoteNet) + baseNet;
        var money = pool.After(isBase: false, quoteOut, pool.X + baseNet) + quoteNet;
        pool.Base = Vec.Select(acts, coins, pool.Base);
        pool.Quote = Vec.Select(acts, money, pool.Quote);
        desk.BaseIn += Vec.Where(acts, baseNet);
        desk.BaseOut += Vec.Where(acts, baseOut);
        desk.QuoteIn += Vec.Where(acts, quoteNet);
        desk.QuoteOut += Vec.Where(acts, quoteOut);
        desk.CurveFees += Vec.Where(acts, fee);
        desk.CurveLoss += Vec.Where(acts, loss);
        return acts;
    }

    /// <summary>Providers leave or come with the dial.</summary>
    private void Leave(ref Desk desk, int i)
    {
        if (p.AmmFlight.Value == 0)
        {
            return;
        }

        Vecs multiple = Multiple.Vecs, a = BaseAdded.Vecs, b = QuoteAdded.Vecs;
        var wanted = Vec.Select(desk.Up, LiquidityWanted(i), multiple[i]);
        var isSame = Vec.Equal(wanted, multiple[i]);
        if (isSame.All)
        {
            return;
        }

        ref var pool = ref desk.Pool;
        var factor = Vec.Select(isSame, 1.0, LaneMath.Pow(wanted / multiple[i], p.AmmFlight.Value));
        desk.AddBase(pool.Base * factor - pool.Base);
        desk.AddQuote(pool.Quote * factor - pool.Quote);
        pool.Base *= factor;
        pool.Quote *= factor;
        pool.BaseAdded *= factor;
        pool.QuoteAdded *= factor;
        (a[i], b[i], multiple[i]) = (pool.BaseAdded, pool.QuoteAdded, wanted);
        desk.Quotes.Place(pool, !isSame);
    }

    private protected override void ClosePool(in Desk desk, int i)
    {
        Vecs x = PoolBase.Vecs, y = PoolQuote.Vecs, share = AmmShare.Vecs, lvr = AmmLvr.Vecs, fees = AmmFees.Vecs;
        Vecs profit = AmmProfit.Vecs, gain = UncrossProfit.Vecs, byPool = Filled.Row(0), byBook = Filled.Row(1);
        CloseQuotes(desk, i);
        x[i] = desk.Pool.Base;
        y[i] = desk.Pool.Quote;
        byPool[i] += desk.CurveVolume;
        byBook[i] += desk.BookMatched;
        var all = byPool[i] + byBook[i];
        share[i] = Vec.Where(all > Vec.Zero, byPool[i] / all);
        gain[i] = desk.UncrossProfit;
        lvr[i] = desk.CurveLoss;
        var earned = p.UncrossGain == Gain.Protocol ? desk.CurveFees + desk.UncrossProfit : desk.CurveFees;
        fees[i] = earned;
        profit[i] = earned - desk.CurveLoss;
    }

    private static double PoolDepth(Parameters p)
    {
        ArgumentNullException.ThrowIfNull(p);
        return 0.5 * p.AmmCapital.Value * p.Liquidity.Value * p.Concentration.Value * (Math.Sqrt(1.01) - 1);
    }
}
