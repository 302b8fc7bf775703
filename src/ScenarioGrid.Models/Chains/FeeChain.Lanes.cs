using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <content>Lanes: what every such chain reads, what turns it, what it keeps and publishes.</content>
public abstract partial class FeeChain
{
    /// <summary>Price of the token that pays for gas.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price", absent: 2000);

    /// <summary>Realised volatility of that token; without a market demand is not coupled to it.</summary>
    public Lane<Volatility> MarketVolatility { get; } = Lane.Input<Volatility>("market.volatility", absent: 0);

    /// <summary>Multiple of the demand that comes with the regime of the market.</summary>
    public Lane<Number> MarketDemand { get; } = Lane.Input<Number>("market.demandScale", absent: 1);

    /// <summary>Multiple of the demand for gas.</summary>
    public Lane<Number> DemandMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>From one half on the chain makes no blocks.</summary>
    public Lane<Fraction> Halted { get; } = Lane.Dial<Fraction>(0);

    /// <summary>Log of demand over its usual, without volatility and shocks.</summary>
    public Lane<Number> LogDemand { get; } = Lane.State<Number>();

    /// <summary>Seconds of the halt so far.</summary>
    public Lane<Second> HaltTime { get; } = Lane.State<Second>();

    /// <summary>Base fee after the last block; of a sharded chain on the shard of its home app.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> BaseFee { get; } = Lane.Output<Gwei>();

    /// <summary>Tip that is just included, on the same shard.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> Tip { get; } = Lane.Output<Gwei>();

    /// <summary>Base fee and tip; mean over the ticks as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> GasPrice { get; } = Lane.Output<Gwei>(0, Over.Mean);

    /// <summary>Base fee and tip; the highest as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Gwei> GasPriceMax { get; } = Lane.Output<Gwei>(0, Over.Max);

    /// <summary>Price of the token that pays for gas.</summary>
    [Bounds(0, double.MaxValue)] public Lane<UsdPerToken> NativePrice { get; } = Lane.Output<UsdPerToken>();

    /// <summary>Probability per block that a standard bid is included; of a sharded chain, one over the expected delay
    /// of its home app in slots, messages to other shards and repetitions included.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Inclusion { get; } = Lane.Output<Fraction>(1);

    /// <summary>Expected time until a standard bid is done, at most a day; mean over the ticks as a measure.</summary>
    [Bounds(0, DelayLimit)] public Lane<Second> Delay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>Expected time until a standard bid is done; the longest as a measure.</summary>
    [Bounds(0, DelayLimit)] public Lane<Second> DelayMax { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Expected time until a transaction included now is final; the longest as a measure.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Second> FinalityDelay { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>1 when the chain makes blocks, else 0.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsUp { get; } = Lane.Output<Fraction>(1);

    /// <summary>Gas used over the target of the blocks of this tick.</summary>
    [Bounds(0, 2)] public Lane<Fraction> Utilisation { get; } = Lane.Output<Fraction>(1);

    /// <summary>Blocks made in this tick, in expectation over missed slots; of a sharded chain by each shard.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Block> Blocks { get; } = Lane.Output<Block>();
}
