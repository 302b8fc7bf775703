using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>Parameters of every chain whose blocks are sold in a fee market: its slots, its base fee, and those who
/// bid.</summary>
public abstract record FeeChainParameters : IChecked
{
    /// <summary>Time from slot to slot.</summary>
    [Bounds(0.2, 600)] public Quantity<Second> Slot { get; init; } = new(12);

    /// <summary>Gas limit over gas target (EIP-1559).</summary>
    [Bounds(1.1, 2)] public Quantity<Number> Elasticity { get; init; } = new(2);

    /// <summary>Divisor of the change of the base fee per block (EIP-1559).</summary>
    [Bounds(8, 1024)] public Quantity<Number> FeeDenominator { get; init; } = new(8);

    /// <summary>Base fee at which ordinary demand just fills the target; also the base fee at the start.</summary>
    [Bounds(0.001, 10_000)] public Quantity<Gwei> ReferenceBaseFee { get; init; } = new(20);

    /// <summary>Fall of demand in percent when the base fee rises by one percent.</summary>
    [Bounds(0.1, 2)] public Quantity<Number> DemandElasticity { get; init; } = new(0.5);

    /// <summary>
    /// Long-run standard deviation of log-demand. Default: 0.92 in log gas price times the elasticity.
    /// </summary>
    [Bounds(0, 3)] public Quantity<Number> DemandDeviation { get; init; } = new(0.46);

    /// <summary>
    /// Time in which log-demand loses half of its distance from the usual. Default: 11.3 days, fitted.
    /// </summary>
    [Bounds(60, 31_536_000)] public Quantity<Second> DemandHalfLife { get; init; } = new(978_000);

    /// <summary>Rise of demand per unit of volatility above calm, in units of the calm volatility.</summary>
    [Bounds(0, 10)] public Quantity<Number> VolatilityCoupling { get; init; } = new(0.3);

    /// <summary>Volatility at and below which demand is ordinary. Default: ETH 2020-2023, hourly.</summary>
    [Bounds(0.01, 10)] public Quantity<Volatility> CalmVolatility { get; init; } = new(0.93);

    /// <summary>
    /// Largest multiple of demand by volatility. Default: 15 in gas, the largest daily innovation of 2015-2021.
    /// </summary>
    [Bounds(1, 100)] public Quantity<Number> VolatilityDemandMax { get; init; } = new(3.9);

    /// <summary>Mean time after which a transaction that waits is given up.</summary>
    [Bounds(1, 86_400)] public Quantity<Second> BacklogLife { get; init; } = new(1800);

    /// <summary>Tip of a bid when blocks are not full.</summary>
    [Bounds(0, 1000)] public Quantity<Gwei> TipFloor { get; init; } = new(0.1);

    /// <summary>
    /// Median tip in the book of bids when blocks are full, at the reference base fee; in proportion to it.
    /// </summary>
    [Bounds(0, 10_000)] public Quantity<Gwei> TipMedian { get; init; } = new(2);

    /// <summary>Standard deviation of the log of the bids in the book.</summary>
    [Bounds(0.01, 5)] public Quantity<Number> BidDeviation { get; init; } = new(1);

    /// <inheritdoc/>
    public abstract IEnumerable<(string Parameter, string Message)> Check();
}
