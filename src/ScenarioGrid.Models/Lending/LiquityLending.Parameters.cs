using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>Parameters; defaults are Liquity v1.</content>
public sealed partial class LiquityLending
{
    /// <summary>Parameters of the market.</summary>
    public sealed record Parameters : LendingParameters
    {
        /// <summary>No fund, interest or ceiling to speak of.</summary>
        public Parameters() => (InsuranceStart, UtilisationStart, RateElsewhere) = (new(0), new(0.5), new(0));

        /// <summary>Collateral value over debt below which a position is liquidated (110 %).</summary>
        [Bounds(1.02, 2)] public Quantity<Number> MinimumRatio { get; init; } = new(1.1);

        /// <summary>Ratio of the whole system below which recovery mode holds (150 %).</summary>
        [Bounds(1.02, 4)] public Quantity<Number> CriticalRatio { get; init; } = new(1.5);

        /// <summary>Coins a liquidator is paid per position (200).</summary>
        [Bounds(0, 1e5)] public Quantity<Usd> GasCompensation { get; init; } = new(200);

        /// <summary>Share of the collateral that a liquidator is paid (0.5 %).</summary>
        [Bounds(0, 0.05)] public Quantity<Fraction> GasShare { get; init; } = new(0.005);

        /// <summary>Coins in the stability pool at the start, as a share of the debt (assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> PoolShare { get; init; } = new(0.6);

        /// <summary>Speed at which deposits return to that share (assumption: a month).</summary>
        [Bounds(0, 1000)] public Quantity<PerYear> PoolRefill { get; init; } = new(12);

        /// <summary>Share of the collateral gained that depositors sell at once (assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> DepositorsSell { get; init; } = new(0.5);

        /// <summary>Least fee of a redemption, and of a new loan (0.5 %).</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> FeeFloor { get; init; } = new(0.005);

        /// <summary>Highest fee of a new loan (5 %).</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> BorrowingFeeMax { get; init; } = new(0.05);

        /// <summary>The base rate rises by the redeemed share of the supply over this (2).</summary>
        [Bounds(0.1, 100)] public Quantity<Number> Beta { get; init; } = new(2);

        /// <summary>Volatility of the coin's own price (2 %).</summary>
        [Bounds(0, 5)] public Quantity<Volatility> CoinVolatility { get; init; } = new(0.02);

        /// <summary>Speed at which it returns to a dollar (200 a year, a half-life of 30 hours).</summary>
        [Bounds(0, 1e5)] public Quantity<PerYear> CoinReversion { get; init; } = new(200);

        /// <summary>Rise of the log of the coin's price per share of the supply redeemed (assumption).</summary>
        [Bounds(0, 100)] public Quantity<Number> RedemptionImpact { get; init; } = new(1);

        internal override double ThresholdShare => 1 / MinimumRatio.Value;

        /// <inheritdoc/>
        public override IEnumerable<(string Parameter, string Message)> Check()
        {
            if (CriticalRatio.Value < MinimumRatio.Value)
            {
                yield return ("criticalRatio", $"criticalRatio is {CriticalRatio.Value:0.####}; it must be at least "
                    + $"minimumRatio, which is {MinimumRatio.Value:0.####}");
            }

            foreach (var problem in base.Check())
            {
                yield return problem;
            }
        }
    }
}
