using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>How apps come to their shards.</summary>
public enum Assignment
{
    /// <summary>By a hash of the app, for good.</summary>
    StaticHash,

    /// <summary>By a hash; while load is uneven, the largest app that helps is moved from the most to the least
    /// loaded shard.</summary>
    Dynamic,

    /// <summary>By a hash; while load is uneven, the largest app of the most loaded shard is split over all shards,
    /// as far as it can be divided.</summary>
    Split,
}

/// <content>Parameters.</content>
public sealed partial class ShardedChain
{
    /// <summary>What a campaign file may set.</summary>
    public sealed record Parameters : FeeChainParameters
    {
        /// <summary>Number of shards (64 were planned for Ethereum; from memory).</summary>
        [Bounds(1, 64, Whole = true)] public Quantity<Count> Shards { get; init; } = new(8);

        /// <summary>Number of apps whose traffic is assigned to shards (own assumption).</summary>
        [Bounds(2, 256, Whole = true)] public Quantity<Count> Apps { get; init; } = new(64);

        /// <summary>Fall of traffic with the rank of an app: share rank^-s; 1 is Zipf's law (own assumption).</summary>
        [Bounds(0, 3)] public Quantity<Number> ZipfExponent { get; init; } = new(0.8);

        /// <summary>Usual demand at the reference fee over the targets of all shards (own assumption).</summary>
        [Bounds(0.01, 10)] public Quantity<Fraction> Load { get; init; } = new(0.5);

        /// <summary>How apps come to their shards.</summary>
        public Assignment Assignment { get; init; } = Assignment.StaticHash;

        /// <summary>Load of the most loaded shard over the mean above which the balancer begins (own
        /// assumption).</summary>
        [Bounds(1, 64)] public Quantity<Number> Threshold { get; init; } = new(1.5);

        /// <summary>Load of the most loaded shard over the mean at which the balancer rests (own assumption).</summary>
        [Bounds(1, 64)] public Quantity<Number> Release { get; init; } = new(1.2);

        /// <summary>Time from the decision to move or split an app until it is done (own assumption: an epoch of
        /// 32 slots).</summary>
        [Bounds(0, 604_800)] public Quantity<Second> MigrationDelay { get; init; } = new(384);

        /// <summary>Cost of moving or splitting an app of mean size; in proportion to its usual traffic (own
        /// assumption).</summary>
        [Bounds(0, 1e9)] public Quantity<Usd> CostPerApp { get; init; } = new(2_000);

        /// <summary>Share of the traffic of an app that does not need its one account, and so can be split (own
        /// assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Divisible { get; init; } = new(0.7);

        /// <summary>Rank of the app whose users see the fees and delays published; the hot app is 0.</summary>
        [Bounds(1, 255, Whole = true)] public Quantity<Count> HomeApp { get; init; } = new(5);

        /// <summary>Shard on which that app begins; 0 is the one on which the hot app begins.</summary>
        [Bounds(0, 63, Whole = true)] public Quantity<Count> HomeShard { get; init; } = new(0);

        /// <summary>Share of transactions that need another app, wherever it is (own assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Calls { get; init; } = new(0.3);

        /// <summary>Slots that a message between shards takes besides its inclusion there (own assumption: proof and
        /// receipt).</summary>
        [Bounds(0, 1000, Whole = true)] public Quantity<Count> Rounds { get; init; } = new(2);

        /// <summary>Probability that a message fails mid-way by itself (own assumption).</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> Failure { get; init; } = new(0.001);

        /// <summary>Blocks after which a message that is not included at the other shard has failed (own
        /// assumption).</summary>
        [Bounds(1, 1000, Whole = true)] public Quantity<Count> TimeoutBlocks { get; init; } = new(20);

        /// <summary>Time until a block is final (two and a half epochs of Ethereum).</summary>
        [Bounds(0, 604_800)] public Quantity<Second> FinalityTime { get; init; } = new(960);

        /// <summary>Most gas of a block of one shard.</summary>
        [Bounds(1e6, 1e10)] public Quantity<Gas> GasLimit { get; init; } = new(30e6);

        /// <summary>Gas of a transaction, by which transactions are counted (own assumption).</summary>
        [Bounds(21_000, 1e7)] public Quantity<Gas> TransactionGas { get; init; } = new(150_000);

        /// <summary>Least base fee of a shard that is hardly used; demand at a fee of nearly nothing would be without
        /// bound (own assumption).</summary>
        [Bounds(1e-6, 10_000)] public Quantity<Gwei> MinimumBaseFee { get; init; } = new(1);

        /// <summary>Long-run standard deviation of the log of the demand for the hot app, besides (own
        /// assumption).</summary>
        [Bounds(0, 3)] public Quantity<Number> HotDeviation { get; init; } = new(0.3);

        /// <summary>Bidders with a fixed rule: what they offer over the median gas price of the last 24 hours (own
        /// assumption).</summary>
        [Bounds(0.1, 100)] public Quantity<Number> BidMultiple { get; init; } = new(2);

        /// <inheritdoc/>
        public override IEnumerable<(string Parameter, string Message)> Check()
        {
            if (HomeShard.Value >= Shards.Value)
            {
                yield return ("homeShard", $"homeShard is {HomeShard.Value:0}; there are {Shards.Value:0} shards, "
                    + "numbered from 0");
            }

            if (MinimumBaseFee.Value > ReferenceBaseFee.Value)
            {
                yield return ("minimumBaseFee", $"minimumBaseFee is {MinimumBaseFee.Value:0.####} gwei; it must be at "
                    + $"most referenceBaseFee, which is {ReferenceBaseFee.Value:0.####} gwei");
            }

            if (HomeApp.Value >= Apps.Value)
            {
                yield return ("homeApp", $"homeApp is {HomeApp.Value:0}; there are {Apps.Value:0} apps, numbered "
                    + "from 0, the hot one");
            }

            if (Release.Value > Threshold.Value)
            {
                yield return ("release", $"release is {Release.Value:0.####}; it must be at most threshold, which is "
                    + $"{Threshold.Value:0.####}");
            }
        }
    }
}
