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
    public sealed record Parameters : IChecked
    {
        /// <summary>Time from slot to slot.</summary>
        [Bounds(0.2, 600)] public Quantity<Second> Slot { get; init; } = new(12);

        /// <summary>Slots of an epoch, the unit of voting.</summary>
        [Bounds(1, 1024, Whole = true)] public Quantity<Count> EpochSlots { get; init; } = new(32);

        /// <summary>Epochs of votes that make a block final; half an epoch is waited for on average besides.</summary>
        [Bounds(1, 100, Whole = true)] public Quantity<Count> FinalityEpochs { get; init; } = new(2);

        /// <summary>Most gas of a block (from memory; 30M until 2025).</summary>
        [Bounds(1e6, 1e10)] public Quantity<Gas> GasLimit { get; init; } = new(60e6);

        /// <summary>Gas limit over gas target (EIP-1559).</summary>
        [Bounds(1.1, 2)] public Quantity<Number> Elasticity { get; init; } = new(2);

        /// <summary>Divisor of the change of the base fee per block (EIP-1559).</summary>
        [Bounds(8, 1024)] public Quantity<Number> FeeDenominator { get; init; } = new(8);

        /// <summary>Base fee at which ordinary demand just fills the target; also the base fee at the start.</summary>
        [Bounds(0.001, 10_000)] public Quantity<Gwei> ReferenceBaseFee { get; init; } = new(20);

        /// <summary>Fall of demand in percent when the base fee rises by one percent.</summary>
        [Bounds(0.1, 2)] public Quantity<Number> DemandElasticity { get; init; } = new(0.5);

        /// <summary>
        /// Long-run standard deviation of log-demand. Default: 0.92 in log gas price times the elasticity.
        /// </summary>
        [Bounds(0, 3)] public Quantity<Number> DemandDeviation { get; init; } = new(0.46);

        /// <summary>
        /// Time in which log-demand loses half of its distance from the usual. Default: 11.3 days, fitted.
        /// </summary>
        [Bounds(60, 31_536_000)] public Quantity<Second> DemandHalfLife { get; init; } = new(978_000);

        /// <summary>Rise of demand per unit of volatility above calm, in units of the calm volatility.</summary>
        [Bounds(0, 10)] public Quantity<Number> VolatilityCoupling { get; init; } = new(0.3);

        /// <summary>Volatility at and below which demand is ordinary. Default: ETH 2020-2023, hourly.</summary>
        [Bounds(0.01, 10)] public Quantity<Volatility> CalmVolatility { get; init; } = new(0.93);

        /// <summary>
        /// Largest multiple of demand by volatility. Default: 15 in gas, the largest daily innovation of 2015-2021.
        /// </summary>
        [Bounds(1, 100)] public Quantity<Number> VolatilityDemandMax { get; init; } = new(3.9);

        /// <summary>Mean time after which a transaction that waits is given up.</summary>
        [Bounds(1, 86_400)] public Quantity<Second> BacklogLife { get; init; } = new(1800);

        /// <summary>Tip of a bid when blocks are not full.</summary>
        [Bounds(0, 1000)] public Quantity<Gwei> TipFloor { get; init; } = new(0.1);

        /// <summary>
        /// Median tip in the book of bids when blocks are full, at the reference base fee; in proportion to it.
        /// </summary>
        [Bounds(0, 10_000)] public Quantity<Gwei> TipMedian { get; init; } = new(2);

        /// <summary>Standard deviation of the log of the bids in the book.</summary>
        [Bounds(0.01, 5)] public Quantity<Number> BidDeviation { get; init; } = new(1);

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
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (BlobMax.Value <= BlobTarget.Value)
            {
                yield return ("blobMax", $"blobMax is {BlobMax.Value:0.####}; it must be above blobTarget, which is "
                    + $"{BlobTarget.Value:0.####}");
            }
        }
    }
}
