using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Bridges;

/// <content>Lanes: what it reads, what turns it, what it keeps and publishes.</content>
public sealed partial class MultisigBridge
{
    /// <summary>1 while the source chain makes blocks.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", 1);

    /// <summary>Time until a block of the source chain is final.</summary>
    public Lane<Second> ChainFinality { get; } = Lane.Input<Second>("chain.finalityDelay", 0);

    /// <summary>Blocks the source chain makes in the tick.</summary>
    public Lane<Block> Blocks { get; } = Lane.Input<Block>("chain.blocks", 0);

    /// <summary>Blocks undone in the tick by a source chain that reports its reorganisations.</summary>
    public Lane<Block> ReorgDepth { get; } = Lane.Input<Block>("source.reorgDepth", 0);

    /// <summary>Price of what is locked; only its changes matter.</summary>
    public Lane<UsdPerToken> Price { get; } = Lane.Input<UsdPerToken>("market.price", 1);

    /// <summary>Time until the rollup, if the source is one, is final.</summary>
    public Lane<Second> RollupFinality { get; } = Lane.Input<Second>("rollup.finalityDelay", 0);

    /// <summary>Extra breaches per year of each organisation, made by an attack.</summary>
    public Lane<PerYear> CompromiseRate { get; } = Lane.Inbox<PerYear>();

    /// <summary>From 0.5 on the bridge is paused from outside.</summary>
    public Lane<Fraction> Halted { get; } = Lane.Dial<Fraction>(0);

    /// <summary>Multiplies what asks to go out: a run on the bridge.</summary>
    public Lane<Number> OutflowMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>Blocks of the source chain undone in every tick of a shock.</summary>
    public Lane<Block> Reorg { get; } = Lane.Dial<Block>(0);

    /// <summary>Compromised keys of each organisation, the largest first.</summary>
    public Lane<Count> Keys { get; } = Lane.State<Count>(0, Organisations(p));

    /// <summary>Hazard left until the next event of a key.</summary>
    public Lane<Number> KeyClock { get; } = Lane.State<Number>();

    /// <summary>Organisations with a sound key.</summary>
    public Lane<Count> Sound { get; } = Lane.State<Count>();

    /// <summary>Organisations with a compromised key.</summary>
    public Lane<Count> Breached { get; } = Lane.State<Count>();

    /// <summary>Hazard left until the next event of a signer.</summary>
    public Lane<Number> SignerClock { get; } = Lane.State<Number>();

    /// <summary>Mean time until k of the signers online have signed.</summary>
    public Lane<Second> Signing { get; } = Lane.State<Second>();

    /// <summary>1 while a theft runs.</summary>
    public Lane<Fraction> IsDraining { get; } = Lane.State<Fraction>();

    /// <summary>Time since the theft began.</summary>
    public Lane<Second> DrainAge { get; } = Lane.State<Second>();

    /// <summary>Time until the theft is stopped.</summary>
    public Lane<Second> DrainLeft { get; } = Lane.State<Second>();

    /// <summary>Time left of the pause.</summary>
    public Lane<Second> PauseLeft { get; } = Lane.State<Second>();

    /// <summary>Value in the token bucket.</summary>
    public Lane<Usd> Tokens { get; } = Lane.State<Usd>();

    /// <summary>Transfers asked for that wait for the limiter.</summary>
    public Lane<Usd> Line { get; } = Lane.State<Usd>();

    /// <summary>Transfers whose hold is over.</summary>
    public Lane<Usd> Ready { get; } = Lane.State<Usd>();

    /// <summary>Value asked for in each of the last 24 hours.</summary>
    public Lane<Usd> Asked { get; } = Lane.State<Usd>(0, Hours);

    /// <summary>Sum of those.</summary>
    public Lane<Usd> AskedSum { get; } = Lane.State<Usd>();

    /// <summary>Value counted by the governor in each of the last 24 hours.</summary>
    public Lane<Usd> Counted { get; } = Lane.State<Usd>(0, Hours);

    /// <summary>Sum of those.</summary>
    public Lane<Usd> CountedSum { get; } = Lane.State<Usd>();

    /// <summary>Large transfers held, by the hour of their release.</summary>
    public Lane<Usd> HeldByHour { get; } = Lane.State<Usd>(0, Hours);

    /// <summary>Price of the last tick.</summary>
    public Lane<UsdPerToken> PriceLast { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Value that came in during the tick: deposits, and the change of value of what is locked.</summary>
    [Enters("usd")]
    public Lane<Usd> Entered { get; } = Lane.State<Usd>();

    /// <summary>Value that went out during the tick: transfers, loot and deposits undone.</summary>
    [Leaves("usd")]
    public Lane<Usd> Left { get; } = Lane.State<Usd>();

    /// <summary>Value locked.</summary>
    [Holds("usd")]
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Locked { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Value of the claims on it on the other chain.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Minted { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Locked by minted value: 1 while every claim is covered.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> Backing { get; } = Lane.Output<Fraction>(1, Over.Min);

    /// <summary>Value stolen so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Stolen { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Value minted for deposits that a reorganisation undid, so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Unbacked { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Stolen value by the value locked at the start.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Fraction> LossRate { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>1 from the first theft on: its mean is the probability of one.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> IsDrained { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>1 from the first moment enough keys were compromised.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> IsCompromised { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Time until a transfer asked for now arrives: finality, signing, and the queue before it.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> Delay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>The longest of those times over the path.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> DelayMax { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Value of transfers that wait, those held for their size among them.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Queue { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Value of transfers held for their size.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Held { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Seconds of the tick in which no transfer could leave.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> Downtime { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>1 while the bridge is paused.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> IsPaused { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Signers online.</summary>
    [Bounds(0, 64)]
    public Lane<Count> SignersOnline { get; } = Lane.Output<Count>(0, Over.Mean);

    /// <summary>Keys in wrong hands.</summary>
    [Bounds(0, 64)]
    public Lane<Count> KeysCompromised { get; } = Lane.Output<Count>(0, Over.Max);

    /// <summary>Capital cost of the transfers that waited so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> LivenessCost { get; } = Lane.Output<Usd>(0, Over.Final);
}
