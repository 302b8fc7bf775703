using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>Time-weighted average or median price of a venue, from an accumulator and a ring of
/// observations.</summary>
/// <remarks>
/// <para>Per path, with the venue's spot s at the end of the last tick (the first touch of a block records the last
/// price of the block before), P0 the spot at the start, and now = the end of this tick:</para>
/// <code>
/// z(t)    = z(t-1) + clip(ln(s/P0) - z(t-1), +-truncation * ln 1.0001 a block of 12 s)     where touched, else z(t-1)
/// f(t)    = z (geometric) or exp(z) - 1 (arithmetic)
/// A(now)  = A(now - h) + f h                       stored on a grid of times, one every cadence seconds
/// mean    = (A(now) - A(now - window)) / window    linear between two times of the grid
/// price   = P0 exp(mean) or P0 (1 + mean)          while fresh, else as it was
/// median  = that of z at the last n times of the grid, n = 2 floor(window / (2 cadence)) + 1
/// whole   = wholeTicks records floor(ln s / ln 1.0001) and rounds the mean tick down, as Uniswap v3 does
/// fresh   = buffer at least as old as the window, chain up, touched within freezeAge, fewer touches in the window
///           than the pool keeps observations (cardinality), |mean/last mean - 1| at most breakLimit, |ln mean/s| at
///           most deviationLimit; the last two are guards: a price that they refuse counts as frozen
/// </code>
/// <para>Before the start the venue stood at P0. A tick touches the pool with probability 1 -
/// exp(-h/touchInterval). An observation is written in every touched block.</para>
/// <para>Sources: Uniswap v2 (arithmetic) and v3 (geometric, ticks, cardinality) oracles; the limit of 9116 ticks a
/// block is that of the truncated oracle (Uniswap v4 hook); freezing after 14,400 s and breaking at 50 % are those of
/// Liquity's PriceFeed; the median: own choice.</para>
/// </remarks>
[Component("twap-oracle")]
public sealed partial class TwapOracle(TwapOracle.Parameters p) : VenueOracle
{
    private const int RowsMax = 4096, MedianRowsMax = 513;

    /// <summary>What is averaged.</summary>
    public enum Average
    {
        /// <summary>ln price, as in Uniswap v3.</summary>
        Geometric,

        /// <summary>The price, as in Uniswap v2.</summary>
        Arithmetic,

        /// <summary>The median of the prices on the grid of times.</summary>
        Median,
    }

    public sealed record Parameters : IChecked
    {
        /// <summary>What is averaged.</summary>
        public Average Mean { get; init; } = Average.Geometric;

        /// <summary>Time that is averaged over, 30 min (Euler).</summary>
        [Bounds(12, 86_400)] public Quantity<Second> Window { get; init; } = new(1800);

        /// <summary>Time between two observations kept in the ring; the window where that is shorter.</summary>
        [Bounds(1, 86_400)] public Quantity<Second> Cadence { get; init; } = new(60);

        /// <summary>Age of the ring of observations at the start.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> BufferAge { get; init; } = new(86_400);

        /// <summary>Most ticks of 1.0001 that the recorded price moves in a block; 0 is no limit (v4 hook:
        /// 9116).</summary>
        [Bounds(0, 100_000)] public Quantity<Count> Truncation { get; init; } = new(0);

        /// <summary>Records whole ticks of 1.0001 and rounds the mean tick down (Uniswap v3).</summary>
        public bool WholeTicks { get; init; }

        /// <summary>Observations that the pool keeps, one for each block with a touch; 65,535 is the most of
        /// v3.</summary>
        [Bounds(1, 65_535, Whole = true)] public Quantity<Count> Cardinality { get; init; } = new(65_535);

        /// <summary>Mean time between two touches of the pool; 0 is a touch every tick.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> TouchInterval { get; init; } = new(0);

        /// <summary>Time without a touch after which the price is frozen, 14,400 s (Liquity).</summary>
        [Bounds(12, 86_400)] public Quantity<Second> FreezeAge { get; init; } = new(14_400);

        /// <summary>Relative change of the mean in one tick at which it is not used, 50 % (Liquity); 0 is no
        /// limit.</summary>
        [Bounds(0, 10)] public Quantity<Fraction> BreakLimit { get; init; } = new(0.5);

        /// <summary>Distance |ln mean/spot| above which the price is frozen; 0 is no limit.</summary>
        [Bounds(0, 10)] public Quantity<Number> DeviationLimit { get; init; } = new(0);

