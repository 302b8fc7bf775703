using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Balancers;

/// <content>Quotes and policies, for eight paths.</content>
public sealed partial class OptimalRouter
{
    private const int Bins = LiquidityLadder.Bins;

    /// <summary>Sets the amounts by the policy; returns how far the optimum is from equal prices.</summary>
    private Vec Apply(in OptimalSplit split, ReadOnlySpan<Vec> uniforms, in Quotes quotes, Vec order)
    {
        switch (p.Policy)
        {
            case Rule.ProRata:
                split.ProRata(order);
                break;
            case Rule.Uniform:
                split.Uniform(order);
                break;
            case Rule.BestPrice:
                split.BestPrice(order);
                break;
            case Rule.BestQuote:
                split.BestQuote(order);
                break;
            case Rule.PowerOfD:
                split.PowerOf(order, (int)p.Choices.Value, uniforms);
                break;
            case Rule.Greedy:
                split.Greedy(order, (int)p.Slices.Value);
                break;
            case Rule.Single:
                split.Single(order);
                break;
            case Rule.RoundRobin:
                var turn = Turn.Vecs;
                split.Turn(order, turn[quotes.Index]);
                turn[quotes.Index] += (order > Vec.Zero).AsOne();
                break;
            case Rule.DepthWeighted:
                split.DepthWeighted(order, 1 / Math.Sqrt(1 - DepthMove));
                break;
            case Rule.CongestionAware:
                AvoidCongestion(split, quotes, order);
                break;
            case Rule.Sticky:
                Stick(split, quotes, order);
                break;
            default:
                var residual = split.Residual(split.Optimal(order, quotes.Gas));
                return Vec.Where(order > Vec.Zero, residual);
        }

        return Vec.Zero;
    }

    /// <summary>The optimum for prices that shrink by what the market moves until the order is included.</summary>
    private void AvoidCongestion(in OptimalSplit split, in Quotes quotes, Vec order)
    {
        // Mean of |Z| for a standard normal Z.
        const double MeanMove = 0.79788456080286541;
        var i = quotes.Index;
        Span<Vec> gas = stackalloc Vec[split.Venues], keep = stackalloc Vec[split.Venues];
        for (var v = 0; v < split.Venues; v++)
        {
            var years = Vec.Max(VenueDelay[v].Vecs[i], Vec.Zero) * (1 / Tick.YearSeconds);
            keep[v] = Vec.Clamp(1.0 - MeanMove * VenueVolatility[v].Vecs[i] * Vec.Sqrt(years), 0.01, 1.0);
            var native = VenueGasPrice[v].Vecs[i] * VenueNativePrice[v].Vecs[i] * (p.LegGas.Value * 1e-9);
            var own = quotes.IsSell ? native : native / Spot.Vecs[i];
            gas[v] = Vec.Select(native > Vec.Zero, own, quotes.Gas);
        }

        split.OptimalNet(order, gas, keep);
    }

    private void Stick(in OptimalSplit split, in Quotes quotes, Vec order)
    {
        var clients = (int)p.Slices.Value;
        Span<Vec> homes = stackalloc Vec[clients], most = stackalloc Vec[split.Venues];
        for (var client = 0; client < clients; client++)
        {
            homes[client] = Vec.Floor(split.Venues * quotes.Tick.PathUniform(client, quotes.Index));
        }

        split.Sticky(order, homes, p.LoadBound.Value, most);
    }

    private bool IsFresh(in Quotes quotes) => p.QuoteInterval.Value <= quotes.Tick.Seconds;

    private void Quote(in OptimalSplit split, in Quotes quotes, bool isLatest)
    {
        var (i, isSell) = (quotes.Index, quotes.IsSell);
        for (var v = 0; v < split.Venues; v++)
        {
            var x = isLatest ? VenueBase[v].Vecs[i] : QuotedBase.Row(v)[i];
            var y = isLatest ? VenueQuote[v].Vecs[i] : QuotedQuote.Row(v)[i];
            var usable = VenueIsUp[v].Vecs[i] >= 0.5;
            split.Set(v, isSell ? x : y, isSell ? y : x, 1.0 - VenueFee[v].Vecs[i], usable);
            var isLadder = VenueCurve[v].Vecs[i] >= 0.5;
            if (quotes.HasLadders && isLadder.Any)
            {
                SetLadder(split, quotes, v, isLadder & usable, isLatest);
            }

            if (p.Capacity.Value > 0)
            {
                var most = p.Capacity.Value * Vec.Clamp(VenueInclusion[v].Vecs[i], 0.0, 1.0);
                split.SetLimit(v, isSell ? most / Vec.Max(VenueSpot[v].Vecs[i], 1e-12) : most);
            }
        }
    }

    private void SetLadder(in OptimalSplit split, in Quotes quotes, int v, Mask isUsed, bool isLatest)
    {
        Span<Vec> memory = stackalloc Vec[LiquidityLadder.MemorySize];
        var ladder = LadderOf(memory, v, quotes.Index, quotes.IsSell, isLatest);
        split.SetLadder(v, ladder, 1.0 - VenueFee[v].Vecs[quotes.Index], isUsed, isUsed);
    }

    private LiquidityLadder LadderOf(Span<Vec> memory, int venue, int i, bool isSell, bool isLatest)
    {
        Span<Vec> quotes = stackalloc Vec[QuotesPerVenue];
        for (var q = 0; q < QuotesPerVenue; q++)
        {
            quotes[q] = isLatest ? LatestQuote(venue, q)[i] : QuotedLadder.Row(venue * QuotesPerVenue + q)[i];
        }

        var ladder = new LiquidityLadder(memory);
        var spot = Vec.Max(quotes[0], 1e-12);
        if (isSell)
        {
            ladder.SetSell(spot, quotes[1], quotes[2], quotes[3], quotes[4], quotes[5]);
        }
        else
        {
            ladder.SetBuy(spot, quotes[6], quotes[7], quotes[8], quotes[9], quotes[10]);
        }

        return ladder;
    }

    /// <summary>The spot (0), the depths for sellers (1 to 5) and for buyers (6 to 10).</summary>
    private Vecs LatestQuote(int venue, int quote) => quote switch
    {
        0 => VenueSpot[venue].Vecs,
        1 => VenueSellDepth10[venue].Vecs,
        2 => VenueSellDepth50[venue].Vecs,
        3 => VenueSellDepth100[venue].Vecs,
        4 => VenueSellDepth200[venue].Vecs,
        5 => VenueSellDepth1000[venue].Vecs,
        6 => VenueBuyDepth10[venue].Vecs,
        7 => VenueBuyDepth50[venue].Vecs,
        8 => VenueBuyDepth100[venue].Vecs,
        9 => VenueBuyDepth200[venue].Vecs,
        _ => VenueBuyDepth1000[venue].Vecs,
    };

    private void Refresh(int i, bool hasLadders)
    {
        for (var v = 0; v < VenueBase.Count; v++)
        {
            Vecs x = QuotedBase.Row(v), y = QuotedQuote.Row(v);
            x[i] = VenueBase[v].Vecs[i];
            y[i] = VenueQuote[v].Vecs[i];
            if (!hasLadders || (VenueCurve[v].Vecs[i] >= 0.5).None)
            {
                continue;
            }

            for (var q = 0; q < QuotesPerVenue; q++)
            {
                var row = QuotedLadder.Row(v * QuotesPerVenue + q);
                row[i] = LatestQuote(v, q)[i];
            }
        }
    }
}
