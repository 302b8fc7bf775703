using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Services;

/// <content>Who gets the next request.</content>
public sealed partial class ServicePool
{
    /// <summary>Row of the server that the policy picks among the usable ones; -1 when there is none.</summary>
    private Vec Choose(
        in Tick tick, int i, int draw, ReadOnlySpan<Vec> usable, Vec count, Mask asks, Vec u, Vec origin,
        bool isLive) =>
        p.Policy switch
        {
            Dispatch.RoundRobin or Dispatch.Weighted => InTurn(i, usable, asks),
            Dispatch.LeastOutstanding => Least(i, usable, u, isLive ? Jobs : Reported, bySpeed: false),
            Dispatch.PowerOfD => OfSome(tick, i, draw, usable, count, u, isLive ? Jobs : Reported),
            Dispatch.Jsq => Least(i, usable, u, Jobs, bySpeed: true),
            Dispatch.Jiq or Dispatch.CentralQueue => Idle(i, usable, count, u),
            Dispatch.ConsistentHash => OnRing(i, usable, count, u),
            Dispatch.GeoNearest => Near(usable, u, origin),
            _ => Nth(usable, Vec.Floor(u * count)),
        };

    /// <summary>The n-th usable row, counted from 0.</summary>
    private static Vec Nth(ReadOnlySpan<Vec> usable, Vec n)
    {
        Vec chosen = -1.0, seen = 0.0;
        for (var row = 0; row < usable.Length; row++)
        {
            chosen = Vec.Select((usable[row] > 0.5) & Vec.Equal(seen, n), row, chosen);
            seen += usable[row];
        }

        return chosen;
    }

    /// <summary>Another random order of the rows for each request, below 1: it settles ties.</summary>
    private static Vec Tie(Vec u, int row)
    {
        var shifted = u + row * 0.6180339887498949;
        return shifted - Vec.Floor(shifted);
    }

    private Vec Least(int i, ReadOnlySpan<Vec> usable, Vec u, Lane<Count> load, bool bySpeed)
    {
        Vec chosen = -1.0, least = 1e300;
        for (var row = 0; row < usable.Length; row++)
        {
            var jobs = load.Row(row)[i];
            var key = (bySpeed ? (jobs + 1.0) * (1 / SpeedOf(row)) : jobs) + 1e-3 * Tie(u, row);
            var better = (usable[row] > 0.5) & (key < least);
            (chosen, least) = (Vec.Select(better, row, chosen), Vec.Select(better, key, least));
        }

        return chosen;
    }

    /// <summary>The first choice is any usable server, each further one any but the first.</summary>
    private Vec OfSome(
        in Tick tick, int i, int draw, ReadOnlySpan<Vec> usable, Vec count, Vec u, Lane<Count> load)
    {
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

            Vec row = -1.0, key = 1e299, seen = 0.0;
            for (var r = 0; r < usable.Length; r++)
            {
                var hit = (usable[r] > 0.5) & Vec.Equal(seen, n);
                (row, key) = (Vec.Select(hit, r, row), Vec.Select(hit, load.Row(r)[i], key));
                seen += usable[r];
            }

            (chosen, least) = (Vec.Select(key < least, row, chosen), Vec.Min(key, least));
        }

        return chosen;
    }

    /// <summary>Smooth weighted turns: every request gives each server its weight, and takes all from the
    /// richest.</summary>
    private Vec InTurn(int i, ReadOnlySpan<Vec> usable, Mask asks)
    {
        Vec chosen = -1.0, most = -1e300, sum = 0.0;
        for (var row = 0; row < usable.Length; row++)
        {
            var weight = usable[row] * (p.Policy == Dispatch.Weighted ? SpeedOf(row) : 1);
            var credit = Credit.Row(row)[i] + weight;
            var better = (usable[row] > 0.5) & (credit > most);
            (chosen, most) = (Vec.Select(better, row, chosen), Vec.Select(better, credit, most));
            sum += weight;
        }

        for (var row = 0; row < usable.Length; row++)
        {
            var credit = Credit.Row(row);
            var weight = usable[row] * (p.Policy == Dispatch.Weighted ? SpeedOf(row) : 1);
            credit[i] += Vec.Where(asks, weight - Vec.Where(Vec.Equal(chosen, row), sum));
        }

        return chosen;
    }

    private Vec Idle(int i, ReadOnlySpan<Vec> usable, Vec count, Vec u)
    {
        Vec idle = 0.0, chosen = -1.0, seen = 0.0;
        for (var row = 0; row < usable.Length; row++)
        {
            idle += IsIdle(i, row, usable[row]).AsOne();
        }

        var n = Vec.Floor(u * idle);
        for (var row = 0; row < usable.Length; row++)
        {
            var isIdle = IsIdle(i, row, usable[row]);
            chosen = Vec.Select(isIdle & Vec.Equal(seen, n), row, chosen);
            seen += isIdle.AsOne();
        }

        return p.Policy == Dispatch.CentralQueue ? chosen
            : Vec.Select(idle > Vec.Zero, chosen, Nth(usable, Vec.Floor(u * count)));
    }

    private Mask IsIdle(int i, int row, Vec usable) =>
        (usable > 0.5) & (Jobs.Row(row)[i] <= Vec.Zero) & (Down.Row(row)[i] <= Vec.Zero);

    /// <summary>From the home of the key clockwise to the first server below its bound.</summary>
    private Vec OnRing(int i, ReadOnlySpan<Vec> usable, Vec count, Vec u)
    {
        Vec flying = 1.0;
        for (var row = 0; row < usable.Length; row++)
        {
            flying += usable[row] * Jobs.Row(row)[i];
        }

        // Shares of the homes fall in a straight line; x is where their sum reaches u.
        var skew = p.KeySkew.Value;
        var home = Vec.Floor(2.0 * u / (1 + skew + Vec.Sqrt((1 + skew) * (1 + skew) - 4 * skew * u)) * _rows);
        var bound = -Vec.Floor(-(p.BoundFactor.Value * flying / Vec.Max(count, 1.0)));
        Vec chosen = -1.0, least = 1e300;
        for (var row = 0; row < usable.Length; row++)
        {
            var steps = row - home;
            steps += Vec.Where(steps < Vec.Zero, _rows) + Vec.Where(Jobs.Row(row)[i] >= bound, 2.0 * RowsMost);
            var better = (usable[row] > 0.5) & (steps < least);
            (chosen, least) = (Vec.Select(better, row, chosen), Vec.Select(better, steps, least));
        }

        return chosen;
    }

    private Vec Near(ReadOnlySpan<Vec> usable, Vec u, Vec origin)
    {
        Vec chosen = -1.0, least = 1e300;
        for (var row = 0; row < usable.Length; row++)
        {
            var key = Vec.Abs(origin - RegionOf(row)) + 0.5 * Tie(u, row);
            var better = (usable[row] > 0.5) & (key < least);
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
