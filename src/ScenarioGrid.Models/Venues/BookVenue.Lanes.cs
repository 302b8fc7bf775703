using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <content>Lanes.</content>
public abstract partial class BookVenue
{
    /// <summary>1 while the sequencer that keeps the book is up; 1 without one.</summary>
    public Lane<Fraction> SequencerIsUp { get; } = Lane.Input<Fraction>("sequencer.isUp", absent: 1);

    /// <summary>Fee of the venue on what a taker gives.</summary>
    [Bounds(0, 0.01)] public Lane<Fraction> Fee { get; } = Lane.Output<Fraction>();

    /// <summary>What takers paid so far above the mid, fee included, over the value that walked down the book; for a
    /// tick's net order up to sizeSmall, users' or others'.</summary>
    public Lane<Fraction> EffectiveHalfSpreadSmall { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>The same for orders between sizeSmall and sizeLarge.</summary>
    public Lane<Fraction> EffectiveHalfSpreadMedium { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>The same for orders from sizeLarge on.</summary>
    public Lane<Fraction> EffectiveHalfSpreadLarge { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Half-spread that makers quote.</summary>
    [Bounds(0, 0.25)] public Lane<Fraction> QuotedHalfSpread { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Depth of the book as a multiple of calm depth, as makers want it; smallest of any tick.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Number> DepthMultiple { get; } = Lane.Output<Number>(1, Over.Min);

    /// <summary>Quote that sellers can take before the best bid is 100 bps below the spot, mean over time.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Depth100 { get; } = Lane.Output<Usd>(0, Over.Mean);

    /// <summary>The same, smallest of any tick.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Depth { get; } = Lane.Output<Usd>(0, Over.Min);

    /// <summary>Capital behind quotes and in the pool over the depth at 100 bps of both sides; at most a
    /// million.</summary>
    [Bounds(0, 1.000001e6)] public Lane<Number> CapitalPerDepth { get; } = Lane.Output<Number>(0, Over.Mean);

    /// <summary>Time in which a taker finds no bid or no ask.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> TimeWithoutQuotes { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Orders filled by one leg at a worse price than the other still offered: must be 0.</summary>
    [Bounds(0, 0)] public Lane<Count> TradeThroughs { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Loss of the makers to those who take their stale quotes.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> MakerLoss { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Gain of the makers on what takers trade with them, at the market price; below 0 when it has
    /// moved.</summary>
    public Lane<Usd> MakerRevenue { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Value matched in the book whose settlement failed.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> FailedSettlements { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Value matched in the book that is not settled on the chain yet.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Unsettled { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Share of the best price's queue that stands before the tracked orders, mean of both sides.</summary>
    [Bounds(0, 1)] public Lane<Fraction> QueueAhead { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Value of the tracked orders that was filled.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> TrackedFills { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Base at each level of the asks, best first; of the whole side where the book is a shape.</summary>
    public Lane<Token> Asks { get; }

    /// <summary>Base wanted at each level of the bids, best first; by the whole side where the book is a
    /// shape.</summary>
    public Lane<Token> Bids { get; }

    /// <summary>Base that trades took from the asks of a shape and makers have not put back.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> AskImpact { get; } = Lane.State<Token>();

    /// <summary>Base that trades gave to the bids of a shape and makers have not asked for again.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> BidImpact { get; } = Lane.State<Token>();

    /// <summary>The makers' view of the price.</summary>
    public Lane<UsdPerToken> Anchor { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Quote behind the bids.</summary>
    public Lane<Usd> BidValue { get; } = Lane.State<Usd>();

    /// <summary>Log of the depth multiple.</summary>
    public Lane<Number> LogDepth { get; } = Lane.State<Number>();

    /// <summary>High of the last 24 hours.</summary>
    public Lane<UsdPerToken> High { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Highs of the last eight stretches of three hours.</summary>
    public Lane<UsdPerToken> Highs { get; } = Lane.State<UsdPerToken>(1, HighRows);

    /// <summary>Tracked order at the best ask, and what stands before it.</summary>
    public Lane<Token> TrackedAsk { get; } = Lane.State<Token>(0, 2);

    /// <summary>Tracked order at the best bid, and what stands before it.</summary>
    public Lane<Token> TrackedBid { get; } = Lane.State<Token>(0, 2);

    /// <summary>Value and cost of small, medium and large orders so far: rows value, cost, value, ...</summary>
    public Lane<Usd> Paid { get; } = Lane.State<Usd>(0, 6);
}
