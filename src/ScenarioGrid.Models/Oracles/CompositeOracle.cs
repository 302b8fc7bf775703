using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>One price out of several oracles: their median, or a first one with a second to fall back on.</summary>
/// <remarks>
/// <para>A source is frozen when its price is older than freezeAge, broken when it is not fresh and not frozen, else
/// live. p is the price of the first source, q of the second; without a second one it counts as broken.</para>
/// <code>
/// median     of the prices of the sources that are live (mean of the middle two), if there are sourcesMin
/// fallback   p while live; else q while live and |q/p - 1| at most agreement; else frozen
/// liquity    0 p works          broken  -> 1 (2 if q is broken)          frozen -> 3 (4 if q is broken)
///                               jumped  -> 0 if q agrees, 1 if not or q frozen, 2 if q is broken;  q broken -> 4
///            1 q, p untrusted   both live and agree -> 0;  q broken -> 2
///            2 both untrusted   both live and agree -> 0
///            3 q, p is frozen   p broken -> 1 (2);  p live: q broken -> 4, agree -> 0, not -> 1
///            4 p, q untrusted   p broken or jumped -> 2;  both live and agree -> 0
/// jumped     (max - min)/max &gt; breakLimit of the last two prices of p;   agree: (max - min)/min at most agreement
/// price      = that of the source used, else the last good one, which is not fresh but frozen
/// fresh      = a source is used, and the chain up for gracePeriod at least
/// </code>
/// <para>Sources are read as they were at the end of the last tick.</para>
/// <para>Source: Liquity, PriceFeed.sol (five states, 4 h, 50 %, 5 %); the other two: own choice.</para>
/// </remarks>
[Component("composite-oracle")]
public sealed partial class CompositeOracle(CompositeOracle.Parameters p) : PriceOracle
{
    /// <summary>How one price is made of several.</summary>
    public enum Rule
    {
        /// <summary>Median of the live sources.</summary>
        Median,

        /// <summary>The first source, else the second where it does not deviate, else frozen.</summary>
        Fallback,

        /// <summary>The state machine of Liquity's PriceFeed on the first two sources.</summary>
        Liquity,
    }

    public sealed record Parameters
    {
        /// <summary>How one price is made of several.</summary>
        public Rule Rule { get; init; } = Rule.Median;

        /// <summary>Live sources that a median needs; all, where there are fewer sources.</summary>
        [Bounds(1, 16, Whole = true)] public Quantity<Count> SourcesMin { get; init; } = new(2);

        /// <summary>Age from which a source is frozen, 14,400 s (Liquity).</summary>
        [Bounds(1, 2_592_000)] public Quantity<Second> FreezeAge { get; init; } = new(14_400);

        /// <summary>Change between two prices of the first source at which it is not believed, 50 %
        /// (Liquity).</summary>
        [Bounds(0.001, 1)] public Quantity<Fraction> BreakLimit { get; init; } = new(0.5);

        /// <summary>Distance within which two sources agree, 5 % (Liquity).</summary>
        [Bounds(0, 10)] public Quantity<Fraction> Agreement { get; init; } = new(0.05);

        /// <summary>Time after an outage of the chain in which the price is not used (sequencer grace period of
        /// rollups: 3600 s).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> GracePeriod { get; init; } = new(0);

        /// <summary>Distance in ln price from the market above which a fresh price counts as false, 5 % (Liquity's
        /// limit between two oracles).</summary>
        [Bounds(0.0001, 10)] public Quantity<Number> FalseLimit { get; init; } = new(0.05);
    }

    /// <summary>Prices of the sources.</summary>
    public LaneList<UsdPerToken> SourcePrice { get; } = Lane.Inputs<UsdPerToken>("sources.price");

    /// <summary>1 while a source may be used.</summary>
    public LaneList<Fraction> SourceIsFresh { get; } = Lane.Inputs<Fraction>("sources.isFresh");

    /// <summary>Ages of the prices.</summary>
    public LaneList<Second> SourceAge { get; } = Lane.Inputs<Second>("sources.age");

    /// <summary>Market price; 0 without a market, where errors are told against the first source.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price", absent: 0);

    /// <summary>1 while the chain is up; 1 without a chain.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>State of the machine, 0 to 4; 0 for the other rules.</summary>
    [Bounds(0, 4)] public Lane<Count> Status { get; } = Lane.Output<Count>();

    /// <summary>1 while the second source is used; share of time as a measure.</summary>
    [Bounds(0, 1)] public Lane<Fraction> UsesFallback { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Last price of the first source.</summary>
    public Lane<UsdPerToken> LastFirst { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>The one before it.</summary>
    public Lane<UsdPerToken> PreviousFirst { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Seconds since the chain came up.</summary>
    public Lane<Second> SinceUp { get; } = Lane.State<Second>();

    public override void Start(in Tick tick)
    {
        SinceUp.Span.Fill(p.GracePeriod.Value);
        Span<Vec> prices = stackalloc Vec[SourcePrice.Count];
        for (var i = 0; i < tick.Vectors; i++)
        {
            Vecs price = Price.Vecs, last = LastFirst.Vecs, previous = PreviousFirst.Vecs;
            var first = SourcePrice[0].Vecs[i];
            price[i] = p.Rule == Rule.Median ? Median(i, prices, all: true).Price : first;
            last[i] = first;
            previous[i] = first;
        }
    }

    public override void Step(in Tick tick)
    {
        Vecs price = Price.Vecs, age = Age.Vecs, market = MarketPrice.Vecs, sinceUp = SinceUp.Vecs;
        Vecs usesFallback = UsesFallback.Vecs, chainUp = ChainIsUp.Vecs;
        Span<Vec> prices = stackalloc Vec[SourcePrice.Count];
        for (var i = 0; i < tick.Vectors; i++)
        {
            var up = chainUp[i] >= 0.5;
            var running = Vec.Where(up, sinceUp[i] + tick.Seconds);
            sinceUp[i] = running;
            var choice = p.Rule == Rule.Median ? Median(i, prices, all: false)
                : p.Rule == Rule.Fallback ? FallBack(i)
                : Advance(i, up);
            var open = up & (running >= p.GracePeriod.Value);
            var takes = up & choice.IsGood;
            var fresh = open & choice.IsGood;
            usesFallback[i] = (takes & choice.IsSecond).AsOne();
            Publish(
                i,
                new Answer(
                    Vec.Select(takes, choice.Price, price[i]), fresh.AsOne(), up & !fresh,
                    Vec.Select(takes, choice.Age, age[i] + tick.Seconds)),
                Vec.Select(market[i] > Vec.Zero, market[i], SourcePrice[0].Vecs[i]), p.FalseLimit.Value, tick);
        }
    }
}
