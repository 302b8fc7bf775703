using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Balancers;

/// <content>What is published, for eight paths.</content>
public sealed partial class OptimalRouter
{
    private void Publish(int i, in Tick tick, bool hasLadders)
    {
        Vecs reserveBase = ReserveBase.Vecs, reserveQuote = ReserveQuote.Vecs, fee = Fee.Vecs, spot = Spot.Vecs;
        Vecs isUp = IsUp.Vecs, dispersion = Dispersion.Vecs;
        var some = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            some = Vec.Max(some, VenueIsUp[v].Vecs[i]);
        }

        var none = some < 0.5;
        Vec x = Vec.Zero, y = Vec.Zero, fees = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            var counts = Counts(v, i, none);
            var quote = Vec.Where(counts, VenueQuote[v].Vecs[i]);
            x += Vec.Where(counts, VenueBase[v].Vecs[i]);
            y += quote;
            fees += quote * VenueFee[v].Vecs[i];
        }

        // Before the first venue has started there is nothing to divide: the market is where it will stand.
        var price = Vec.Select(x > Vec.Zero, y / x, VenueMarket[0].Vecs[i]);
        reserveBase[i] = x;
        reserveQuote[i] = y;
        fee[i] = Vec.Where(y > Vec.Zero, fees / y);
        spot[i] = price;
        if (hasLadders || (Curve.Vecs[i] > Vec.Zero).Any)
        {
            PublishLadder(i, none);
        }

        isUp[i] = (!none & (ChainIsUp.Vecs[i] >= 0.5)).AsOne();
        PublishOrders(i, tick);
        var market = MarketPrice.Vecs[i];
        var widest = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            var reference = Vec.Select(market > Vec.Zero, market, VenueMarket[v].Vecs[i]);
            Vec at = VenueBase[v].Vecs[i] * reference, spotValue = VenueQuote[v].Vecs[i];
            if (hasLadders)
            {
                var isLadder = VenueCurve[v].Vecs[i] >= 0.5;
                at = Vec.Select(isLadder, reference, at);
                spotValue = Vec.Select(isLadder, VenueSpot[v].Vecs[i], spotValue);
            }

            widest = Vec.Max(widest, Vec.Where(at > Vec.Zero, Vec.Max(spotValue / at, at / spotValue)));
        }

        dispersion[i] = LaneMath.Log(Vec.Max(widest, 1.0));
    }

    /// <summary>Paths on which the next order may get to a venue: where it is up (or none is), and its turn under the
    /// policies that send all to one venue without looking.</summary>
    private Mask Counts(int venue, int i, Mask none)
    {
        var up = VenueIsUp[venue].Vecs[i] >= 0.5;
        if (p.Policy is not (Rule.Single or Rule.RoundRobin))
        {
            return none | up;
        }

        Vec before = Vec.Zero, all = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            var one = (VenueIsUp[v].Vecs[i] >= 0.5).AsOne();
            before += v < venue ? one : Vec.Zero;
            all += one;
        }

        var turn = p.Policy == Rule.Single ? Vec.Zero : Turn.Vecs[i];
        turn -= all * Vec.Floor(turn / Vec.Max(all, 1.0));
        return none | (up & Vec.Equal(before, turn));
    }

    private void PublishOrders(int i, in Tick tick)
    {
        Vecs backlog = Backlog.Vecs, userBacklog = UserBacklog.Vecs, waiting = WaitingTime.Vecs;
        var efficiency = CapitalEfficiency.Vecs;
        var price = Spot.Vecs[i];
        backlog[i] = BacklogBase.Vecs[i] * price + BacklogQuote.Vecs[i];
        userBacklog[i] = UserBacklogBase.Vecs[i] * price + UserBacklogQuote.Vecs[i];
        waiting[i] = Vec.Where(backlog[i] > 1.0, tick.Seconds);
        var volume = Proceeds.Vecs[i] + SpentQuote.Vecs[i] + UserProceeds.Vecs[i] + UserSpentQuote.Vecs[i];
        var value = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            value += VenueQuote[v].Vecs[i] + VenueBase[v].Vecs[i] * price;
        }

        efficiency[i] = Vec.Where(value > Vec.Zero, volume * (1.0 - Slippage.Vecs[i]) / (value * tick.Years));
    }

    /// <summary>The ladders and pools together, around their mean spot.</summary>
    private void PublishLadder(int i, Mask none)
    {
        Vecs curve = Curve.Vecs, spot = Spot.Vecs;
        Vec any = Vec.Zero, weights = Vec.Zero, sum = Vec.Zero;
        for (var v = 0; v < VenueBase.Count; v++)
        {
            var counts = Counts(v, i, none);
            var isLadder = VenueCurve[v].Vecs[i] >= 0.5;
            any = Vec.Max(any, Vec.Where(counts, isLadder.AsOne()));
            var pool = VenueQuote[v].Vecs[i] * ConstantProduct.SellDepth(1, DepthMove);
            var at = VenueSpot[v].Vecs[i];
            var depth = VenueSellDepths[v].Row(LiquidityLadder.Percent)[i] * at;
            var weight = Vec.Where(counts, Vec.Select(isLadder, depth, pool));
            weights += weight;
            sum += weight * at;
        }

        var isCurved = any > Vec.Zero;
        var price = Vec.Select(isCurved & (weights > Vec.Zero), sum / weights, spot[i]);
        spot[i] = price;
        curve[i] = any;
        Span<Vec> depths = stackalloc Vec[2 * Bins];
        depths.Clear();
        for (var v = 0; v < VenueBase.Count; v++)
        {
            var counts = isCurved & Counts(v, i, none);
            AddDepths(depths[..Bins], v, i, counts, price, isSell: true);
            AddDepths(depths[Bins..], v, i, counts, price, isSell: false);
        }

        for (var bin = 0; bin < Bins; bin++)
        {
            Vecs sell = SellDepths.Row(bin), buy = BuyDepths.Row(bin);
            sell[i] = depths[bin];
            buy[i] = depths[Bins + bin];
        }
    }

    private void AddDepths(Span<Vec> depths, int v, int i, Mask counts, Vec price, bool isSell)
    {
        Span<Vec> memory = stackalloc Vec[LiquidityLadder.MemorySize];
        var isLadder = VenueCurve[v].Vecs[i] >= 0.5;
        var ladder = LadderOf(memory, v, i, isSell, isLatest: true);
        var start = isSell ? 1.0 / Vec.Sqrt(price) : Vec.Sqrt(price);
        Vec x = VenueBase[v].Vecs[i], y = VenueQuote[v].Vecs[i];
        Vec input = isSell ? x : y, output = isSell ? y : x;
        var roots = isSell ? LiquidityLadder.SellRoots : LiquidityLadder.BuyRoots;
        for (var knot = 0; knot < Bins; knot++)
        {
            var u = start * roots[knot];
            var pool = Vec.Max(Vec.Sqrt(input * output) * u - input, Vec.Zero);
            depths[knot] += Vec.Where(counts, Vec.Select(isLadder, ladder.InputUntil(u), pool));
        }
    }
}
