using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Balancers;

/// <content>The phases of a tick, for eight paths.</content>
public sealed partial class LiquidityRebalancer
{
    /// <summary>Books what the venues did with the flows of the last tick; returns what has arrived.</summary>
    private Vec Receive(int i, int slot, bool isNewSlot, double grid)
    {
        Vecs taken = Taken.Vecs, placed = Placed.Vecs, cost = MovingCost.Vecs, inFlight = InFlight.Vecs;
        var now = Way.Row(slot);
        Vec takenAll = Vec.Zero, placedAll = Vec.Zero;
        for (var v = 0; v < Flow.Count; v++)
        {
            Vec flow = Flow[v].Vecs[i], moved = VenueMoved[v].Vecs[i];
            takenAll += Vec.Max(Vec.Min(-flow, -moved), Vec.Zero);
            placedAll += Vec.Max(Vec.Min(flow, moved), Vec.Zero);
        }

        taken[i] = takenAll;
        cost[i] = takenAll * p.Cost.Value;
        placed[i] = placedAll;
        if ((inFlight[i] + takenAll > Vec.Zero).None)
        {
            return Vec.Zero;
        }

        // What a venue did not take waits no longer than what arrives now.
        var arrived = Vec.Max(Offered.Vecs[i] - placedAll, Vec.Zero);
        if (isNewSlot)
        {
            arrived += now[i];
            now[i] = Vec.Zero;
        }

        now[i] += takenAll - cost[i];
        var delay = p.Delay.Value + Vec.Max(BridgeDelay.Vecs[i], Vec.Zero);
        var onTheWay = Vec.Zero;
        for (var row = 0; row < Slots; row++)
        {
            var way = Way.Row(row);
            var age = (slot - row + Slots) % Slots * grid;
            var isThere = delay <= age;
            arrived += Vec.Where(isThere, way[i]);
            way[i] = Vec.Where(!isThere, way[i]);
            onTheWay += way[i];
        }

        inFlight[i] = onTheWay + arrived;
        return arrived;
    }

    /// <summary>Value and squared demand of each venue.</summary>
    private void Watch(int i, double memory, Span<Vec> value, Span<Vec> square)
    {
        for (var v = 0; v < value.Length; v++)
        {
            var demand = Demand.Row(v);
            value[v] = VenueBase[v].Vecs[i] * VenueSpot[v].Vecs[i] + VenueQuote[v].Vecs[i];
            var now = Vec.Max(VenueVolume[v].Vecs[i], VenueProceeds[v].Vecs[i] + VenueSpent[v].Vecs[i]);
            now = p.Target == Rule.RootMeanSquare ? now * now : now;
            demand[i] += memory * (now - demand[i]);
            square[v] = p.Target == Rule.RootMeanSquare ? demand[i] : demand[i] * demand[i];
        }
    }

    /// <summary>Gap of each venue that is up, 0 of the others; returns what is in flight.</summary>
    private Vec Aim(int i, ReadOnlySpan<Vec> value, ReadOnlySpan<Vec> square, Span<Vec> gap)
    {
        Vecs imbalance = Imbalance.Vecs, isMoving = IsMoving.Vecs;
        Vec inFlight = InFlight.Vecs[i], total = inFlight, weights = Vec.Zero, count = Vec.Zero, worst = Vec.Zero;
        for (var v = 0; v < value.Length; v++)
        {
            var up = IsUp(v, i);
            total += Vec.Where(up, value[v]);
            gap[v] = Vec.Where(up, p.Target == Rule.Equal ? 1.0 : Vec.Sqrt(square[v]));
            weights += gap[v];
            count += up.AsOne();
        }

        for (var v = 0; v < value.Length; v++)
        {
            // Nobody asks for anything: then all are equal.
            var weight = Vec.Select(weights > Vec.Zero, gap[v] / weights, 1.0 / count);
            var target = total * weight;
            gap[v] = Vec.Where(IsUp(v, i), target - value[v]);
            worst = Vec.Max(worst, Vec.Where(target > Vec.Zero, Vec.Abs(gap[v]) / target));
        }

        // A target near 0 is an infinite gap: a hundred times is far enough.
        worst = Vec.Min(worst, 100.0);
        imbalance[i] = worst;
        var starts = worst > p.Band.Value;
        isMoving[i] = Vec.Where(starts | ((isMoving[i] > Vec.Zero) & (worst > EndsAt * p.Band.Value)), 1.0);
        return inFlight;
    }

    private void Move(int i, Vec arrived, Vec inFlight, double pace, double seconds, ReadOnlySpan<Vec> value,
        ReadOnlySpan<Vec> square, ReadOnlySpan<Vec> gap)
    {
        Vec lacking = Vec.Zero, surplus = Vec.Zero, saved = Vec.Zero, up = Vec.Zero;
        for (var v = 0; v < gap.Length; v++)
        {
            lacking += Vec.Max(gap[v], Vec.Zero);
            surplus += Vec.Max(-gap[v], Vec.Zero);
            var target = value[v] + gap[v];
            var counts = (value[v] > Vec.Zero) & (target > Vec.Zero);
            saved += Vec.Where(counts, 2.0 * square[v] * (1.0 / value[v] - 1.0 / target));
            up += IsUp(v, i).AsOne();
        }

        var pays = saved * (p.Horizon.Value / seconds) > p.Cost.Value * surplus;
        var moves = IsMoving.Vecs[i] > Vec.Zero;
        moves = p.Horizon.Value > 0 ? moves & pays : moves;
        var offered = Offered.Vecs;
        offered[i] = arrived;
        for (var v = 0; v < gap.Length; v++)
        {
            var flow = Flow[v].Vecs;
            var evenly = Vec.Where(IsUp(v, i), 1.0 / up);
            var share = Vec.Select(lacking > Vec.Zero, Vec.Max(gap[v], Vec.Zero) / lacking, evenly);
            var leaves = Vec.Min(pace * Vec.Max(-gap[v], Vec.Zero), p.OutflowLimit.Value * value[v]);
            var comes = Vec.Where(offered[i] > Vec.Zero, offered[i] * share);
            flow[i] = comes - Vec.Where(moves & (comes <= Vec.Zero), leaves);
        }
    }

    private Mask IsUp(int venue, int i) => VenueIsUp[venue].Vecs[i] >= 0.5;
}
