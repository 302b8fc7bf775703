using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <content>Who gets the next request.</content>
public sealed partial class ServicePool
{
    /// <summary>Row of the server that the policy picks among the usable ones; -1 when there is none.</summary>
    private Vec Choose(
        in Tick tick, int i, int draw, ReadOnlySpan<Vec> ranks, Vec count, Mask asks, Vec u, Vec origin,
        bool isLive) =>
        p.Policy switch
        {
            Dispatch.RoundRobin or Dispatch.Weighted => InTurn(i, ranks, asks),
            Dispatch.LeastOutstanding => Least(i, ranks, u, isLive ? Jobs : Reported, bySpeed: false),
            Dispatch.PowerOfD => OfSome(tick, i, draw, ranks, count, u, isLive ? Jobs : Reported),
            Dispatch.Jsq => Least(i, ranks, u, Jobs, bySpeed: true),
            Dispatch.Jiq or Dispatch.CentralQueue => Idle(i, ranks, count, u),
            Dispatch.ConsistentHash => OnRing(i, ranks, u),
            Dispatch.GeoNearest => Near(ranks, u, origin),
            _ => Nth(ranks, Vec.Floor(u * count)),
        };

    /// <summary>The n-th usable row, counted from 0.</summary>
    private static Vec Nth(ReadOnlySpan<Vec> ranks, Vec n)
    {
        Vec chosen = -1.0;
        for (var row = 0; row < ranks.Length; row++)
        {
            chosen = Vec.Select(Vec.Equal(ranks[row], n), row, chosen);
        }

        return chosen;
    }

    /// <summary>Another random order of the rows for each request, below 1: it settles ties.</summary>
    private static Vec Tie(Vec u, int row)
    {
        var shifted = u + row * 0.6180339887498949;
        return shifted - Vec.Floor(shifted);
    }

    private Vec Least(int i, ReadOnlySpan<Vec> ranks, Vec u, Lane<Count> load, bool bySpeed)
    {
        var loads = load.AllVecs;
        var stride = Stride;
        Vec chosen = -1.0, least = 1e300;
        for (var row = 0; row < ranks.Length; row++)
        {
            var jobs = loads[row * stride + i];
            var key = (bySpeed ? (jobs + 1.0) * _slowness[row] : jobs) + 1e-3 * Tie(u, row);
            var better = (ranks[row] >= Vec.Zero) & (key < least);
            (chosen, least) = (Vec.Select(better, row, chosen), Vec.Select(better, key, least));
        }

        return chosen;
    }

    /// <summary>The first choice is any usable server, each further one any but the first.</summary>
    private Vec OfSome(
        in Tick tick, int i, int draw, ReadOnlySpan<Vec> ranks, Vec count, Vec u, Lane<Count> load)
    {
        var loads = load.AllVecs;
        var stride = Stride;
        var first = Vec.Floor(u * count);
        Vec chosen = -1.0, least = 1e300;
        for (var choice = 0; choice < p.Choices.Value; choice++)
        {
            var n = first;
            if (choice > 0)
            {
                n += 1.0 + Vec.Floor(tick.Words(draw + choice, i).Coarse0 * (count - 1.0));
                n -= Vec.Where(n >= count, count);
            }

            Vec row = -1.0, key = 1e299;
            for (var r = 0; r < ranks.Length; r++)
            {
                var hit = Vec.Equal(ranks[r], n);
                (row, key) = (Vec.Select(hit, r, row), Vec.Select(hit, loads[r * stride + i], key));
            }

            (chosen, least) = (Vec.Select(key < least, row, chosen), Vec.Min(key, least));
        }

        return chosen;
    }

    /// <summary>Smooth weighted turns: every request gives each server its weight, and takes all from the
    /// richest.</summary>
    private Vec InTurn(int i, ReadOnlySpan<Vec> ranks, Mask asks)
    {
        var credits = Credit.AllVecs;
        var stride = Stride;
        Vec chosen = -1.0, most = -1e300, sum = 0.0;
        for (var row = 0; row < ranks.Length; row++)
        {
            var weight = Vec.Where(ranks[row] >= Vec.Zero, p.Policy == Dispatch.Weighted ? _speeds[row] : 1);
            var credit = credits[row * stride + i] + weight;
            var better = (ranks[row] >= Vec.Zero) & (credit > most);
            (chosen, most) = (Vec.Select(better, row, chosen), Vec.Select(better, credit, most));
            sum += weight;
        }

        for (var row = 0; row < ranks.Length; row++)
        {
            var weight = Vec.Where(ranks[row] >= Vec.Zero, p.Policy == Dispatch.Weighted ? _speeds[row] : 1);
            credits[row * stride + i] += Vec.Where(asks, weight - Vec.Where(Vec.Equal(chosen, row), sum));
        }

        return chosen;
    }

