using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>Time-weighted average price of a venue, from an accumulator and a ring of observations.</summary>
/// <remarks>
/// <para>Per path, with the venue's spot s at the end of the last tick (the first touch of a block records the last
/// price
/// of the block before), P0 the spot at the start, and now = the end of this tick:</para>
/// <code>
/// z(t)    = z(t-1) + clip(ln(s/P0) - z(t-1), +-truncation * ln 1.0001 a block of 12 s)     where touched, else z(t-1)
/// f(t)    = z (geometric) or exp(z) - 1 (arithmetic)
/// A(now)  = A(now - h) + f h                       stored on a grid of times, one every cadence seconds
/// mean    = (A(now) - A(now - window)) / window    linear between two times of the grid
/// price   = P0 exp(mean) or P0 (1 + mean)          while fresh, else as it was
/// fresh   = buffer at least as old as the window, chain up, touched within freezeAge,
///           |mean/last mean - 1| at most breakLimit, |ln price/s| at most deviationLimit
/// </code>
/// <para>Before the start the venue stood at P0. A tick touches the pool with probability 1 -
/// exp(-h/touchInterval).</para>
/// <para>Sources: Uniswap v2 (arithmetic) and v3 (geometric) oracles; the limit of 9116 ticks a block is that of the
/// truncated oracle (Uniswap v4 hook); freezing after 14,400 s and breaking at 50 % are those of Liquity's
/// PriceFeed.</para>
/// </remarks>
[Component("twap-oracle")]
public sealed class TwapOracle(TwapOracle.Parameters p) : Component
{
    private const int RowsMax = 4096;
    private const double BlockSeconds = 12, LogTick = 9.999500033330834e-5;

    /// <summary>What is averaged.</summary>
    public enum Average
    {
        /// <summary>ln price, as in Uniswap v3.</summary>
        Geometric,

        /// <summary>The price, as in Uniswap v2.</summary>
        Arithmetic,
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

        /// <summary>Mean time between two touches of the pool; 0 is a touch every tick.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> TouchInterval { get; init; } = new(0);

        /// <summary>Time without a touch after which the price is frozen, 14,400 s (Liquity).</summary>
        [Bounds(12, 86_400)] public Quantity<Second> FreezeAge { get; init; } = new(14_400);

        /// <summary>Relative change of the mean in one tick at which it is not used, 50 % (Liquity).</summary>
        [Bounds(0.001, 10)] public Quantity<Fraction> BreakLimit { get; init; } = new(0.5);

