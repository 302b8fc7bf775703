using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <content>Lanes: what it reads, what turns it, what it keeps and publishes.</content>
public sealed partial class ProofOfStakeChain
{
    /// <summary>Price of the token that pays for gas.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price", absent: 2000);

    /// <summary>Realised volatility of that token; without a market demand is not coupled to it.</summary>
    public Lane<Volatility> MarketVolatility { get; } = Lane.Input<Volatility>("market.volatility", absent: 0);

    /// <summary>Multiple of the demand that comes with the regime of the market.</summary>
    public Lane<Number> MarketDemand { get; } = Lane.Input<Number>("market.demandScale", absent: 1);

    /// <summary>Share of stake online as a staking system reports it, on top of the parameter.</summary>
    public Lane<Fraction> StakeParticipation { get; } = Lane.Input<Fraction>("stake.participation", absent: 1);

    /// <summary>Multiple of the demand for gas.</summary>
    public Lane<Number> DemandMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>From one half on the chain makes no blocks.</summary>
    public Lane<Fraction> Halted { get; } = Lane.Dial<Fraction>(0);

    /// <summary>Log of demand over its usual, without volatility and shocks.</summary>
    public Lane<Number> LogDemand { get; } = Lane.State<Number>();

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

    /// <summary>Seconds of the halt so far.</summary>
    public Lane<Second> HaltTime { get; } = Lane.State<Second>();

    /// <summary>Seconds since enough votes came in without a break.</summary>
    public Lane<Second> GoodTime { get; } = Lane.State<Second>();

    /// <summary>Seconds by which the last final epoch is older than usual.</summary>
    public Lane<Second> StallTime { get; } = Lane.State<Second>();

    /// <summary>Base fee after the last block.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> BaseFee { get; } = Lane.Output<Gwei>();

    /// <summary>Tip that is just included.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> Tip { get; } = Lane.Output<Gwei>();

    /// <summary>Base fee and tip; mean over the ticks as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> GasPrice { get; } = Lane.Output<Gwei>(0, Over.Mean);

    /// <summary>Base fee and tip; the highest as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> GasPriceMax { get; } = Lane.Output<Gwei>(0, Over.Max);

    /// <summary>Price of the token that pays for gas.</summary>
    [Bounds(0, double.MaxValue)] public Lane<UsdPerToken> NativePrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Probability that a block includes a standard bid.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Inclusion { get; } = Lane.Output<Fraction>(1);

    /// <summary>Probability that a block includes a bid by the fixed rule: a multiple of the usual price, whatever the
    /// market does.</summary>
    [Bounds(0, 1)] public Lane<Fraction> StaticInclusion { get; } = Lane.Output<Fraction>(1);

    /// <summary>Fee of blob gas.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> BlobFee { get; } = Lane.Output<Gwei>(1e-9);

    /// <summary>
    /// Expected time to inclusion of a standard bid, at most a day; mean over the ticks as a measure.
    /// </summary>
    [Bounds(0, DelayLimit)] public Lane<Second> Delay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>Expected time to inclusion of a standard bid; the longest as a measure.</summary>
    [Bounds(0, DelayLimit)] public Lane<Second> DelayMax { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Expected time until a transaction included now is final; the longest as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Second> FinalityDelay { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>1 when the chain makes blocks, else 0.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsUp { get; } = Lane.Output<Fraction>(1);

    /// <summary>Gas used over the target of the blocks of this tick.</summary>
    [Bounds(0, 2)] public Lane<Fraction> Utilisation { get; } = Lane.Output<Fraction>(1);

    /// <summary>Blocks made in this tick, in expectation over missed slots.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Block> Blocks { get; } = Lane.Output<Block>();

    /// <summary>Seconds of this tick without blocks; their sum as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Second> Downtime { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Base fees burned in this tick, in dollars; their sum as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Usd> FeesBurned { get; } = Lane.Output<Usd>(0, Over.Total);
}
