using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>How blocks are sold.</summary>
public enum BlockAuction
{
    /// <summary>A base fee that is burned, and a tip (EIP-1559).</summary>
    BaseFee,

    /// <summary>Everybody pays what he bids, and blocks hold what is the target today (Ethereum until
    /// 2021).</summary>
    FirstPrice,
}

/// <summary>What a bidder with a fixed rule takes for the usual gas price.</summary>
public enum BidRule
{
    /// <summary>A slow geometric average.</summary>
    SlowAverage,

    /// <summary>The median of the last 24 hours, hour by hour.</summary>
    DailyMedian,
}

/// <content>Parameters.</content>
public sealed partial class ProofOfStakeChain
{
    /// <summary>What a campaign file may set.</summary>
    public sealed record Parameters : FeeChainParameters
    {
        /// <summary>Slots of an epoch, the unit of voting.</summary>
        [Bounds(1, 1024, Whole = true)] public Quantity<Count> EpochSlots { get; init; } = new(32);

        /// <summary>Epochs of votes that make a block final; half an epoch is waited for on average besides.</summary>
        [Bounds(1, 100, Whole = true)] public Quantity<Count> FinalityEpochs { get; init; } = new(2);

        /// <summary>Most gas of a block (from memory; 30M until 2025).</summary>
        [Bounds(1e6, 1e10)] public Quantity<Gas> GasLimit { get; init; } = new(60e6);

        /// <summary>
        /// Share of standard bidders who follow the market; the rest bid by a fixed rule (own assumption).
        /// </summary>
        [Bounds(0, 1)] public Quantity<Fraction> AdaptiveBidders { get; init; } = new(0.8);

        /// <summary>
        /// Fixed rule: highest price offered over the slow average of the gas price (own assumption).
        /// </summary>
        [Bounds(0.1, 100)] public Quantity<Number> BidMultiple { get; init; } = new(2);

        /// <summary>
        /// Fixed rule: half-life of the slow geometric average; 12 hours stand for a median over 24 hours.
        /// </summary>
        [Bounds(12, 31_536_000)] public Quantity<Second> BidHalfLife { get; init; } = new(43_200);

        /// <summary>What the fixed rule takes for the usual gas price.</summary>
        public BidRule BidRule { get; init; } = BidRule.SlowAverage;

        /// <summary>How blocks are sold.</summary>
        public BlockAuction Auction { get; init; } = BlockAuction.BaseFee;

        /// <summary>Where bidders pay what they bid: probability per block that those who follow the market aim at
        /// (own assumption).</summary>
        [Bounds(0.01, 0.99)] public Quantity<Fraction> BidConfidence { get; init; } = new(0.5);

        /// <summary>Demand for blobs at the reference blob fee over the target; 0 leaves their fee at one
        /// wei.</summary>
        [Bounds(0, 100)] public Quantity<Number> BlobDemand { get; init; } = new(0);

        /// <summary>Blob fee at which a blob demand of 1 fills the target (own assumption).</summary>
        [Bounds(1e-9, 1e6)] public Quantity<Gwei> ReferenceBlobFee { get; init; } = new(1);

        /// <summary>Fall of blob demand in percent when their fee rises by one percent (own assumption).</summary>
        [Bounds(0.1, 2)] public Quantity<Number> BlobElasticity { get; init; } = new(0.5);

        /// <summary>Blobs of a block at which their fee stays (EIP-7691; 3 in EIP-4844).</summary>
        [Bounds(1, 128)] public Quantity<Count> BlobTarget { get; init; } = new(6);

        /// <summary>Most blobs of a block (EIP-7691; 6 in EIP-4844).</summary>
        [Bounds(2, 256)] public Quantity<Count> BlobMax { get; init; } = new(9);

        /// <summary>Excess blob gas that multiplies their fee by e (EIP-7691; 3 338 477 in EIP-4844).</summary>
        [Bounds(100_000, 1e9)] public Quantity<Gas> BlobUpdateFraction { get; init; } = new(5_007_716);

        /// <summary>Share of stake that proposes and votes (from memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Participation { get; init; } = new(0.99);

        /// <summary>Share of stake that withholds its votes and leaves standard bids out of its blocks.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> AttackerShare { get; init; } = new(0);

        /// <inheritdoc/>
        public override IEnumerable<(string Parameter, string Message)> Check()
        {
            if (BlobMax.Value <= BlobTarget.Value)
            {
                yield return ("blobMax", $"blobMax is {BlobMax.Value:0.####}; it must be above blobTarget, which is "
                    + $"{BlobTarget.Value:0.####}");
            }
        }
    }
}