        /// <summary>Distance |ln mean/spot| above which the price is frozen; 0 is no limit.</summary>
        [Bounds(0, 10)] public Quantity<Number> DeviationLimit { get; init; } = new(0);

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (RowsOf(this) > RowsMax)
            {
                yield return ("cadence", FormattableString.Invariant(
                    $"is {Cadence.Value} s, which keeps {RowsOf(this)} observations in a window of {Window.Value} s; ")
                    + FormattableString.Invariant(
                        $"at most {RowsMax} are kept, so it must be {Window.Value / (RowsMax - 2)} s or more"));
            }
        }
    }

    /// <summary>Spot of the venue at the end of the last tick.</summary>
    public Lane<UsdPerToken> VenueSpot { get; } = Lane.Input<UsdPerToken>("venue.spot");

    /// <summary>Price of the venue's market; 0 where it names none.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("venue/market.price", absent: 0);

    /// <summary>1 while the chain is up; 1 without a chain.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>Accumulator at the times of the grid, relative to the start.</summary>
    public Lane<Number> Ring { get; } = Lane.State<Number>(rows: RowsOf(p));

    /// <summary>Accumulator at the end of the last tick.</summary>
    public Lane<Number> Cumulative { get; } = Lane.State<Number>();

    /// <summary>Recorded ln spot/start.</summary>
    public Lane<Number> Recorded { get; } = Lane.State<Number>();

    /// <summary>Seconds since the pool was touched.</summary>
    public Lane<Second> Untouched { get; } = Lane.State<Second>();

    /// <summary>Mean of the last tick, fresh or not.</summary>
    public Lane<UsdPerToken> LastMean { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Spot at the start.</summary>
    public Lane<UsdPerToken> SpotStart { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Price that the oracle answers.</summary>
    public Lane<UsdPerToken> Price { get; } = Lane.Output<UsdPerToken>(1, Over.Final);

    /// <summary>1 while the price is that of this tick, 0 while it is frozen.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsFresh { get; } = Lane.Output<Fraction>(1);

    /// <summary>ln of the price over the market price (over the spot where no market is named).</summary>
    public Lane<Number> Error { get; } = Lane.Output<Number>();

    /// <summary>Distance of ln price from the market, mean over time.</summary>
    public Lane<Fraction> Lag { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Largest distance of ln price from the market.</summary>
    public Lane<Fraction> LagMax { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Time with a frozen price.</summary>
    public Lane<Second> StaleTime { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Window of the mean, for those who attack it.</summary>
    public Lane<Second> Window { get; } = Lane.Output<Second>();

    /// <summary>1 for a geometric mean, 0 for an arithmetic one.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsGeometric { get; } = Lane.Output<Fraction>();

    public override void Start(in Tick tick)
    {
        VenueSpot.Span.CopyTo(SpotStart.Span);
        VenueSpot.Span.CopyTo(LastMean.Span);
        VenueSpot.Span.CopyTo(Price.Span);
        Window.Span.Fill(p.Window.Value);
        IsGeometric.Span.Fill(p.Mean == Average.Geometric ? 1 : 0);
    }

    public override void Step(in Tick tick)
    {
        Record(tick);
        Answer(tick);
    }

    /// <summary>Ring rows: the grid times from one before the window up to now.</summary>
    private static int RowsOf(Parameters p) => (int)Math.Ceiling(p.Window.Value / CadenceOf(p)) + 2;

    private static double CadenceOf(Parameters p) => Math.Min(p.Cadence.Value, p.Window.Value);

    private void Record(in Tick tick)
    {
        Vecs spot = VenueSpot.Vecs, chainUp = ChainIsUp.Vecs, start = SpotStart.Vecs;
        Vecs recorded = Recorded.Vecs, cumulative = Cumulative.Vecs, untouched = Untouched.Vecs;
        var limit = p.Truncation.Value > 0
            ? p.Truncation.Value * LogTick * Math.Max(1, tick.Seconds / BlockSeconds)
            : double.PositiveInfinity;
        var touchChance = p.TouchInterval.Value > 0 ? -LaneMath.Expm1(-tick.Seconds / p.TouchInterval.Value) : 1;
        var cadence = CadenceOf(p);
        var lastGrid = Math.Floor((tick.Index + 1) * tick.Seconds / cadence);
        var firstGrid = Math.Max(Math.Floor(tick.Start / cadence) + 1, lastGrid - Ring.Rows + 1);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var touched = chainUp[i] >= 0.5;
            if (touchChance < 1)
            {
                touched &= tick.Uniform(0, i) < touchChance;
            }

            var before = recorded[i];
            var move = Vec.Clamp(LaneMath.Log(spot[i] / start[i]) - before, -limit, limit);
            var z = before + Vec.Where(touched, move);
            recorded[i] = z;
            untouched[i] = Vec.Select(touched, Vec.Zero, untouched[i] + tick.Seconds);
            var f = p.Mean == Average.Geometric ? z : LaneMath.Expm1(z);
            var sum = cumulative[i];
            for (var k = firstGrid; k <= lastGrid; k++)
            {
                var row = Ring.Row((int)(k % Ring.Rows));
                row[i] = sum + f * (k * cadence - tick.Start);
            }

            cumulative[i] = sum + f * tick.Seconds;
        }
    }

    private void Answer(in Tick tick)
    {
        Vecs spot = VenueSpot.Vecs, market = MarketPrice.Vecs, chainUp = ChainIsUp.Vecs, start = SpotStart.Vecs;
        Vecs cumulative = Cumulative.Vecs, untouched = Untouched.Vecs, lastMean = LastMean.Vecs, price = Price.Vecs;
        Vecs isFresh = IsFresh.Vecs, error = Error.Vecs, lag = Lag.Vecs, lagMax = LagMax.Vecs, stale = StaleTime.Vecs;
        var now = (tick.Index + 1) * tick.Seconds;
        var age = p.BufferAge.Value + now;
        var oldEnough = age >= p.Window.Value;
        var window = Math.Min(p.Window.Value, age);
        var cadence = CadenceOf(p);
        var oldest = Math.Max(now - window, 0);
        var grid = Math.Floor(oldest / cadence);
        var share = oldest / cadence - grid;
        Vecs early = Ring.Row((int)(grid % Ring.Rows)), late = Ring.Row((int)((grid + 1) % Ring.Rows));
        var breakFactor = 1 + p.BreakLimit.Value;
        var deviation = p.DeviationLimit.Value > 0 ? LaneMath.Exp(p.DeviationLimit.Value) : double.PositiveInfinity;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var then = oldest > 0 ? early[i] + share * (late[i] - early[i]) : Vec.Zero;
            var f = (cumulative[i] - then) * (1 / window);
            var mean = start[i] * (p.Mean == Average.Geometric ? LaneMath.Exp(f) : 1.0 + f);
            var before = lastMean[i];
            lastMean[i] = mean;
            var usable = (chainUp[i] >= 0.5) & (untouched[i] <= p.FreezeAge.Value)
                & (mean <= before * breakFactor) & (mean >= before * (2 - breakFactor))
                & (mean <= spot[i] * deviation) & (mean * deviation >= spot[i]);
            var fresh = oldEnough ? usable.AsOne() : Vec.Zero;
            var answer = Vec.Select(fresh > 0.0, mean, price[i]);
            var fair = Vec.Select(market[i] > 0.0, market[i], spot[i]);
            var gap = LaneMath.Log(answer / fair);
            price[i] = answer;
            isFresh[i] = fresh;
            error[i] = gap;
            lag[i] = Vec.Abs(gap);
            lagMax[i] = Vec.Abs(gap);
            stale[i] = (1.0 - fresh) * tick.Seconds;
        }
    }
}
