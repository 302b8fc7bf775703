using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <content>Lanes: what it reads, what turns it, what it keeps and publishes.</content>
public sealed partial class OptimisticRollup
{
    /// <summary>Probability per block that a challenge bidding the standard tip is included.</summary>
    public Lane<Fraction> Inclusion { get; } = Lane.Input<Fraction>("chain.inclusion");

    /// <summary>Blocks the parent chain makes in the tick.</summary>
    public Lane<Block> Blocks { get; } = Lane.Input<Block>("chain.blocks");

    /// <summary>1 while the parent chain makes blocks.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp");

    /// <summary>Time until a block of the parent chain is final.</summary>
    public Lane<Second> ChainFinality { get; } = Lane.Input<Second>("chain.finalityDelay");

    /// <summary>Share of challenge transactions that attackers suppress.</summary>
    public Lane<Fraction> Censorship { get; } = Lane.Inbox<Fraction>();

    /// <summary>Value of a false claim that an attacker makes in this tick; 0 for none.</summary>
    public Lane<Usd> FraudClaim { get; } = Lane.Inbox<Usd>();

    /// <summary>From 0.5 on the sequencer is halted from outside.</summary>
    public Lane<Fraction> Halted { get; } = Lane.Dial<Fraction>(0);

    /// <summary>Multiplies the rate of exits: a run on the rollup.</summary>
    public Lane<Number> ExitMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>1 while the sequencer itself works.</summary>
    public Lane<Fraction> Sequencer { get; } = Lane.State<Fraction>(1);

    /// <summary>Time since the rollup stopped, while the parent chain was up.</summary>
    public Lane<Second> DownFor { get; } = Lane.State<Second>();

    /// <summary>Time in the delay buffer.</summary>
    public Lane<Second> Buffer { get; } = Lane.State<Second>();

    /// <summary>Time since the last root.</summary>
    public Lane<Second> RootAge { get; } = Lane.State<Second>();

    /// <summary>Age of the youngest cohort of exits.</summary>
    public Lane<Second> CohortAge { get; } = Lane.State<Second>();

    /// <summary>Exits inside the window by age, youngest first.</summary>
    [Holds("usd")]
    public Lane<Usd> Waiting { get; } = Lane.State<Usd>(0, Cohorts + 1);

    /// <summary>Exits asked for, not yet under a root.</summary>
    [Holds("usd")]
    public Lane<Usd> Requested { get; } = Lane.State<Usd>();

    /// <summary>Exits that are final and wait for block space.</summary>
    [Holds("usd")]
    public Lane<Usd> Matured { get; } = Lane.Output<Usd>();

    /// <summary>Time that exits now in the window have been paused.</summary>
    public Lane<Second> Paused { get; } = Lane.State<Second>();

    /// <summary>Time since the last pause.</summary>
    public Lane<Second> Quiet { get; } = Lane.State<Second>();

    /// <summary>Value of the live false claim.</summary>
    public Lane<Usd> Claim { get; } = Lane.State<Usd>();

    /// <summary>Time left on the honest clock.</summary>
    public Lane<Second> Clock { get; } = Lane.State<Second>();

    /// <summary>Time until a watcher sees the live false claim.</summary>
    public Lane<Second> Unseen { get; } = Lane.State<Second>();

    /// <summary>Honest moves still owed.</summary>
    public Lane<Count> MovesLeft { get; } = Lane.State<Count>();

    /// <summary>Time until the claimant has made its move.</summary>
    public Lane<Second> Reply { get; } = Lane.State<Second>();

    /// <summary>1 while builders censor challenges of the live claim.</summary>
    public Lane<Fraction> IsCensored { get; } = Lane.State<Fraction>();

    /// <summary>1 when the game will decide wrongly.</summary>
    public Lane<Fraction> IsBugged { get; } = Lane.State<Fraction>();

    /// <summary>1 when the live claim is disputed.</summary>
    public Lane<Fraction> IsDisputed { get; } = Lane.State<Fraction>();

    /// <summary>1 while a false challenge is open.</summary>
    public Lane<Fraction> IsGriefed { get; } = Lane.State<Fraction>();

    /// <summary>Time left of the false challenge.</summary>
    public Lane<Second> GriefLeft { get; } = Lane.State<Second>();

    /// <summary>Value that came in during the tick: deposits and bonds.</summary>
    [Enters("usd")]
    public Lane<Usd> Entered { get; } = Lane.State<Usd>();

    /// <summary>Value that went out during the tick: exits, bonds and loot.</summary>
    [Leaves("usd")]
    public Lane<Usd> Left { get; } = Lane.State<Usd>();

    /// <summary>Value locked and not leaving.</summary>
    [Holds("usd")]
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Tvl { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Bonds of open claims and challenges.</summary>
    [Holds("usd")]
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> BondsLocked { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>1 while transactions are taken: sequencer and parent chain up.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> IsUp { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>Time until a transaction of now is final on the parent chain, with the pauses that exits in flight
    /// have met.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> FinalityDelay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>Time until an exit asked for now is paid, the slowest of those in flight.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> WithdrawalDelay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>The longest of those times over the path.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> WithdrawalDelayMax { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Value of all exits that wait: asked for, in the window, or matured.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> ExitQueue { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Capital cost of the exit queue so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> LockedCost { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Fees paid for fast exits in the tick.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> FastExitFee { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Value stolen so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Stolen { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>1 from the first false root accepted on: its mean is the probability of fraud.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> FraudAccepted { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>1 while a false claim is live.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> ClaimIsLive { get; } = Lane.Output<Fraction>();

    /// <summary>False claims made in the tick.</summary>
    [Bounds(0, 1)]
    public Lane<Count> FalseClaims { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Disputes open, those of honest roots among them.</summary>
    [Bounds(0, 2)]
    public Lane<Count> OpenDisputes { get; } = Lane.Output<Count>(0, Over.Mean);

    /// <summary>Bonds of refuted claims so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Slashed { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Bonds burned by false challenges so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> GriefBurn { get; } = Lane.Output<Usd>(0, Over.Final);
}
