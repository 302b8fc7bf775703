using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <content>Lanes: what it reads, what turns it, what it keeps and publishes.</content>
public sealed partial class ProofOfStakeChain
{
    /// <summary>Share of stake online as a staking system reports it, on top of the parameter.</summary>
    public Lane<Fraction> StakeParticipation { get; } = Lane.Input<Fraction>("stake.participation", absent: 1);

    /// <summary>Share of demand that still bids at the base fee: (b/b0)^-e.</summary>
    public Lane<Number> Willingness { get; } = Lane.State<Number>(1);

    /// <summary>Gas that waits, in targets of one block.</summary>
    public Lane<Number> Backlog { get; } = Lane.State<Number>();

    /// <summary>Log of the gas price in gwei.</summary>
    public Lane<Number> LogPrice { get; } = Lane.State<Number>();

    /// <summary>Log of the slow average of the gas price in gwei.</summary>
    public Lane<Number> LogSlowPrice { get; } = Lane.State<Number>();

    /// <summary>Log of the gas price at the end of each of the last 24 hours, where bids go by their median.</summary>
    public Lane<Number> HourlyLogPrice { get; } =
        Lane.State<Number>(0, p.BidRule == BidRule.DailyMedian ? DailyMedian.Samples : 1);

    /// <summary>Their median.</summary>
    public Lane<Number> LogMedianPrice { get; } = Lane.State<Number>();

    /// <summary>Price that is just included where everybody pays what he bids.</summary>
    public Lane<Gwei> ClearingPrice { get; } = Lane.State<Gwei>();

    /// <summary>Log of the blob fee in wei.</summary>
    public Lane<Number> LogBlobFee { get; } = Lane.State<Number>();

    /// <summary>Seconds since enough votes came in without a break.</summary>
    public Lane<Second> GoodTime { get; } = Lane.State<Second>();

    /// <summary>Seconds by which the last final epoch is older than usual.</summary>
    public Lane<Second> StallTime { get; } = Lane.State<Second>();

    /// <summary>Probability that a block includes a bid by the fixed rule: a multiple of the usual price, whatever the
    /// market does.</summary>
    [Bounds(0, 1)] public Lane<Fraction> StaticInclusion { get; } = Lane.Output<Fraction>(1);

    /// <summary>Fee of blob gas.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> BlobFee { get; } = Lane.Output<Gwei>(1e-9);

    /// <summary>Seconds of this tick without blocks; their sum as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Second> Downtime { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Base fees burned in this tick, in dollars; their sum as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Usd> FeesBurned { get; } = Lane.Output<Usd>(0, Over.Total);
}
