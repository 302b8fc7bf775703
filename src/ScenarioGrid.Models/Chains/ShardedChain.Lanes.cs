using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <content>Lanes: what it reads, what turns it, what it keeps and publishes.</content>
public sealed partial class ShardedChain
{
    /// <summary>Multiple of the demand for the hot app alone.</summary>
    public Lane<Number> HotAppMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>Log of the hot app's demand over its usual, besides.</summary>
    public Lane<Number> LogHot { get; } = Lane.State<Number>();

    /// <summary>Base fee of each shard.</summary>
    public Lane<Gwei> ShardFee { get; } = Lane.State<Gwei>(0, (int)p.Shards.Value);

    /// <summary>Share of demand that still bids at the base fee of each shard: (b/b0)^-e.</summary>
    public Lane<Number> ShardWillingness { get; } = Lane.State<Number>(1, (int)p.Shards.Value);

    /// <summary>Gas that waits at each shard, in targets of one block.</summary>
    public Lane<Number> ShardBacklog { get; } = Lane.State<Number>(0, (int)p.Shards.Value);

    /// <summary>Share of usual traffic bound to each shard, the hot app and what is split left out.</summary>
    public Lane<Fraction> ShardShare { get; } = Lane.State<Fraction>(0, (int)p.Shards.Value);

    /// <summary>Shard of the account of each app; the hot app is the first.</summary>
    public Lane<Count> Placement { get; } = Lane.State<Count>(0, (int)p.Apps.Value);

    /// <summary>1 for each app that is split.</summary>
    public Lane<Fraction> IsSplit { get; } = Lane.State<Fraction>(0, SplitRows(p));

    /// <summary>Share of usual traffic that is spread over all shards, the hot app left out.</summary>
    public Lane<Fraction> Spread { get; } = Lane.State<Fraction>();

    /// <summary>1 while the balancer is at work.</summary>
    public Lane<Fraction> IsBalancing { get; } = Lane.State<Fraction>();

    /// <summary>The app that is being moved or split; -1 for none.</summary>
    public Lane<Count> MovingApp { get; } = Lane.State<Count>(-1);

    /// <summary>The shard it goes to.</summary>
    public Lane<Count> MovingTo { get; } = Lane.State<Count>();

    /// <summary>Time until it is there.</summary>
    public Lane<Second> MovingTime { get; } = Lane.State<Second>();

    /// <summary>Gas price of the home app's users at the end of each of the last 24 hours.</summary>
    public Lane<Gwei> HourlyPrice { get; } = Lane.State<Gwei>(0, DailyMedian.Samples);

    /// <summary>What bidders with a fixed rule offer: a multiple of the median of those.</summary>
    public Lane<Gwei> StaticBid { get; } = Lane.State<Gwei>();

    /// <summary>Probability per block that a transaction of the home app that bids by the fixed rule is done: 0 while
    /// the price is above its bid.</summary>
    [Bounds(0, 1)] public Lane<Fraction> StaticInclusion { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>Load of the most loaded shard over the mean of all, at the reference fee: 1 is even. What is used
    /// does not show it, because fees press it to the target everywhere.</summary>
    [Bounds(1, 64)] public Lane<Number> Imbalance { get; } = Lane.Output<Number>(1, Over.Mean);

    /// <summary>Load of the most loaded shard over the mean of all; the largest as a measure.</summary>
    [Bounds(1, 64)] public Lane<Number> ImbalanceMax { get; } = Lane.Output<Number>(1, Over.Max);

    /// <summary>Highest base fee of all shards.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> HottestBaseFee { get; } = Lane.Output<Gwei>(0, Over.Max);

    /// <summary>Gas used by all shards over the most that they could use.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Throughput { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Transactions of this tick, on all shards, that were outbid until they gave up.</summary>
    [Bounds(0, double.MaxValue)]
    public Lane<Count> DroppedTransactions { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Expected time that a message to another shard takes beyond its own shard, at most a day.</summary>
    [Bounds(0, DelayLimit)] public Lane<Second> CrossShardDelay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>Share of transactions that need more than one shard.</summary>
    [Bounds(0, 1)] public Lane<Fraction> CrossShardShare { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Transactions of this tick, on all shards, that were done on one shard and failed on the
    /// other.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Count> BrokenMessages { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Apps that the balancer began to move or split in this tick.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Count> Migrations { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Cost of moving or splitting them.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Usd> MigrationCost { get; } = Lane.Output<Usd>(0, Over.Total);

    private static int SplitRows(Parameters p) => p.Assignment == Assignment.Split ? (int)p.Apps.Value : 1;
}
