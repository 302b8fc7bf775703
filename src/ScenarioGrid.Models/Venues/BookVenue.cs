using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <summary>An order book with makers, and with a pool beside it where the venue has one.</summary>
/// <remarks>
/// <para>Per path and tick of h seconds, market price p, volatility s, calm volatility s0, R the log-move of p:</para>
/// <code>
/// 1 depth     D: see MakerQuotes;   q(j) += (1 - exp(-ln 2/refillHalfLife D h)) (calm q(j) D - q(j))
///             calm q(j) = w(j) capital/2 / p;  all quotes go while the sequencer is down
/// 2 snipe     quotes late by the latency l stand g = R sqrt(l/h (1 - exp(-h/l))) behind (plus what is left of older
///             moves), so E|g| = s sqrt(l) sqrt(2/pi) for l far below h; what the market has passed is taken
/// 3 anchor    ln anchor = ln p - (ln p/anchor) exp(-h/l);   quotes at anchor (1 +- half-spread)(1 +- d(j))
/// 4 uncross   book against pool, until best bid &lt;= pool's ask and best ask >= pool's bid
/// 5 orders    buys and sells cross at the mid, the rest walks down book and pool (see HybridWalk)
/// 6 users     the same with a Poisson number of log-normal trades, rate (s/s0)^elasticity season plus
///             self-excitation
/// 7 uncross   again, then arbitrage of the pool to p where it pays for its gas
/// 8 settle    the book's part of a tick's matches fails with probability
///             1 - (1 - settlementFailure)(1 - 2 Phi(-margin/(s sqrt(settlementLatency)))): the taker keeps its input
/// </code>
/// <para>Matching: price-time and pro-rata give takers the same prices and makers another place (see the tracked
/// orders, which lose their place when the anchor moves by half a tick or more). A batch fills the net of all orders
/// at the marginal price, and stale quotes are not taken, as snipers outbid each other.</para>
/// <para>A book in its shape (mode: shape) keeps, instead of q(j), the base E that each side has lost:</para>
/// <code>
/// E *= exp(-ln 2/refillHalfLife min(D, 1) h)        E += base traded or sniped        base up to the distance d from
/// the best price quoted: N min(d/R, 1)^b - E        N = D capital/2 / p               R: where the last level ends
/// </code>
/// <para>and finds the price at which book and pool fill an order together by bisection. D takes hold of N at once,
/// and all of N counts as lost while the sequencer is down.</para>
/// <para>A failed match has used up the quote. The pool's part settles at once, as it is on the chain.</para>
/// <para>Sources: Vertex (off-chain book beside an on-chain pool); Budish, Cramton and Shim (2015) for sniping and
/// batches; Obizhaeva and Wang (2013) for resilience; dYdX v4 for off-chain matching; withdrawal of makers: own model,
/// see <see cref="MakerQuotes"/>.</para>
/// </remarks>
public abstract partial class BookVenue : Venue
{
    private const int HighRows = 8, UserDraw = 0, SettlementDraw = 1;
    private const double HighSeconds = 10_800, HalfSpreadMost = 0.25, CapitalPerDepthMost = 1e6;
    private const double Rounding = 1e-13;

    /// <summary>Depth at 100 bps of a constant-product pool over its quote reserve, sqrt(1.01) - 1.</summary>
    private const double CalmDepthPerReserve = 0.0049875621120890;

    private readonly BookParameters _p;
    private readonly QuoteGrid _askGrid;
    private readonly QuoteGrid _bidGrid;
    private readonly DepthShape? _askShape;
    private readonly DepthShape? _bidShape;
    private readonly double _perSide;
    private readonly double _bookDepth;
    private readonly double _poolDepth;
    private readonly double _calmDepth;

    private protected BookVenue(BookParameters p, double capital, double poolDepth = 0)
        : base(isLadder: true)
    {
        ArgumentNullException.ThrowIfNull(p);
        _p = p;
        _askGrid = new QuoteGrid(p, isAsk: true);
        _bidGrid = new QuoteGrid(p, isAsk: false);
        var levels = (int)p.Levels.Value;
        if (p.Mode == BookMode.Shape)
        {
            var reach = QuoteGrid.Distance(p.TickSize.Value, p.TickGrowth.Value, levels);
            _askShape = new DepthShape(reach, p.DepthPower.Value, isAsk: true);
            _bidShape = new DepthShape(reach, p.DepthPower.Value, isAsk: false);
            levels = 1;
        }

        _perSide = 0.5 * capital * p.Liquidity.Value;
        _bookDepth = _perSide * (_bidShape?.Within(0.01) ?? _bidGrid.Within(0.01));
        _poolDepth = poolDepth;
        _calmDepth = Math.Max(_bookDepth + poolDepth, 1e-6 * p.Liquidity.Value);
        Asks = Lane.State<Token>(0, levels);
        Bids = Lane.State<Token>(0, levels);
    }

    /// <summary>True when there is a pool beside the book.</summary>
    private protected virtual bool HasPool => false;

