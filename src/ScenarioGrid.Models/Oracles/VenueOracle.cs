using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>An oracle that averages the spot of a venue: what it records, and what it tells those who would move
/// it.</summary>
/// <remarks>
/// <code>
/// z(t)    = z(t-1) + clip(seen - z(t-1), +-limit)       where touched, else z(t-1);  seen = ln(spot/spot at the start)
/// touched = chain up, with probability 1 - exp(-h/touchInterval) in a tick of h seconds
/// </code>
/// <para>Source: Uniswap v2 and v3 (the first touch of a block records), Uniswap v4 truncated oracle (the
/// limit).</para>
/// </remarks>
public abstract class VenueOracle : PriceOracle
{
    private protected const double BlockSeconds = 12, LogTick = 9.999500033330834e-5;

    /// <summary>Spot of the venue at the end of the last tick.</summary>
    public Lane<UsdPerToken> VenueSpot { get; } = Lane.Input<UsdPerToken>("venue.spot");

    /// <summary>Price of the venue's market; 0 where it names none.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("venue/market.price", absent: 0);

    /// <summary>1 while the chain is up; 1 without a chain.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>Recorded ln spot/start, or ticks above that of the start.</summary>
    public Lane<Number> Recorded { get; } = Lane.State<Number>();

    /// <summary>Seconds since the pool was touched.</summary>
    public Lane<Second> Untouched { get; } = Lane.State<Second>();

    /// <summary>Spot at the start.</summary>
    public Lane<UsdPerToken> SpotStart { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Window or time constant of the mean, for those who attack it.</summary>
    public Lane<Second> Window { get; } = Lane.Output<Second>();

    /// <summary>How it averages, for those who attack it: the number of an <see cref="Oracles.Averaging"/>.</summary>
    [Bounds(0, 4)] public Lane<Count> Averaging { get; } = Lane.Output<Count>();

    /// <summary>Most that ln of the recorded price moves in a tick; 0 is no limit.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Number> MoveLimit { get; } = Lane.Output<Number>();

    /// <summary>Probability that the pool is touched in some time.</summary>
    /// <param name="seconds">The time.</param>
    /// <param name="interval">Mean time between two touches; 0 is a touch at any time.</param>
    private protected static double TouchChance(double seconds, double interval) =>
        interval > 0 ? -LaneMath.Expm1(-seconds / interval) : 1;

    /// <summary>Starts from the spot, and tells attackers what they need.</summary>
    private protected void Start(double window, Averaging averaging, double moveLimit)
    {
        VenueSpot.Span.CopyTo(SpotStart.Span);
        VenueSpot.Span.CopyTo(Price.Span);
        Window.Span.Fill(window);
        Averaging.Span.Fill((double)averaging);
        MoveLimit.Span.Fill(moveLimit);
    }

    /// <summary>Where the pool is touched in this tick.</summary>
    private protected Mask Touch(int i, double chance, in Tick tick)
    {
        var untouched = Untouched.Vecs;
        var touched = ChainIsUp.Vecs[i] >= 0.5;
        if (chance < 1)
        {
            touched &= tick.Uniform(0, i) < chance;
        }

        untouched[i] = Vec.Select(touched, Vec.Zero, untouched[i] + tick.Seconds);
        return touched;
    }

    /// <summary>Records what is seen where the pool is touched, within the limit.</summary>
    private protected Vec Record(int i, Vec seen, Mask touched, double limit)
    {
        var recorded = Recorded.Vecs;
        var before = recorded[i];
        var z = before + Vec.Where(touched, Vec.Clamp(seen - before, -limit, limit));
        recorded[i] = z;
        return z;
    }

    /// <summary>Answers the mean where it is fresh, else what was answered before.</summary>
    private protected void Publish(int i, Vec mean, Vec fresh, Mask isRefused, double falseLimit, in Tick tick)
    {
        var isGood = fresh > 0.0;
        var market = MarketPrice.Vecs[i];
        var answer = new Answer(
            Vec.Select(isGood, mean, Price.Vecs[i]), fresh, isRefused,
            Vec.Select(isGood, Untouched.Vecs[i], Age.Vecs[i] + tick.Seconds));
        Publish(i, answer, Vec.Select(market > 0.0, market, VenueSpot.Vecs[i]), falseLimit, tick);
    }
}
