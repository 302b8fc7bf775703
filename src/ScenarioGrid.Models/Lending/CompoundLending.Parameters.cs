using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <content>Parameters; defaults are Compound v3 USDC on mainnet with WETH.</content>
public sealed partial class CompoundLending
{
    /// <summary>Parameters of the market.</summary>
    public sealed record Parameters : LendingParameters
    {
        /// <summary>Share of the collateral value that a new loan may reach (WETH 82.5 %, WBTC 70 %, COMP 65 %, UNI
        /// 75 %, LINK 79 %).</summary>
        [Bounds(0.1, 0.95)] public Quantity<Fraction> BorrowFactor { get; init; } = new(0.825);

        /// <summary>Share of the collateral value that debt may reach before the account is absorbed (WETH 89.5 %, WBTC
        /// 77 %, COMP 70 %, UNI 81 %, LINK 85 %).</summary>
        [Bounds(0.3, 0.98)] public Quantity<Fraction> LiquidationThreshold { get; init; } = new(0.895);

        /// <summary>Share of the collateral value that an absorbed account is credited (WETH and WBTC 95 %, COMP, UNI
        /// and LINK 93 %).</summary>
        [Bounds(0.5, 1)] public Quantity<Fraction> LiquidationFactor { get; init; } = new(0.95);

        /// <summary>Part of the penalty that buyers of seized collateral get as a discount (50 %).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> StoreFront { get; init; } = new(0.5);

        /// <summary>Reserves above which the protocol keeps seized collateral (5M).</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> TargetReserves { get; init; } = new(5e6);

        /// <summary>Borrow rate at utilisation 0 (1.5 %).</summary>
        [Bounds(0, 1)] public Quantity<PerYear> BorrowBase { get; init; } = new(0.015);

        /// <summary>Utilisation at which the borrow rate gets steep (80 %).</summary>
        [Bounds(0.05, 0.99)] public Quantity<Fraction> BorrowKink { get; init; } = new(0.8);

        /// <summary>Rise of the borrow rate per unit of utilisation below the kink (3.5 %).</summary>
        [Bounds(0, 2)] public Quantity<PerYear> BorrowLow { get; init; } = new(0.035);

        /// <summary>Rise of the borrow rate per unit of utilisation above the kink (25 %).</summary>
        [Bounds(0, 20)] public Quantity<PerYear> BorrowHigh { get; init; } = new(0.25);

        /// <summary>Utilisation at which the supply rate gets steep (80 %).</summary>
        [Bounds(0.05, 0.99)] public Quantity<Fraction> SupplyKink { get; init; } = new(0.8);

        /// <summary>Rise of the supply rate per unit of utilisation below the kink (3.25 %).</summary>
        [Bounds(0, 2)] public Quantity<PerYear> SupplyLow { get; init; } = new(0.0325);

        /// <summary>Rise of the supply rate per unit of utilisation above the kink (40 %).</summary>
        [Bounds(0, 20)] public Quantity<PerYear> SupplyHigh { get; init; } = new(0.4);

        internal override double ThresholdShare => LiquidationThreshold.Value;

        /// <inheritdoc/>
        public override IEnumerable<(string Parameter, string Message)> Check()
        {
            if (BorrowFactor.Value > LiquidationThreshold.Value)
            {
                yield return ("borrowFactor", $"borrowFactor is {BorrowFactor.Value:0.####}; it must be at most "
                    + $"liquidationThreshold, which is {LiquidationThreshold.Value:0.####}");
            }

            foreach (var problem in base.Check())
            {
                yield return problem;
            }
        }
    }
}
