using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>What every market has, whatever its price process: start, systemic jumps, feedback, memory.</summary>
public record MarketParameters
{
    /// <summary>Price at the start, in dollars per token.</summary>
    [Bounds(1e-9, 1e9)] public Quantity<UsdPerToken> Spot { get; init; } = new(2000);

    /// <summary>Growth of the expected price per year; 0 is a martingale.</summary>
    [Bounds(-10, 10)] public Quantity<PerYear> Drift { get; init; } = new(0);

    /// <summary>Expected systemic jumps per year; markets with the same value jump at the same ticks.</summary>
    [Bounds(0, 1000)] public Quantity<PerYear> SystemicIntensity { get; init; } = new(0);

    /// <summary>How much of the log of a systemic jump this market takes; negative for a haven.</summary>
    [Bounds(-3, 3)] public Quantity<Number> SystemicLoading { get; init; } = new(1);

    /// <summary>Mean of the log of a systemic jump.</summary>
    [Bounds(-1, 1)] public Quantity<Number> SystemicMean { get; init; } = new(-0.05);

    /// <summary>Standard deviation of the log of a systemic jump.</summary>
    [Bounds(0, 1)] public Quantity<Number> SystemicVolatility { get; init; } = new(0.08);

    /// <summary>Time in which an old return loses half of its weight in the realised volatility.</summary>
    [Bounds(1, 31_536_000)] public Quantity<Second> VolatilityHalfLife { get; init; } = new(3600);

    /// <summary>
    /// Share of price discovery on chain: 0 for an infinitely liquid outside market, 0.25 for majors in stress, 1
    /// for a long-tail token.
    /// </summary>
    [Bounds(0, 1)] public Quantity<Fraction> Feedback { get; init; } = new(0);

    /// <summary>
    /// Permanent impact of buying one daily volume, in daily standard deviations. Default: equities, from memory.
    /// </summary>
    [Bounds(0, 100)] public Quantity<Number> Impact { get; init; } = new(0.314);

    /// <summary>Dollars traded a day in the whole market (from memory for ETH).</summary>
    [Bounds(1, 1e13)] public Quantity<Usd> DailyVolume { get; init; } = new(1e10);
}
