using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>What happens where the bonus is larger than what a position has above its debt.</summary>
public enum ToxicRule
{
    /// <summary>Liquidate as usual, down to the last token.</summary>
    Ignore,

    /// <summary>Do not liquidate below a collateral ratio of 1 plus the bonus.</summary>
    Stop,

    /// <summary>Shrink the bonus with the ratio.</summary>
    DynamicBonus,
}

/// <content>Parameters; defaults are Aave v3, WETH against a stablecoin.</content>
public sealed partial class CdpLending
{
    /// <summary>Parameters of the market.</summary>
    public sealed record Parameters : LendingParameters
    {
        /// <summary>Share of the collateral value that debt may reach before liquidation (Aave
        /// v3 WETH: 82.5 to 83 %).</summary>
        [Bounds(0.3, 0.95)] public Quantity<Fraction> LiquidationThreshold { get; init; } = new(0.83);

        /// <summary>How far new loans stay below the threshold (Aave v3 WETH: 80.5 % against 83 %).</summary>
        [Bounds(0, 0.25)] public Quantity<Fraction> BorrowGap { get; init; } = new(0.025);

        /// <summary>Collateral value a liquidator gets above the debt repaid (Aave v3 WETH: 5 %).</summary>
        [Bounds(0, 0.25)] public Quantity<Fraction> LiquidationBonus { get; init; } = new(0.05);

        /// <summary>Share of the bonus that goes to the treasury, in collateral (Aave v3: 10 %).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> ProtocolFee { get; init; } = new(0.1);

        /// <summary>Share of a debt one liquidation may repay (Aave v3: 50 %).</summary>
        [Bounds(0.05, 1)] public Quantity<Fraction> CloseFactor { get; init; } = new(0.5);

        /// <summary>The same at or below fullCloseHealth (Aave v3: 100 %).</summary>
        [Bounds(0.05, 1)] public Quantity<Fraction> CloseFactorFull { get; init; } = new(1);

        /// <summary>Health at or below which closeFactorFull holds and the sentinel's grace
        /// does not (Aave v3: 0.95).</summary>
        [Bounds(0.5, 1)] public Quantity<Number> FullCloseHealth { get; init; } = new(0.95);

        /// <summary>What happens where the bonus exceeds what a position has above its debt
        /// (Aave v3: nothing special).</summary>
        public ToxicRule ToxicStop { get; init; }

        /// <summary>Slope of the dynamic bonus, min(b, 1 + slope (CR - 1)) (assumption).</summary>
        [Bounds(0, 1)] public Quantity<Number> BonusSlope { get; init; } = new(0.5);

        /// <summary>Time after a halt of the chain in which only deep liquidations are allowed (Aave
        /// v3 sentinel on rollups).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> SentinelGrace { get; init; } = new(0);

        /// <summary>Share of the interest that goes to the reserve (Aave v3: 10 %).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> ReserveFactor { get; init; } = new(0.1);

        /// <summary>Borrow rate at utilisation 0 (Aave v3 rateStrategyStableTwo: 0).</summary>
        [Bounds(0, 1)] public Quantity<PerYear> RateBase { get; init; } = new(0);

        /// <summary>Utilisation at which the rate gets steep (rateStrategyStableTwo: 80 %).</summary>
        [Bounds(0.05, 0.99)] public Quantity<Fraction> RateKink { get; init; } = new(0.8);

        /// <summary>Rise of the rate up to the kink (rateStrategyStableTwo: 4 %).</summary>
        [Bounds(0, 2)] public Quantity<PerYear> RateSlope { get; init; } = new(0.04);

        /// <summary>Rise of the rate from the kink to utilisation 1 (rateStrategyStableTwo: 75 %).</summary>
        [Bounds(0, 10)] public Quantity<PerYear> RateSlopeHigh { get; init; } = new(0.75);

        internal override double ThresholdShare => LiquidationThreshold.Value;

        /// <inheritdoc/>
        public override IEnumerable<(string Parameter, string Message)> Check()
        {
            var (threshold, bonus) = (LiquidationThreshold.Value, 1 + LiquidationBonus.Value);
            if (threshold * bonus >= 1)
            {
                yield return ("liquidationBonus", $"liquidationBonus is {LiquidationBonus.Value:0.####} at a "
                    + $"liquidationThreshold of {threshold:0.####}; (1 + bonus) * threshold is "
                    + $"{threshold * bonus:0.####} and must be below 1, or every liquidation worsens the position");
            }

            foreach (var problem in base.Check())
            {
                yield return problem;
            }
        }
    }
}
