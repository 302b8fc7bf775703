using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>What the makers do: depth, refills, stale quotes, new quotes, and the tracked orders.</content>
public abstract partial class BookVenue
{
    /// <summary>Depth, refill, sniping and new quotes.</summary>
    private Desk Open(int i, in Pace pace)
    {
        Vecs anchor = Anchor.Vecs, spread = QuotedHalfSpread.Vecs, depth = DepthMultiple.Vecs, spot = Spot.Vecs;
        var desk = new Desk { Fair = MarketPrice.Vecs[i], Sigma = MarketVolatility.Vecs[i], Pool = OpenPool(i) };
        var chain = ChainIsUp.Vecs[i] >= 0.5;
        var sequencer = SequencerIsUp.Vecs[i] >= 0.5;
        desk.BookUp = chain & sequencer;
        desk.Up = HasPool ? chain : desk.BookUp;
        var excess = Vec.Max(desk.Sigma / _p.CalmVolatility.Value - 1.0, Vec.Zero);
        var multiple = DepthOf(ref desk, i, excess, pace);
        depth[i] = multiple;

        Vec before = anchor[i], ratio = desk.Fair / before;
        var gap = LaneMath.Log(ratio);
        var behind = desk.Fair * LaneMath.Exp(-gap * pace.Lag);
        desk.Shown = _perSide * multiple / desk.Fair;
        var (baseChange, bids) = _askShape is null
            ? Refill(i, multiple, sequencer, desk.Fair, pace) : Recover(desk, i, multiple, sequencer, pace);
        Vec half = spread[i], sniped = Vec.Zero;
        if (_p.Matching != Matching.Batch)
        {
            sniped = _askShape is null ? Snipe(ref desk, i, behind, half) : SnipeShape(ref desk, i, behind, half);
        }

        var now = pace.AnchorKept > 0 ? desk.Fair * LaneMath.Exp(-gap * pace.AnchorKept) : desk.Fair;
        var widened = Vec.Max(
            _p.HalfSpread.Value * (1.0 + _p.SpreadGain.Value * excess),
            MakerQuotes.StaleLoss(desk.Sigma, pace.LatencyYears));
        var newHalf = Vec.Min(widened, HalfSpreadMost);
        anchor[i] = now;
        spread[i] = newHalf;
        desk.Stays = Vec.Abs(now - before) < 0.5 * _p.TickSize.Value * before;
        Place(ref desk, now, newHalf);

        // Sniped bids left at their old price; all others are worth their new one from here on.
        desk.AddBase(baseChange);
        var paid = sniped * behind * (1.0 - half);
        desk.AddQuote((bids - sniped) * desk.BidTop + paid - BidValue.Vecs[i]);
        desk.QuoteOut += paid;
        return desk;
    }

    private static void Place(ref Desk desk, Vec anchor, Vec half)
    {
        desk.BidTop = anchor * (1.0 - half);
        desk.AskTop = anchor * (1.0 + half);
    }

    /// <summary>Moves the depth that makers want; returns it as a multiple of calm depth.</summary>
    private Vec DepthOf(ref Desk desk, int i, Vec excess, in Pace pace)
    {
        Vecs high = High.Vecs, log = LogDepth.Vecs, highs = Highs.Row(pace.Slot);
        highs[i] = Vec.Max(highs[i], desk.Fair);
        high[i] = Vec.Max(high[i], desk.Fair);
        var drawdown = 1.0 - desk.Fair / high[i];
        var wanted = MakerQuotes.LogDepthWanted(
            excess, drawdown, _p.WithdrawalByVolatility.Value, _p.WithdrawalByDrawdown.Value);
        var dial = LiquidityWanted(i);
        if (!Vec.Equal(dial, 1.0).All)
        {
            // The log of 1 is 0: no shock and no regime, no log.
            wanted += LaneMath.Log(dial);
        }

        var now = MakerQuotes.LogDepth(log[i], wanted, pace.KeptFalling, pace.KeptRising);
        log[i] = now;
        return LaneMath.Exp(now);
    }