        /// <summary>Distance in ln price from the market above which a fresh price counts as false, 5 % (Liquity's
        /// limit between two oracles).</summary>
        [Bounds(0.0001, 10)] public Quantity<Number> FalseLimit { get; init; } = new(0.05);

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (WholeTicks && Mean == Average.Arithmetic)
            {
                yield return ("wholeTicks", "is true, but an arithmetic mean has no ticks; choose another mean");
            }

            if (Mean == Average.Median && SamplesOf(this) > MedianRowsMax)
            {
                yield return ("cadence", FormattableString.Invariant(
                    $"is {Cadence.Value} s, which takes the median of {SamplesOf(this)} prices in {Window.Value} s; ")
                    + FormattableString.Invariant(
                        $"at most {MedianRowsMax} are kept, so it must be ")
                    + FormattableString.Invariant($"{Window.Value / (MedianRowsMax - 1)} s or more"));
            }
            else if (RowsOf(this) > RowsMax)
            {
                yield return ("cadence", FormattableString.Invariant(
                    $"is {Cadence.Value} s, which keeps {RowsOf(this)} observations in a window of {Window.Value} s; ")
                    + FormattableString.Invariant(
                        $"at most {RowsMax} are kept, so it must be {Window.Value / (RowsMax - 2)} s or more"));
            }
        }
    }

    /// <summary>Accumulator at the times of the grid, relative to the start; for a median the recorded
    /// prices.</summary>
    public Lane<Number> Ring { get; } = Lane.State<Number>(rows: p.Mean == Average.Median ? SamplesOf(p) : RowsOf(p));

    /// <summary>The prices of a median in rising order.</summary>
    public Lane<Number> Sorted { get; } = Lane.State<Number>(rows: p.Mean == Average.Median ? SamplesOf(p) : 1);

    /// <summary>Blocks with a touch up to the times of the grid, where the cardinality can matter.</summary>
    public Lane<Count> TouchRing { get; } = Lane.State<Count>(rows: CountsTouches(p) ? RowsOf(p) : 1);

    /// <summary>Blocks with a touch so far.</summary>
    public Lane<Count> Touches { get; } = Lane.State<Count>();

    /// <summary>Accumulator at the end of the last tick.</summary>
    public Lane<Number> Cumulative { get; } = Lane.State<Number>();

    /// <summary>Mean of the last tick, fresh or not.</summary>
    public Lane<UsdPerToken> LastMean { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Tick of the spot at the start.</summary>
    public Lane<Number> TickStart { get; } = Lane.State<Number>();

    public override void Start(in Tick tick)
    {
        Start(p.Window.Value, AveragingOf(p), LimitOf(tick) * LogTick);
        VenueSpot.Span.CopyTo(LastMean.Span);
        Vecs first = TickStart.Vecs, start = SpotStart.Vecs;
        for (var i = 0; p.WholeTicks && i < tick.Vectors; i++)
        {
            first[i] = Vec.Floor(LaneMath.Log(start[i]) / LogTick);
        }
    }

    public override void Step(in Tick tick)
    {
        Record(tick);
        Reply(tick);
    }

    /// <summary>Ring rows: the grid times from one before the window up to now.</summary>
    private static int RowsOf(Parameters p) => (int)Math.Ceiling(p.Window.Value / CadenceOf(p)) + 2;

    /// <summary>Prices of a median: an odd number, so that one of them is it.</summary>
    private static int SamplesOf(Parameters p) => 2 * (int)Math.Floor(0.5 * p.Window.Value / CadenceOf(p)) + 1;

    /// <summary>Whether more blocks than the cardinality may fall into the window: four a second is the most.</summary>
    private static bool CountsTouches(Parameters p) => p.Cardinality.Value <= 4 * p.Window.Value;

    private static double CadenceOf(Parameters p) => Math.Min(p.Cadence.Value, p.Window.Value);

    private static Averaging AveragingOf(Parameters p) => p.Mean switch
    {
        Average.Geometric => Oracles.Averaging.Geometric,
        Average.Arithmetic => Oracles.Averaging.Arithmetic,
        _ => Oracles.Averaging.Median,
    };

    /// <summary>Ticks of 1.0001 that the record moves at most in a tick of the clock; 0 is no limit.</summary>
    private double LimitOf(in Tick tick)
    {
        var limit = p.Truncation.Value * Math.Max(1, tick.Seconds / BlockSeconds);
        return p.WholeTicks ? Math.Floor(limit) : limit;
    }
}
