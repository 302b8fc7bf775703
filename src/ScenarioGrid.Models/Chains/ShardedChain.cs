using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Chains;

/// <summary>Chain whose traffic is divided over shards, each with its own blocks and fee market; apps are bound to
/// shards by a hash, by a balancer that moves them, or by splitting them.</summary>
/// <remarks>
/// <para>Apps a = 0 ... A-1 have Zipf shares w of the usual traffic; app 0 is the hot one. In targets of a slot, with S
/// shards, dials m and the demand d of a chain of one shard (see proof-of-stake-chain):</para>
/// <code>
/// v       = w, but w0 exp(Y) mHot for the hot app                       Y an Ornstein-Uhlenbeck process with median 0
/// load(s) = load S d (sum of v of the apps on s, what is split counting 1/S on every shard)
/// b, Q    = on each shard by EIP-1559 with elastic demand load(s) and a backlog
/// imbalance = max load / mean load
/// waits   = want/used of a shard, in slots;  waitsAll its mean by load
/// x       = slot (rounds + waitsAll)                                    a message to another shard
/// cross   = (calls + (1 - calls) spread) (1 - 1/S)                      spread: share of traffic that is split
/// f       = 1 - (1 - failure) (1 - mean by load of (1 - 1/waits)^timeout)
/// delay   = (slot waits(home) + cross x) / (1 - cross f)                broken ones are repeated from the start
/// inclusion = slot / delay,   broken = transactions cross f
/// static inclusion = inclusion while multiple x median of 24 hours >= b + tip, else 0
/// </code>
/// <para>The balancer begins when the imbalance exceeds its threshold and rests at its release. It moves one app at a
/// time: from the most to the least loaded shard the largest one with v below the gap of the two, so that each move
/// lowers the higher of both loads; where none is left, the highest load exceeds the lowest by less than the smallest
/// app on it, and is within one app of the optimum. Splitting spreads the divisible part of the largest app of the most
/// loaded shard; the rest, one account, stays whole. A split is not undone. Before the start the balancer has done what
/// it does in a calm, but has not touched the hot and the home app: the home app's users see their shard, and
/// what is published is what they see.</para>
/// <para>Shapes: every lane is [paths], those of shards [S x paths], of apps [A x paths]. Where the hash puts an app is
/// drawn once per path; shards are numbered from the one of the hot app. A moving app works until it has moved. All
/// bids follow the market. A tick costs some 60 operations per path, shard and slot until the shard's fee is at its
/// level, and 5 per app only where an app is chosen or arrives.</para>
/// <para>Source: EIP-1559; own derivation. Cross-shard messages as two-phase receipts: Buterin, "Cross-shard contract
/// yanking" (2018).</para>
/// </remarks>
[Component("sharded-chain")]
public sealed partial class ShardedChain(ShardedChain.Parameters p) : FeeChain(p)
{
    private const int DemandDraw = 0, HotDraw = 1;

    private readonly FeeMarket _market = new(
        p.Elasticity.Value, p.FeeDenominator.Value, p.DemandElasticity.Value, p.ReferenceBaseFee.Value,
        LaneMath.Exp(-p.Slot.Value / p.BacklogLife.Value), p.MinimumBaseFee.Value);

    private readonly double[] _shares = Zipf.Shares((int)p.Apps.Value, p.ZipfExponent.Value);
    private readonly int _shards = (int)p.Shards.Value;
    private readonly double _transactionsPerTarget = p.GasLimit.Value / p.Elasticity.Value / p.TransactionGas.Value;

    /// <summary>Sums over the shards after their blocks of a tick.</summary>
    private struct Sums
    {
        /// <summary>Gas used and dropped, in targets; highest fee.</summary>
        public Vec Used, Dropped, Fee;

        /// <summary>Load, and slots until inclusion and chance of missing the timeout times load.</summary>
        public Vec Load, Waits, Late;

        /// <summary>Gas used and asked for on the shard of the home app, and the fee there.</summary>
        public Vec HomeUsed, HomeWant, HomeFee;
    }

    public override void Start(in Tick tick)
    {
        Place(tick);
        foreach (var lane in (Lane[])[LogDemand, LogHot, HaltTime, ShardBacklog, IsBalancing, MovingTime, MovingTo,
            Migrations, MigrationCost, DroppedTransactions, BrokenMessages, Blocks])
        {
            lane.AllRows.Clear();
        }

        MovingApp.Span.Fill(-1);
        IsUp.Span.Fill(1);
        Utilisation.Span.Fill(1);
        FinalityDelay.Span.Fill(p.FinalityTime.Value);
        MarketPrice.Span.CopyTo(NativePrice.Span);
        for (var i = 0; i < tick.Vectors; i++)
        {
            Settle(i);
            var traffic = Weigh(i, p.Load.Value * _shards, 1.0);
            SetImbalance(i, FindExtremes(i, traffic), traffic);
            var level = new Sums();
            for (var shard = 0; shard < _shards; shard++)
            {
                var load = traffic.Demand * ShareOf(traffic, shard, i);
                var state = _market.AtLevel(load);
                Keep(shard, i, state);
                level.Load += load;
                level.Used += Vec.Min(load * state.Willing, p.Elasticity.Value);
                level.Fee = Vec.Max(level.Fee, state.Fee);
                level.HomeFee = shard == (int)p.HomeShard.Value ? state.Fee : level.HomeFee;
            }

            (level.Waits, level.HomeUsed, level.HomeWant) = (level.Load, 1.0, 1.0);
            Publish(i, 1, Vec.Zero >= Vec.Zero, traffic, level);
            DailyMedian.Record(HourlyPrice, (0, DailyMedian.Samples), i, GasPrice.Vecs[i]);
            SetStaticBid(i);
        }
    }

