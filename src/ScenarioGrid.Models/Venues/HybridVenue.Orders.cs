using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <content>A pool that quotes orders in the book.</content>
public sealed partial class HybridVenue
{
    /// <summary>Base reserve of the curve at which the pool's orders were placed.</summary>
    public Lane<Token> PlacedBase { get; } = Lane.State<Token>();

    /// <summary>Quote reserve of the curve at which the pool's orders were placed.</summary>
    public Lane<Usd> PlacedQuote { get; } = Lane.State<Usd>();

    /// <summary>Base reserve that fills of the pool's bids alone would have come to.</summary>
    public Lane<Token> BidReserve { get; } = Lane.State<Token>();

    /// <summary>Quote reserve that fills of the pool's asks alone would have come to.</summary>
    public Lane<Usd> AskReserve { get; } = Lane.State<Usd>();

    private bool IsPosted => HasPool && p.AmmQuoting == Quoting.Orders;

    private protected override void OpenQuotes(ref Desk desk, int i, in Tick tick)
    {
        if (!IsPosted)
        {
            return;
        }

        var refresh = p.AmmRefresh.Value;
        desk.Quotes = new Quotes
        {
            Base = PlacedBase.Vecs[i], Quote = PlacedQuote.Vecs[i], BidAt = BidReserve.Vecs[i],
            AskAt = AskReserve.Vecs[i], Spacing = p.AmmSpacing.Value, Count = p.AmmOrders.Value,
            IsPrompt = refresh == 0,
        };
        var isFirst = desk.Quotes.Base <= Vec.Zero;
        var isDue = refresh <= tick.Seconds
            || Math.Floor(tick.Start / refresh) != Math.Floor((tick.Start - tick.Seconds) / refresh);
        desk.Quotes.Place(desk.Pool, isDue ? desk.Up | isFirst : isFirst);
    }

    private void ForgetOrders(int i)
    {
        Vecs x = PlacedBase.Vecs, y = PlacedQuote.Vecs, bids = BidReserve.Vecs, asks = AskReserve.Vecs;
        x[i] = y[i] = bids[i] = asks[i] = Vec.Zero;
    }

    private void CloseQuotes(in Desk desk, int i)
    {
        if (!IsPosted)
        {
            return;
        }

        Vecs x = PlacedBase.Vecs, y = PlacedQuote.Vecs, bids = BidReserve.Vecs, asks = AskReserve.Vecs;
        x[i] = desk.Quotes.Base;
        y[i] = desk.Quotes.Quote;
        bids[i] = desk.Quotes.BidAt;
        asks[i] = desk.Quotes.AskAt;
    }

    /// <summary>Arbitrageurs take the orders that the market has passed.</summary>
    private void TakeOrders(ref Desk desk, int i, Mask outside)
    {
        ref readonly var pool = ref desk.Pool;
        var bids = desk.Quotes.Side(pool, isBid: true);
        var asks = desk.Quotes.Side(pool, isBid: false);
        Vec bidAt = desk.Quotes.BidAt, askAt = desk.Quotes.AskAt;
        var baseNet = Vec.Max(bids.TargetOf(desk.Fair) - bidAt, Vec.Zero);
        var quoteNet = Vec.Max(asks.TargetOf(1.0 / desk.Fair) - askAt, Vec.Zero);
        var quoteOut = Vec.Min(bids.Output(bidAt, baseNet), pool.Quote);
        var baseOut = Vec.Min(asks.Output(askAt, quoteNet), pool.Base);
        var acts = Take(ref desk, i, outside, (baseNet, quoteOut), (quoteNet, baseOut));
        desk.Quotes.Move(isBid: true, bidAt + Vec.Where(acts, baseNet));
        desk.Quotes.Move(isBid: false, askAt + Vec.Where(acts, quoteNet));
        desk.Renew();
    }
}