    private Vec Idle(int i, ReadOnlySpan<Vec> ranks, Vec count, Vec u)
    {
        Vecs jobs = Jobs.AllVecs, down = Down.AllVecs;
        var stride = Stride;
        Vec idle = 0.0, chosen = -1.0, seen = 0.0;
        for (var row = 0; row < ranks.Length; row++)
        {
            idle += ((jobs[row * stride + i] + down[row * stride + i] <= Vec.Zero) & (ranks[row] >= Vec.Zero)).AsOne();
        }

        var n = Vec.Floor(u * idle);
        for (var row = 0; row < ranks.Length; row++)
        {
            var isIdle = (jobs[row * stride + i] + down[row * stride + i] <= Vec.Zero) & (ranks[row] >= Vec.Zero);
            chosen = Vec.Select(isIdle & Vec.Equal(seen, n), row, chosen);
            seen += isIdle.AsOne();
        }

        return p.Policy == Dispatch.CentralQueue ? chosen
            : Vec.Select(idle > Vec.Zero, chosen, Nth(ranks, Vec.Floor(u * count)));
    }

    /// <summary>From the home of the key clockwise to the first server below its bound; fast servers may hold
    /// more.</summary>
    private Vec OnRing(int i, ReadOnlySpan<Vec> ranks, Vec u)
    {
        var jobs = Jobs.AllVecs;
        var stride = Stride;
        Vec flying = 1.0, weights = 0.0;
        for (var row = 0; row < ranks.Length; row++)
        {
            var isUsable = ranks[row] >= Vec.Zero;
            flying += Vec.Where(isUsable, jobs[row * stride + i]);
            weights += Vec.Where(isUsable, _speeds[row]);
        }

        // Shares of the homes fall in a straight line; x is where their sum reaches u.
        var skew = p.KeySkew.Value;
        var home = Vec.Floor(2.0 * u / (1 + skew + Vec.Sqrt((1 + skew) * (1 + skew) - 4 * skew * u)) * _rows);
        weights = Vec.Max(weights, 0.1);
        Vec chosen = -1.0, least = 1e300;
        for (var row = 0; row < ranks.Length; row++)
        {
            var steps = row - home;
            var bound = BoundedLoad.Capacity(flying, _speeds[row], weights, p.BoundFactor.Value);
            steps += Vec.Where(steps < Vec.Zero, _rows) + Vec.Where(jobs[row * stride + i] >= bound, 2.0 * RowsMost);
            var better = (ranks[row] >= Vec.Zero) & (steps < least);
            (chosen, least) = (Vec.Select(better, row, chosen), Vec.Select(better, steps, least));
        }

        return chosen;
    }

    private Vec Near(ReadOnlySpan<Vec> ranks, Vec u, Vec origin)
    {
        Vec chosen = -1.0, least = 1e300;
        for (var row = 0; row < ranks.Length; row++)
        {
            var key = Vec.Abs(origin - _regions[row]) + 0.5 * Tie(u, row);
            var better = (ranks[row] >= Vec.Zero) & (key < least);
            (chosen, least) = (Vec.Select(better, row, chosen), Vec.Select(better, key, least));
        }

        return chosen;
    }

    /// <summary>Region that a request comes from.</summary>
    private Vec OriginOf(Vec u)
    {
        double regions = p.Regions.Value, first = p.RegionSkew.Value;
        if (regions == 1)
        {
            return Vec.Zero;
        }

        var rest = (u - first) * ((regions - 1) / Math.Max(1 - first, 1e-9));
        return Vec.Select(u < first, 0.0, Vec.Min(1.0 + Vec.Floor(Vec.Max(rest, 0.0)), regions - 1));
    }
}
