using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <summary>Where a rollup puts its data.</summary>
public enum DataPlace
{
    /// <summary>Into transactions of the parent chain.</summary>
    Calldata,

    /// <summary>Into blobs of the data layer.</summary>
    Blobs,

    /// <summary>Wherever it is cheaper when the batch is posted.</summary>
    Cheapest,
}

/// <summary>Sequencer of a rollup with a capacity, and the batches it posts to its parent chain and what they
/// cost.</summary>
/// <remarks>
/// <para>Per path and tick of h seconds; G = capacity:</para>
/// <code>
/// done    = min(queue + demand m h, G h)                        0 while the rollup is down
/// queue'  = (queue + demand m h - done) exp(-h/patience)
/// bytes'  = bytes + done bytesPerTransaction / transactionGas,   age' = age + h while bytes wait
/// posted once age reaches the interval and the parent chain is up, b = max(1, h/interval) batches:
/// calldata = 16 bytes gasPrice,   blobs = 131072 ceil(bytes/131072) blobFee
/// cost     = (b batchGas gasPrice + data) native
/// </code>
/// <para>Shapes: every lane is [paths]. Transactions are alike. Without a data layer a blob costs one wei per gas, the
/// least there is.</para>
/// <para>Source: EIP-2028 (16 gas a byte), EIP-4844 (blob of 131 072 gas and bytes); queue own derivation.</para>
/// </remarks>
[Component("rollup-batches")]
public sealed class RollupBatches(RollupBatches.Parameters p) : Component
{
    private const double GasPerByte = 16, BlobBytes = 131_072, TokenPerGwei = 1e-9;

    /// <summary>What a campaign file may set.</summary>
    public sealed record Parameters
    {
        /// <summary>Gas that the sequencer can execute in a second (Arbitrum One: 7 M; from memory).</summary>
        [Bounds(1e3, 1e10)] public Quantity<Gas> CapacityPerSecond { get; init; } = new(7e6);

        /// <summary>Gas that users ask for in a second (own assumption).</summary>
        [Bounds(0, 1e10)] public Quantity<Gas> DemandPerSecond { get; init; } = new(2e6);

        /// <summary>Gas of a transaction on the rollup (own assumption).</summary>
        [Bounds(21_000, 1e7)] public Quantity<Gas> TransactionGas { get; init; } = new(150_000);

        /// <summary>Bytes of a transaction after compression (from memory).</summary>
        [Bounds(1, 10_000)] public Quantity<Count> TransactionBytes { get; init; } = new(100);

        /// <summary>Mean time after which a transaction that waits is given up (own assumption).</summary>
        [Bounds(1, 86_400)] public Quantity<Second> Patience { get; init; } = new(1800);

        /// <summary>Time between batches (own assumption).</summary>
        [Bounds(1, 86_400)] public Quantity<Second> Interval { get; init; } = new(300);

        /// <summary>Gas of the parent chain for a batch besides its data (from memory).</summary>
        [Bounds(21_000, 1e8)] public Quantity<Gas> BatchGas { get; init; } = new(200_000);

        /// <summary>Where the data goes.</summary>
        public DataPlace Data { get; init; } = DataPlace.Blobs;
    }

    /// <summary>Gas price on the parent chain.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice");

    /// <summary>Price of its token.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice");

    /// <summary>1 while it makes blocks.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp");

    /// <summary>Fee of blob gas on the data layer, mostly the parent chain itself.</summary>
    public Lane<Gwei> BlobFee { get; } = Lane.Input<Gwei>("dataLayer.blobFee", absent: 1e-9);

    /// <summary>1 while the rollup takes transactions.</summary>
    public Lane<Fraction> RollupIsUp { get; } = Lane.Input<Fraction>("rollup.isUp", absent: 1);

    /// <summary>Multiple of the demand for gas on the rollup.</summary>
    public Lane<Number> DemandMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>Bytes executed and not posted.</summary>
    public Lane<Count> Bytes { get; } = Lane.State<Count>();

    /// <summary>Gas that waits for the sequencer.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Gas> Queue { get; } = Lane.Output<Gas>();

    /// <summary>Gas executed over the capacity.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Utilisation { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Time until a transaction sent now is executed, while the rollup is up.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Second> Delay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>Transactions given up in the tick.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> DroppedTransactions { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Time since the oldest transaction that is not posted: so much is lost with the sequencer.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Second> UnpostedAge { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Cost of the batches of the tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> BatchCost { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Cost of the last batch for each of its transactions.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> TransactionCost { get; } = Lane.Output<Usd>(0, Over.Mean);

    public override void Step(in Tick tick)
    {
        Vecs queue = Queue.Vecs, bytes = Bytes.Vecs, delay = Delay.Vecs, dropped = DroppedTransactions.Vecs;
        Vecs use = Utilisation.Vecs, multiple = DemandMultiple.Vecs, up = RollupIsUp.Vecs;
        var capacity = p.CapacityPerSecond.Value * tick.Seconds;
        var stays = LaneMath.Exp(-tick.Seconds / p.Patience.Value);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var asked = queue[i] + p.DemandPerSecond.Value * tick.Seconds * multiple[i];
            var done = Vec.Where(up[i] >= 0.5, Vec.Min(asked, capacity));
            var waits = Vec.Max(asked - done, Vec.Zero);
            queue[i] = waits * stays;
            dropped[i] = waits * ((1 - stays) / p.TransactionGas.Value);
            use[i] = Vec.Min(done / capacity, 1.0);
            delay[i] = queue[i] * (1 / p.CapacityPerSecond.Value);
            bytes[i] += done * (p.TransactionBytes.Value / p.TransactionGas.Value);
            Post(i, tick.Seconds);
        }
    }

    private void Post(int i, double seconds)
    {
        Vecs bytes = Bytes.Vecs, age = UnpostedAge.Vecs, cost = BatchCost.Vecs, each = TransactionCost.Vecs;
        Vec waiting = bytes[i], price = GasPrice.Vecs[i];
        age[i] = Vec.Where(waiting > Vec.Zero, age[i] + seconds);
        var posts = (age[i] >= p.Interval.Value * (1 - 1e-12)) & (ChainIsUp.Vecs[i] >= 0.5) & (waiting > Vec.Zero);
        var calldata = GasPerByte * waiting * price;
        var blobs = -Vec.Floor(-waiting * (1 / BlobBytes)) * BlobBytes * BlobFee.Vecs[i];
        var data = p.Data switch
        {
            DataPlace.Calldata => calldata,
            DataPlace.Blobs => blobs,
            _ => Vec.Min(calldata, blobs),
        };
        var batches = Math.Max(1, Math.Floor(seconds / p.Interval.Value));
        var paid = (batches * p.BatchGas.Value * price + data) * NativePrice.Vecs[i] * TokenPerGwei;
        cost[i] = Vec.Where(posts, paid);
        each[i] = Vec.Select(posts, paid / waiting * p.TransactionBytes.Value, each[i]);
        bytes[i] = Vec.Select(posts, Vec.Zero, waiting);
        age[i] = Vec.Select(posts, Vec.Zero, age[i]);
    }
}
