using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>What every oracle tells: a price, whether it may be used, how old it is and how far off.</summary>
/// <remarks>
/// <code>
/// error      = ln(price / market)                  market is the reference price, the venue's spot without one
/// stale      = not fresh, for whatever reason: no new price, a chain that is down, a guard
/// frozen     = the part of it in which a guard of the oracle itself refused the price
/// false      = fresh, and |error| above falseLimit: what liquidates the wrong, or misses those it should
/// </code>
/// <para>Source: own choice of the measures.</para>
/// </remarks>
public abstract class PriceOracle : Component
{
    /// <summary>Price that the oracle answers.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<UsdPerToken> Price { get; } = Lane.Output<UsdPerToken>(1, Over.Final);

    /// <summary>1 while the price may be used, 0 while it is stale or frozen.</summary>
    [Bounds(0, 1)] public Lane<Fraction> IsFresh { get; } = Lane.Output<Fraction>(1);

    /// <summary>Age of what the price rests on.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Second> Age { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>ln of the price over the market price (over the spot where no market is named).</summary>
    public Lane<Number> Error { get; } = Lane.Output<Number>();

    /// <summary>Distance of ln price from the market, mean over time.</summary>
    public Lane<Fraction> Lag { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Largest distance of ln price from the market.</summary>
    public Lane<Fraction> LagMax { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>Time without a price that may be used.</summary>
    public Lane<Second> StaleTime { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Time in which a guard of the oracle refused the price.</summary>
    public Lane<Second> FrozenTime { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Share of time with a price that may be used and is further from the market than falseLimit.</summary>
    [Bounds(0, 1)] public Lane<Fraction> FalseShare { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Writes the answer of a tick for eight paths.</summary>
    /// <param name="i">Number of the vector.</param>
    /// <param name="answer">The price, whether it is fresh, whether a guard refused it, and its age.</param>
    /// <param name="fair">Reference price, positive.</param>
    /// <param name="falseLimit">Distance in ln price above which a fresh price is false.</param>
    /// <param name="tick">The tick.</param>
    private protected void Publish(int i, in Answer answer, Vec fair, double falseLimit, in Tick tick)
    {
        Vecs price = Price.Vecs, isFresh = IsFresh.Vecs, age = Age.Vecs, error = Error.Vecs;
        Vecs lag = Lag.Vecs, lagMax = LagMax.Vecs, stale = StaleTime.Vecs, frozen = FrozenTime.Vecs;
        Vecs wrong = FalseShare.Vecs;
        var gap = LaneMath.Log(answer.Price / fair);
        var far = Vec.Abs(gap);
        price[i] = answer.Price;
        isFresh[i] = answer.IsFresh;
        age[i] = answer.Age;
        error[i] = gap;
        lag[i] = far;
        lagMax[i] = far;
        stale[i] = (1.0 - answer.IsFresh) * tick.Seconds;
        frozen[i] = Vec.Where(answer.IsRefused, tick.Seconds);
        wrong[i] = Vec.Where(far > falseLimit, answer.IsFresh);
    }

    /// <summary>What an oracle has to say in a tick.</summary>
    private protected readonly record struct Answer(Vec Price, Vec IsFresh, Mask IsRefused, Vec Age);
}

/// <summary>How an oracle averages the prices of its venue, as it tells those who would move it.</summary>
public enum Averaging
{
    /// <summary>Mean of the price over a window.</summary>
    Arithmetic,

    /// <summary>Mean of ln price over a window.</summary>
    Geometric,

    /// <summary>Median of the prices of a window.</summary>
    Median,

    /// <summary>Exponential mean of ln price; its window is the time constant.</summary>
    ExponentialGeometric,

    /// <summary>Exponential mean of the price; its window is the time constant.</summary>
    ExponentialArithmetic,
}
