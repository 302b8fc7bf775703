using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <content>Which app is where, and what the balancer does about it.</content>
public sealed partial class ShardedChain
{
    /// <summary>A move must lower the higher load by more than rounding could.</summary>
    private const double LeastGain = 1e-9;

    /// <summary>Traffic of a tick in shares of the usual one.</summary>
    private struct Traffic
    {
        /// <summary>Targets a slot per unit of share.</summary>
        public Vec Demand;

        /// <summary>The hot app: all of it, what stays with its account, and the shard of that.</summary>
        public Vec Hot, HotAccount, HotAt;

        /// <summary>What is split, on each shard; and all traffic.</summary>
        public Vec Even, Sum;
    }

    /// <summary>Most and least loaded shard, the first among equals, and their traffic.</summary>
    private struct Extremes
    {
        public Vec Most, MostAt, Least, LeastAt;
    }

    /// <summary>The hot app comes to shard 0, the home app to its own, every other one to a shard drawn for the
    /// path.</summary>
    private void Place(in Tick tick)
    {
        foreach (var lane in (Lane[])[Placement, IsSplit, Spread, ShardShare])
        {
            lane.AllRows.Clear();
        }

        for (var app = 1; app < _shares.Length; app++)
        {
            var placement = Placement.Row(app);
            for (var i = 0; i < tick.Vectors; i++)
            {
                Vec drawn = Vec.Min(Vec.Floor(tick.PathUniform(app, i) * _shards), _shards - 1);
                var at = app == (int)p.HomeApp.Value ? p.HomeShard.Value : drawn;
                placement[i] = at;
                AddShare(i, at, _shares[app]);
            }
        }
    }

    private void AddShare(int i, Vec at, Vec share)
    {
        for (var shard = 0; shard < _shards; shard++)
        {
            var shares = ShardShare.Row(shard);
            shares[i] = Vec.Max(shares[i] + Vec.Where(Vec.Equal(at, shard), share), Vec.Zero);
        }
    }

    private Traffic Weigh(int i, Vec demand, Vec hotMultiple)
    {
        var hot = _shares[0] * hotMultiple;
        var split = p.Assignment == Assignment.Split ? IsSplit.Row(0)[i] * p.Divisible.Value * hot : Vec.Zero;
        return new Traffic
        {
            Demand = demand,
            Hot = hot,
            HotAccount = hot - split,
            HotAt = Placement.Row(0)[i],
            Even = (Spread.Vecs[i] + split) * (1.0 / _shards),
            Sum = 1 - _shares[0] + hot,
        };
    }

    private Vec ShareOf(in Traffic traffic, int shard, int i) =>
        ShardShare.Row(shard)[i] + traffic.Even + Vec.Where(Vec.Equal(traffic.HotAt, shard), traffic.HotAccount);

    private Extremes FindExtremes(int i, in Traffic traffic)
    {
        var first = ShareOf(traffic, 0, i);
        var found = new Extremes { Most = first, Least = first };
        for (var shard = 1; shard < _shards; shard++)
        {
            var share = ShareOf(traffic, shard, i);
            Mask above = share > found.Most, below = share < found.Least;
            (found.Most, found.MostAt) = (Vec.Select(above, share, found.Most), Vec.Select(above, shard, found.MostAt));
            (found.Least, found.LeastAt) =
                (Vec.Select(below, share, found.Least), Vec.Select(below, shard, found.LeastAt));
        }

        return found;
    }

    private Vec ImbalanceOf(in Extremes extremes, in Traffic traffic) =>
        Vec.Clamp(extremes.Most * _shards / traffic.Sum, 1.0, _shards);

    /// <summary>What the balancer has done before the first tick, at no cost: all but to move the hot and the home
    /// app.</summary>
    private void Settle(int i)
    {
        for (var round = 0; round < 4 * _shares.Length && p.Assignment != Assignment.StaticHash; round++)
        {
            var traffic = Weigh(i, 1.0, 1.0);
            var extremes = FindExtremes(i, traffic);
            var starts = Watch(i, ImbalanceOf(extremes, traffic));
            var chosen = Choose(i, starts, traffic, extremes, spares: true, out _);
            if (chosen.None)
            {
                break;
            }

            Arrive(i, chosen);
        }
    }

