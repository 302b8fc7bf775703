using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>Exponential moving average of a venue's price, the oracle of a Curve pool.</summary>
/// <remarks>
/// <para>Per path, with the venue's spot s at the end of the last tick, P0 the spot at the start, and a the weight of a
/// tick of h seconds:</para>
/// <code>
/// z(t)  = z(t-1) + clip(ln(s/P0) - z(t-1), +-truncation * ln 1.0001 a block of 12 s)   where touched, else z(t-1)
/// a     = 1 - 2^(-h/halfLife)                               time constant halfLife / ln 2
/// e(t)  = e(t-1) + a (f - e(t-1))                           f = z (geometric) or exp(z) - 1 (arithmetic)
/// price = P0 exp(e) or P0 (1 + e)                           while fresh, else as it was
/// fresh = chain up, touched within freezeAge, |ln price/s| at most deviationLimit (a guard: what it refuses is frozen)
/// </code>
/// <para>Unlike a window, the average never forgets a price, and has no ring that could be too short. An untouched pool
/// lets it drift to the last price. A tick touches the pool with probability 1 - exp(-h/touchInterval).</para>
/// <para>Source: Curve, stableswap-ng and tricrypto-ng (price_oracle, ma_time; arithmetic, half-life 600 s, from
/// memory); Uniswap v4 truncated oracle for the limit.</para>
/// </remarks>
[Component("ema-oracle")]
public sealed class EmaOracle(EmaOracle.Parameters p) : VenueOracle
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>What is averaged.</summary>
    public enum Average
    {
        /// <summary>The price, as Curve does.</summary>
        Arithmetic,

        /// <summary>ln price.</summary>
        Geometric,
    }

    public sealed record Parameters
    {
        /// <summary>What is averaged.</summary>
        public Average Mean { get; init; } = Average.Arithmetic;

        /// <summary>Time in which a price loses half of its weight, 600 s (Curve, from memory).</summary>
        [Bounds(1, 86_400)] public Quantity<Second> HalfLife { get; init; } = new(600);

        /// <summary>Most ticks of 1.0001 that the recorded price moves in a block; 0 is no limit (v4 hook:
        /// 9116).</summary>
        [Bounds(0, 100_000)] public Quantity<Count> Truncation { get; init; } = new(0);

        /// <summary>Mean time between two touches of the pool; 0 is a touch every tick.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> TouchInterval { get; init; } = new(0);

        /// <summary>Time without a touch after which the price is stale, 14,400 s (Liquity).</summary>
        [Bounds(12, 86_400)] public Quantity<Second> FreezeAge { get; init; } = new(14_400);

        /// <summary>Distance |ln mean/spot| above which the price is frozen; 0 is no limit.</summary>
        [Bounds(0, 10)] public Quantity<Number> DeviationLimit { get; init; } = new(0);

        /// <summary>Distance in ln price from the market above which a fresh price counts as false, 5 % (Liquity's
        /// limit between two oracles).</summary>
        [Bounds(0.0001, 10)] public Quantity<Number> FalseLimit { get; init; } = new(0.05);
    }

    /// <summary>The average, relative to the start.</summary>
    public Lane<Number> Mean { get; } = Lane.State<Number>();

    public override void Start(in Tick tick) => Start(
        p.HalfLife.Value / Ln2,
        p.Mean == Average.Geometric
            ? Oracles.Averaging.ExponentialGeometric : Oracles.Averaging.ExponentialArithmetic,
        LimitOf(tick));

    public override void Step(in Tick tick)
    {
        Vecs spot = VenueSpot.Vecs, chainUp = ChainIsUp.Vecs, start = SpotStart.Vecs, means = Mean.Vecs;
        var untouched = Untouched.Vecs;
        var limit = p.Truncation.Value > 0 ? LimitOf(tick) : double.PositiveInfinity;
        var touchChance = TouchChance(tick.Seconds, p.TouchInterval.Value);
        var weight = -LaneMath.Expm1(-Ln2 * tick.Seconds / p.HalfLife.Value);
        var deviation = p.DeviationLimit.Value > 0 ? LaneMath.Exp(p.DeviationLimit.Value) : double.PositiveInfinity;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var z = Record(i, LaneMath.Log(spot[i] / start[i]), Touch(i, touchChance, tick), limit);
            var f = p.Mean == Average.Geometric ? z : LaneMath.Expm1(z);
            var e = means[i] + weight * (f - means[i]);
            means[i] = e;
            var mean = start[i] * (p.Mean == Average.Geometric ? LaneMath.Exp(e) : 1.0 + e);
            var open = (chainUp[i] >= 0.5) & (untouched[i] <= p.FreezeAge.Value);
            var sound = (mean <= spot[i] * deviation) & (mean * deviation >= spot[i]);
            Publish(i, mean, (open & sound).AsOne(), open & !sound, p.FalseLimit.Value, tick);
        }
    }

    /// <summary>Most that ln of the record moves in a tick; 0 is no limit.</summary>
    private double LimitOf(in Tick tick) =>
        p.Truncation.Value * LogTick * Math.Max(1, tick.Seconds / BlockSeconds);
}
