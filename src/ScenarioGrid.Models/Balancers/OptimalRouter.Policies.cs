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
        var first = venue * QuotesPerVenue;
        var spot = isLatest ? VenueSpot[venue].Vecs[i] : QuotedLadder.Row(first)[i];
        Lane depths = !isLatest ? QuotedLadder : isSell ? VenueSellDepths[venue] : VenueBuyDepths[venue];
        var ladder = new LiquidityLadder(memory);
        ladder.Set(isSell, Vec.Max(spot, 1e-12), depths, isLatest ? 0 : first + (isSell ? 1 : 1 + Bins), i);
        return ladder;
    }

    private void Refresh(int i, bool hasLadders)
    {
        for (var v = 0; v < VenueBase.Count; v++)
        {
            Vecs x = QuotedBase.Row(v), y = QuotedQuote.Row(v);
            x[i] = VenueBase[v].Vecs[i];
            y[i] = VenueQuote[v].Vecs[i];
            var isLadder = VenueCurve[v].Vecs[i] >= 0.5;
            if (hasLadders && isLadder.Any)
            {
                RefreshLadder(v, i, isLadder);
            }
        }
    }

    /// <summary>Paths on which the venue is no ladder keep what they had: what a path knows is its own.</summary>
    private void RefreshLadder(int v, int i, Mask isLadder)
    {
        var first = v * QuotesPerVenue;
        var spot = QuotedLadder.Row(first);
        spot[i] = Vec.Select(isLadder, VenueSpot[v].Vecs[i], spot[i]);
        for (var bin = 0; bin < Bins; bin++)
        {
            Vecs sell = QuotedLadder.Row(first + 1 + bin), buy = QuotedLadder.Row(first + 1 + Bins + bin);
            sell[i] = Vec.Select(isLadder, VenueSellDepths[v].Row(bin)[i], sell[i]);
            buy[i] = Vec.Select(isLadder, VenueBuyDepths[v].Row(bin)[i], buy[i]);
        }
    }
}
