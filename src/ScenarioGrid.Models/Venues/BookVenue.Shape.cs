using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>A book in its shape: the same phases as with levels, in closed form.</content>
public abstract partial class BookVenue
{
    /// <summary>A side at the prices it is quoted at.</summary>
    private ShapedSide SideOf(in Desk desk, int i, bool isAsk) =>
        SideOf(desk, i, isAsk, isAsk ? desk.AskTop : desk.BidTop);

    private ShapedSide SideOf(in Desk desk, int i, bool isAsk, Vec top) => isAsk
        ? new ShapedSide(_askShape!, top, desk.Shown, Asks.Vecs[i])
        : new ShapedSide(_bidShape!, top, desk.Shown, Bids.Vecs[i]);

    /// <summary>What stands at the best price quoted: the first level, or a shape's part before the second.</summary>
    private Vec Touch(in Desk desk, int i, bool isAsk)
    {
        if (_askShape is null)
        {
            return isAsk ? Asks.Vecs[i] : Bids.Vecs[i];
        }

        var impact = isAsk ? AskImpact.Vecs[i] : BidImpact.Vecs[i];
        return Vec.Max((isAsk ? _askGrid : _bidGrid).Weight[0] * desk.Shown - impact, Vec.Zero);
    }

    /// <summary>Books base traded by a side.</summary>
    private void Use(in Desk desk, int i, bool isAsk, Vec traded)
    {
        Vecs impact = isAsk ? AskImpact.Vecs : BidImpact.Vecs, left = isAsk ? Asks.Vecs : Bids.Vecs;
        var now = Vec.Max(left[i] - traded, Vec.Zero);
        left[i] = now;
        impact[i] = Vec.Select(traded > Vec.Zero, desk.Shown - now, impact[i]);
    }

    /// <summary>Trades heal and makers show what they want; returns the change of base, and the bids in units of the
    /// best price.</summary>
    private (Vec Base, Vec Bids) Recover(in Desk desk, int i, Vec multiple, Mask sequencer, in Pace pace)
    {
        Vecs asks = Asks.Vecs, bids = Bids.Vecs, askImpact = AskImpact.Vecs, bidImpact = BidImpact.Vecs;
        var kept = LaneMath.Exp(pace.Refill * Vec.Min(multiple, 1.0));
        var before = asks[i];
        askImpact[i] = Vec.Select(sequencer, Vec.Min(kept * askImpact[i], desk.Shown), desk.Shown);
        bidImpact[i] = Vec.Select(sequencer, Vec.Min(kept * bidImpact[i], desk.Shown), desk.Shown);
        asks[i] = desk.Shown - askImpact[i];
        bids[i] = desk.Shown - bidImpact[i];
        return (asks[i] - before, SideOf(desk, i, isAsk: false, 1.0).Value);
    }

    /// <summary>Takes quotes that the market has passed; returns the bids taken, in units of the best price.</summary>
    private Vec SnipeShape(ref Desk desk, int i, Vec behind, Vec half)
    {
        var left = 1 - _p.TakerFee.Value;
        var asks = SideOf(desk, i, isAsk: true, behind * (1.0 + half));
        var bids = SideOf(desk, i, isAsk: false, behind * (1.0 - half));
        Vec askEnd = asks.At(desk.Fair * left), bidEnd = bids.At(desk.Fair * (1 / left));
        var bought = Vec.Where(desk.BookUp, asks.BaseTo(askEnd));
        var sold = Vec.Where(desk.BookUp, bids.BaseTo(bidEnd));
        if ((bought + sold > Vec.Zero).None)
        {
            return Vec.Zero;
        }

        var earned = Vec.Where(desk.BookUp, bids.ValueTo(bidEnd));
        var loss = bought * desk.Fair - Vec.Where(desk.BookUp, asks.ValueTo(askEnd)) + (earned - sold * desk.Fair);
        Use(desk, i, isAsk: true, bought);
        Use(desk, i, isAsk: false, sold);
        desk.BaseOut += bought;
        desk.MakerLoss = Vec.Max(loss, Vec.Zero);
        return earned / bids.Top;
    }

    private void WalkShape(ref HybridWalk walk, in Desk desk, int i, bool isSell) =>
        Use(desk, i, !isSell, walk.Shape(SideOf(desk, i, !isSell)));

    /// <summary>Best prices of the book; 0 and infinity where there is none.</summary>
    private (Vec Bid, Vec Ask) BestShape(in Desk desk, int i)
    {
        ShapedSide bids = SideOf(desk, i, isAsk: false), asks = SideOf(desk, i, isAsk: true);
        var isBid = desk.BookUp & (bids.Base > Spent * desk.Shown);
        var isAsk = desk.BookUp & (asks.Base > Spent * desk.Shown);
        return (
            Vec.Where(isBid, bids.PriceAt(bids.From)),
            Vec.Select(isAsk, asks.PriceAt(asks.From), double.PositiveInfinity));
    }

    /// <summary>Trades one side with the pool up to the price at which they meet.</summary>
    private void UncrossShape(ref Desk desk, int i, Mask crossed, bool isAsk)
    {
        var side = SideOf(desk, i, isAsk);
        ref readonly var pool = ref desk.Pool;
        Vec low = side.From, high = 1.0;
        var net = pool.Gamma * pool.Product;
        for (var n = 0; n < 60; n++)
        {
            // Asks feed the pool until it bids no more than they ask; bids empty it until it asks no less.
            var middle = 0.5 * (low + high);
            Vec price = side.PriceAt(middle), size = side.BaseTo(middle);
            var meets = isAsk
                ? Vec.Fma(pool.Gamma, size, pool.X) >= Vec.Min(Vec.Sqrt(net / price), pool.BaseMost)
                : (pool.X - size) * Vec.Min(Vec.Sqrt(net * price), pool.QuoteMost) <= pool.Product;
            high = Vec.Select(meets, middle, high);
            low = Vec.Select(meets, low, middle);
        }

        var end = side.PriceAt(high);
        var target = isAsk
            ? Vec.Min(Vec.Sqrt(net / end), pool.BaseMost) : Vec.Min(Vec.Sqrt(net * end), pool.QuoteMost);
        Vec input = isAsk ? pool.X : pool.Y, output = isAsk ? pool.Y : pool.X, moved = side.BaseTo(high);
        var room = Vec.Where(crossed, Vec.Max(target - input, Vec.Zero));
        var taken = Vec.Min(room, isAsk ? pool.Gamma * moved : BuyerOf(moved, input, output));
        var given = taken * output / (input + taken);
        Use(desk, i, isAsk, Exchange(ref desk, isAsk, taken, given, side.MeanPrice(high), moved));
    }

    /// <summary>Depth up to each knot; returns the side.</summary>
    private ShapedSide ShapeLadder(in Desk desk, int i, Vec spot, bool isSell)
    {
        Lane depths = isSell ? SellDepths : BuyDepths;
        var moves = LiquidityLadder.PriceMoves;
        var roots = isSell ? LiquidityLadder.SellRoots : LiquidityLadder.BuyRoots;
        var side = SideOf(desk, i, !isSell);
        var curve = CurveOf(desk, spot, isSell);
        for (var knot = 0; knot < LiquidityLadder.Bins; knot++)
        {
            var end = side.At(spot * (isSell ? 1 - moves[knot] : 1 + moves[knot]));
            var ofBook = isSell ? side.BaseTo(end) : side.ValueTo(end);
            var depth = depths.Row(knot);
            depth[i] = Vec.Where(desk.BookUp, ofBook) + PoolTo(desk, curve, roots[knot]);
        }

        return side;
    }
}