    private protected abstract Pool OpenPool(int i);

    /// <summary>Places the orders of a pool that quotes in the book, or leaves them as they stand.</summary>
    private protected virtual void OpenQuotes(ref Desk desk, int i, in Tick tick)
    {
    }

    private protected abstract void Arbitrage(ref Desk desk, int i);

    private protected abstract void ClosePool(in Desk desk, int i);

    public override void Start(in Tick tick)
    {
        Vecs market = MarketPrice.Vecs, anchor = Anchor.Vecs, logDepth = LogDepth.Vecs, high = High.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var price = market[i];
            anchor[i] = price;
            high[i] = price;
            logDepth[i] = Vec.Zero;
            for (var row = 0; row < HighRows; row++)
            {
                var highs = Highs.Row(row);
                highs[i] = price;
            }

            for (var j = 0; j < Asks.Rows; j++)
            {
                Vecs asks = Asks.Row(j), bids = Bids.Row(j);
                asks[i] = (_askShape is null ? _askGrid.Weight[j] : 1) * _perSide / price;
                bids[i] = (_bidShape is null ? _bidGrid.Weight[j] : 1) * _perSide / price;
            }

            Begin(i);
            var desk = new Desk
            {
                Fair = price, BookUp = price > Vec.Zero, Pool = OpenPool(i), Shown = _perSide / price,
            };
            Place(ref desk, price, Vec.Min(_p.HalfSpread.Value, HalfSpreadMost));
            desk.Up = desk.BookUp;
            OpenQuotes(ref desk, i, tick);
            Publish(ref desk, i, tick);
            ClosePool(desk, i);
        }
    }

    public override void Step(in Tick tick)
    {
        var pace = new Pace(_p, tick);
        TurnHighs(tick);
        var flow = new UserFlow(
            _calmDepth / CalmDepthPerReserve, _p.TradeSize.Value,
            0.5 * _p.Turnover.Value * _p.Liquidity.Value * tick.Years);
        var rate = new TradeRate(tick, _p.CalmVolatility, _p.VolumeElasticity, _p.Excitation, _p.ExcitationTime,
            _p.DaySwing, _p.BusiestTime);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var desk = Open(i, pace);
            OpenQuotes(ref desk, i, tick);
            Uncross(ref desk, i);
            desk.Renew();
            Vec askTouch = Touch(desk, i, isAsk: true), bidTouch = Touch(desk, i, isAsk: false);
            var words = tick.Words(SettlementDraw, i);
            var fails = FailureOf(desk.Sigma, pace);
            Execute(ref desk, i, words.Uniform0 < fails);
            desk.Renew();
            Trade(ref desk, i, words.Uniform1 < fails, flow, rate, tick);
            desk.Renew();
            Uncross(ref desk, i);
            desk.Renew();
            Arbitrage(ref desk, i);
            Follow(ref desk, i, askTouch, bidTouch);
            Settle(desk, i, pace);
            Publish(ref desk, i, tick);
            ClosePool(desk, i);
        }
    }

    /// <summary>Lanes that only the start sets.</summary>
    private void Begin(int i)
    {
        Vecs excess = Excess.Vecs, bidValue = BidValue.Vecs, depth = DepthMultiple.Vecs, unsettled = Unsettled.Vecs;
        Vecs small = EffectiveHalfSpreadSmall.Vecs, medium = EffectiveHalfSpreadMedium.Vecs;
        var large = EffectiveHalfSpreadLarge.Vecs;
        Vecs askImpact = AskImpact.Vecs, bidImpact = BidImpact.Vecs;
        askImpact[i] = bidImpact[i] = Vec.Zero;
        excess[i] = bidValue[i] = unsettled[i] = small[i] = medium[i] = large[i] = Vec.Zero;
        depth[i] = 1.0;
        for (var row = 0; row < Paid.Rows; row++)
        {
            var paid = Paid.Row(row);
            paid[i] = Vec.Zero;
        }

        for (var row = 0; row < TrackedAsk.Rows; row++)
        {
            Vecs ask = TrackedAsk.Row(row), bid = TrackedBid.Row(row);
            ask[i] = bid[i] = Vec.Zero;
        }
    }

    /// <summary>Opens a new stretch of three hours, and forgets the oldest, when the time has come.</summary>
    private void TurnHighs(in Tick tick)
    {
        var now = Math.Floor(tick.Start / HighSeconds);
        var last = Math.Floor((tick.Start - tick.Seconds) / HighSeconds);
        if (tick.Index == 0 || now == last)
        {
            return;
        }

        var high = High.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            for (var slot = Math.Max(last + 1, now - HighRows + 1); slot <= now; slot++)
            {
                var highs = Highs.Row((int)(slot % HighRows));
                highs[i] = Vec.Zero;
            }

            var top = Vec.Zero;
            for (var row = 0; row < HighRows; row++)
            {
                top = Vec.Max(top, Highs.Row(row)[i]);
            }

            high[i] = top;
        }
    }
}