    private void Balance(in Tick tick, int i, Mask up, in Traffic traffic, in Extremes extremes)
    {
        if (p.Assignment == Assignment.StaticHash)
        {
            return;
        }

        Vecs time = MovingTime.Vecs, count = Migrations.Vecs, cost = MigrationCost.Vecs;
        var isMoving = MovingApp.Vecs[i] >= Vec.Zero;
        time[i] = Vec.Where(isMoving, Vec.Max(time[i] - Vec.Where(up, tick.Seconds), Vec.Zero));
        var arrives = isMoving & up & (time[i] <= Vec.Zero);
        if (arrives.Any)
        {
            Arrive(i, arrives);
        }

        var starts = Watch(i, ImbalanceOf(extremes, traffic)) & up & !isMoving;
        var chosen = Choose(i, starts, traffic, extremes, spares: false, out var share);
        count[i] = chosen.AsOne();
        cost[i] = Vec.Where(chosen, share * (p.CostPerApp.Value * _shares.Length));
        time[i] = Vec.Select(chosen, p.MigrationDelay.Value, time[i]);
        if (p.MigrationDelay.Value == 0 && chosen.Any)
        {
            Arrive(i, chosen);
        }
    }

    /// <summary>Paths on which the balancer is at work.</summary>
    private Mask Watch(int i, Vec imbalance)
    {
        var active = IsBalancing.Vecs;
        var isActive = (imbalance > p.Threshold.Value) | ((imbalance > p.Release.Value) & (active[i] > Vec.Zero));
        active[i] = isActive.AsOne();
        return isActive;
    }

    /// <summary>The largest app on the most loaded shard that may go; apps are numbered by falling size.</summary>
    private Mask Choose(
        int i, Mask starts, in Traffic traffic, in Extremes extremes, bool spares, out Vec share)
    {
        share = Vec.Zero;
        if (starts.None)
        {
            return starts;
        }

        var isSplitting = p.Assignment == Assignment.Split;
        var gap = (extremes.Most - extremes.Least) * (1 - LeastGain);
        var divides = !isSplitting || p.Divisible.Value > 0;
        Vec chosen = -1.0;
        for (var app = _shares.Length - 1; app >= 0 && divides; app--)
        {
            if (spares && !isSplitting && (app == 0 || app == (int)p.HomeApp.Value))
            {
                continue;
            }

            var size = app == 0 ? traffic.Hot : _shares[app];
            var may = starts & Vec.Equal(Placement.Row(app)[i], extremes.MostAt) & (size > share);
            may &= isSplitting ? IsSplit.Row(app)[i] <= Vec.Zero : size < gap;
            chosen = Vec.Select(may, app, chosen);
            share = Vec.Select(may, _shares[app], share);
        }

        Vecs movingApp = MovingApp.Vecs, to = MovingTo.Vecs;
        var found = starts & (chosen >= Vec.Zero);
        movingApp[i] = Vec.Select(found, chosen, movingApp[i]);
        to[i] = Vec.Select(found, extremes.LeastAt, to[i]);
        return found;
    }

    /// <summary>Ends the move or the split that is under way.</summary>
    private void Arrive(int i, Mask arrives)
    {
        Vecs moving = MovingApp.Vecs, spread = Spread.Vecs;
        var isSplitting = p.Assignment == Assignment.Split;
        Vec share = Vec.Zero, from = Vec.Zero, to = MovingTo.Vecs[i];
        for (var app = 0; app < _shares.Length; app++)
        {
            var isIt = arrives & Vec.Equal(moving[i], app);
            if (isIt.None)
            {
                continue;
            }

            Vecs placement = Placement.Row(app), state = isSplitting ? IsSplit.Row(app) : placement;
            from = Vec.Select(isIt, placement[i], from);
            share = Vec.Select(isIt, app == 0 ? 0 : _shares[app], share);
            state[i] = Vec.Select(isIt, isSplitting ? 1.0 : to, state[i]);
        }

        var leaves = isSplitting ? share * p.Divisible.Value : share;
        AddShare(i, from, -leaves);
        if (isSplitting)
        {
            spread[i] += leaves;
        }
        else
        {
            AddShare(i, to, leaves);
        }

        moving[i] = Vec.Select(arrives, -1.0, moving[i]);
    }
}
