using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>A pool that quotes single orders, which stand until it places them anew.</content>
public abstract partial class BookVenue
{
    /// <summary>Where the pool's orders were placed, and how far each side has been filled since.</summary>
    private protected struct Quotes
    {
        /// <summary>Base reserve of the curve when the orders were placed.</summary>
        public Vec Base;

        /// <summary>Quote reserve of the curve then.</summary>
        public Vec Quote;

        /// <summary>Base reserve that the fills of the bids alone would leave.</summary>
        public Vec BidAt;

        /// <summary>Quote reserve that the fills of the asks alone would leave.</summary>
        public Vec AskAt;

        /// <summary>Distance of the prices; 0 for a pool that trades along its curve.</summary>
        public double Spacing;

        /// <summary>Orders of a side.</summary>
        public double Count;

        /// <summary>True for a pool that places its orders anew after every trade.</summary>
        public bool IsPrompt;

        public readonly bool IsPosted => Spacing > 0;

        /// <summary>Places all orders anew where told.</summary>
        public void Place(in Pool pool, Mask here)
        {
            Base = Vec.Select(here, pool.X, Base);
            Quote = Vec.Select(here, pool.Y, Quote);
            BidAt = Vec.Select(here, pool.X, BidAt);
            AskAt = Vec.Select(here, pool.Y, AskAt);
        }

        public readonly Vec At(bool isBid) => isBid ? BidAt : AskAt;

        public void Move(bool isBid, Vec reserve)
        {
            BidAt = isBid ? reserve : BidAt;
            AskAt = isBid ? AskAt : reserve;
        }

        public readonly PostedOrders Side(in Pool pool, bool isBid)
        {
            var product = Base * Quote;
            var most = product / (isBid ? pool.QuoteAdded : pool.BaseAdded);
            return new PostedOrders(isBid ? Base : Quote, product, pool.Gamma, most, Spacing, Count);
        }
    }

    /// <summary>Best bid and ask of the pool, fee included, whether it has anything left or not.</summary>
    private protected static (Vec Bid, Vec Ask) PoolPrices(in Desk desk)
    {
        ref readonly var pool = ref desk.Pool;
        ref readonly var quotes = ref desk.Quotes;
        var price = pool.Price;
        return quotes.IsPosted
            ? (quotes.Side(pool, isBid: true).NextRate(quotes.BidAt),
                1.0 / quotes.Side(pool, isBid: false).NextRate(quotes.AskAt))
            : (price * pool.Gamma, price * pool.PerGamma);
    }

    /// <summary>Input that the pool's orders take down or up to a price, fee included.</summary>
    private static Vec PostedTo(in Desk desk, Vec price, bool isSell)
    {
        var target = desk.Quotes.Side(desk.Pool, isSell).TargetOf(isSell ? price : 1.0 / price);
        return Vec.Max(target - desk.Quotes.At(isSell), Vec.Zero) * desk.Pool.PerGamma;
    }

    /// <summary>Walks an order down the levels of the book and the orders of the pool.</summary>
    private void WalkPosted(ref HybridWalk walk, in PostedOrders orders, in Desk desk, int i, bool isSell)
    {
        var grid = isSell ? _bidGrid : _askGrid;
        var top = isSell ? desk.BidTop : desk.AskTop;
        for (var j = 0; j < grid.Levels && (walk.Left > Vec.Zero).Any; j++)
        {
            var row = isSell ? Bids.Row(j) : Asks.Row(j);
            Vec price = top * grid.Factor[j], size = row[i];
            var rate = isSell ? price : 1.0 / price;
            var capacity = isSell ? size : size * price;
            var fill = walk.Level(orders.TargetOf(rate), rate, capacity);
            row[i] = Vec.Where(fill < capacity, Vec.Max(size - (isSell ? fill : fill * rate), Vec.Zero));
        }
    }

    /// <summary>Trades levels of the book with orders of the pool while one bids more than the other asks.</summary>
    private void UncrossPosted(ref Desk desk, int i, Mask crossed, bool isAsk)
    {
        var grid = isAsk ? _askGrid : _bidGrid;
        var top = isAsk ? desk.AskTop : desk.BidTop;
        var orders = desk.Quotes.Side(desk.Pool, isAsk);
        for (var j = 0; j < grid.Levels; j++)
        {
            var price = top * grid.Factor[j];
            var at = desk.Quotes.At(isAsk);
            var room = Vec.Where(crossed, Vec.Max(orders.TargetOf(isAsk ? price : 1.0 / price) - at, Vec.Zero));
            if ((room > Vec.Zero).None)
            {
                break;
            }

            var row = isAsk ? Asks.Row(j) : Bids.Row(j);
            var size = row[i];
            var net = Vec.Min(room, isAsk ? desk.Pool.Gamma * size : orders.Input(at, size));
            row[i] = size - Exchange(ref desk, isAsk, net, orders.Output(at, net), price, size);
            desk.Quotes.Move(isAsk, at + net);
        }
    }
}