    public override void Step(in Tick tick)
    {
        var slots = SlotsOf(tick);
        Vecs halted = Halted.Vecs, haltTime = HaltTime.Vecs, blocks = Blocks.Vecs, final = FinalityDelay.Vecs;
        Vecs inclusion = Inclusion.Vecs, dropped = DroppedTransactions.Vecs, broken = BrokenMessages.Vecs;
        Vecs bid = StaticBid.Vecs, price = GasPrice.Vecs, rule = StaticInclusion.Vecs;
        var hours = DailyMedian.Hours(tick);
        MoveLog(tick, LogDemand, p.DemandDeviation.Value, DemandDraw);
        MoveLog(tick, LogHot, p.HotDeviation.Value, HotDraw);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var up = halted[i] < 0.5;
            CountHalt(i, up, tick.Seconds);
            final[i] = p.FinalityTime.Value + haltTime[i];
            blocks[i] = Vec.Where(up, slots);
            var traffic = Weigh(i, Demand(i), HotAppMultiple.Vecs[i] * LaneMath.Exp(LogHot.Vecs[i]));
            var extremes = FindExtremes(i, traffic);
            SetImbalance(i, extremes, traffic);
            dropped[i] = broken[i] = Vec.Zero;
            if (slots > 0)
            {
                var sums = ClearShards(i, slots, traffic, up.AsOne());
                Publish(i, slots, up, traffic, sums);
            }

            WaitWhileHalted(i, up);
            rule[i] = Vec.Where(bid[i] >= price[i], inclusion[i]);
            if (hours.Count > 0)
            {
                DailyMedian.Record(HourlyPrice, hours, i, price[i]);
                SetStaticBid(i);
            }

            Balance(tick, i, up, traffic, extremes);
        }
    }

    /// <summary>Demand of all shards while the hot app is as usual, in targets a slot.</summary>
    private Vec Demand(int i) => p.Load.Value * _shards * LaneMath.Exp(LogDemand.Vecs[i]) * DemandMultiple.Vecs[i]
        * ByVolatility(i) * MarketDemand.Vecs[i];

    private void Keep(int shard, int i, in FeeMarket.State state)
    {
        Vecs fee = ShardFee.Row(shard), willing = ShardWillingness.Row(shard), waiting = ShardBacklog.Row(shard);
        (fee[i], willing[i], waiting[i]) = (state.Fee, state.Willing, state.Waiting);
    }

    private Sums ClearShards(int i, int slots, in Traffic traffic, Vec proposing)
    {
        var sums = new Sums();
        var home = Placement.Row((int)p.HomeApp.Value)[i];
        for (var shard = 0; shard < _shards; shard++)
        {
            var load = traffic.Demand * ShareOf(traffic, shard, i);
            var state = new FeeMarket.State
            {
                Fee = ShardFee.Row(shard)[i],
                Willing = ShardWillingness.Row(shard)[i],
                Waiting = ShardBacklog.Row(shard)[i],
            };
            _market.ClearToLevel(ref state, slots, load, proposing);
            Keep(shard, i, state);
            var isFull = state.Want > state.Used;
            sums.Used += state.Used;
            sums.Dropped += state.Dropped;
            sums.Fee = Vec.Max(sums.Fee, state.Fee);
            sums.Load += load;
            sums.Waits += load * Waits(state.Used, state.Want);
            if (isFull.Any)
            {
                var missed = Vec.Where(isFull, 1.0 - state.Used / state.Want);
                sums.Late += load * Power(missed, (int)p.TimeoutBlocks.Value);
            }

            var isHome = Vec.Equal(home, shard);
            sums.HomeUsed = Vec.Select(isHome, state.Used, sums.HomeUsed);
            sums.HomeWant = Vec.Select(isHome, state.Want, sums.HomeWant);
            sums.HomeFee = Vec.Select(isHome, state.Fee, sums.HomeFee);
        }

        return sums;
    }

    /// <summary>Slots until a bid that follows the market is included.</summary>
    private Vec Waits(Vec used, Vec want) =>
        Vec.Select(want > used, Vec.Min(want / used, DelayLimit / p.Slot.Value), 1.0);

    private static Vec Power(Vec x, int exponent)
    {
        Vec power = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            power = (exponent & 1) != 0 ? power * x : power;
            x *= x;
        }

        return power;
    }
}