    /// <summary>Fills gaps in the book; returns the change of base, and the bids in units of the best price.</summary>
    private (Vec Base, Vec Bids) Refill(int i, Vec multiple, Mask sequencer, Vec fair, in Pace pace)
    {
        // What makers rest wanes with the depth they want, and comes back at a pace that wanes with it too.
        var weight = Vec.Select(sequencer, -LaneMath.Expm1(pace.Refill * Vec.Min(multiple, 1.0)), 1.0);
        var target = Vec.Where(sequencer, _perSide * multiple / fair);
        Vec change = Vec.Zero, value = Vec.Zero;
        for (var j = 0; j < _askGrid.Levels; j++)
        {
            Vecs asks = Asks.Row(j), bids = Bids.Row(j);
            var ask = asks[i];
            var moved = weight * (_askGrid.Weight[j] * target - ask);
            change += moved;
            asks[i] = ask + moved;
            var bid = bids[i];
            bid += weight * (_bidGrid.Weight[j] * target - bid);
            bids[i] = bid;
            value += bid * _bidGrid.Factor[j];
        }

        return (change, value);
    }

    /// <summary>Takes quotes that the market has passed; returns the bids taken, in units of the best price.</summary>
    private Vec Snipe(ref Desk desk, int i, Vec behind, Vec half)
    {
        var left = 1 - _p.TakerFee.Value;
        Vec best = behind * (1.0 + half), loss = Vec.Zero, taken = Vec.Zero, bidsTaken = Vec.Zero;
        for (var j = 0; j < _askGrid.Levels; j++)
        {
            var price = best * _askGrid.Factor[j];
            var passed = desk.BookUp & (price < desk.Fair * left);
            if (passed.None)
            {
                break;
            }

            var row = Asks.Row(j);
            var size = Vec.Where(passed, row[i]);
            row[i] -= size;
            taken += size;
            loss += size * (desk.Fair - price);
        }

        best = behind * (1.0 - half);
        for (var j = 0; j < _bidGrid.Levels; j++)
        {
            var price = best * _bidGrid.Factor[j];
            var passed = desk.BookUp & (price * left > desk.Fair);
            if (passed.None)
            {
                break;
            }

            var row = Bids.Row(j);
            var size = Vec.Where(passed, row[i]);
            row[i] -= size;
            bidsTaken += size * _bidGrid.Factor[j];
            loss += size * (price - desk.Fair);
        }

        desk.BaseOut += taken;
        desk.MakerLoss = loss;
        return bidsTaken;
    }

    /// <summary>Fills of the tracked orders at the best prices, and their places in the queues.</summary>
    private void Follow(ref Desk desk, int i, Vec askTouch, Vec bidTouch)
    {
        Vecs ahead = QueueAhead.Vecs, fills = TrackedFills.Vecs;
        var (askAhead, askFill) = Follow(desk, i, TrackedAsk, askTouch, Touch(desk, i, isAsk: true));
        var (bidAhead, bidFill) = Follow(desk, i, TrackedBid, bidTouch, Touch(desk, i, isAsk: false));
        ahead[i] = Vec.Clamp(0.5 * (askAhead + bidAhead), Vec.Zero, 1.0);
        fills[i] = askFill * desk.AskTop + bidFill * desk.BidTop;
    }

    private (Vec Ahead, Vec Fill) Follow(in Desk desk, int i, Lane<Token> tracked, Vec before, Vec after)
    {
        Vecs sizes = tracked.Row(0), queues = tracked.Row(1);
        Vec size = sizes[i], queue = queues[i];

        // A new order, and one whose price has moved, joins at the back.
        var joins = (size <= Vec.Zero) | !desk.Stays;
        size = Vec.Min(Vec.Select(joins, _p.TrackedSize.Value / desk.Fair, size), before);
        queue = Vec.Select(joins, before - size, Vec.Min(queue, before - size));
        var share = Vec.Where(before > Vec.Zero, queue / before);
        var traded = Vec.Max(before - after, Vec.Zero);
        var inTime = Vec.Clamp(traded - queue, Vec.Zero, size);
        var inShare = Vec.Where(before > Vec.Zero, size * (traded / before));
        var fill = _p.Matching == Matching.PriceTime ? inTime : Vec.Min(inShare, size);
        sizes[i] = size - fill;
        queues[i] = Vec.Max(_p.Matching == Matching.PriceTime ? queue - traded : queue - (traded - fill), Vec.Zero);
        return (share, fill);
    }
}
