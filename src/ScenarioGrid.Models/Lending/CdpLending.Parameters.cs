using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>What borrowers do before they are liquidated.</summary>
public enum BorrowerPolicy
{
    /// <summary>Nothing.</summary>
    Passive,

    /// <summary>Add collateral bought with their own cash.</summary>
    TopUp,

    /// <summary>Repay debt with their own cash.</summary>
    Repay,

    /// <summary>A bot keeps the ratio in a band: it sells collateral to repay, and borrows to buy collateral.</summary>
    Band,
}

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
    public sealed record Parameters : IChecked
    {
        /// <summary>Number of cohorts of equal positions per path.</summary>
        [Bounds(2, 128, Whole = true)] public Quantity<Count> Cohorts { get; init; } = new(64);

        /// <summary>Debt of all cohorts at the start.</summary>
        [Bounds(1e3, 1e12)] public Quantity<Usd> Debt { get; init; } = new(100e6);

        /// <summary>Health of the weakest cohort at the start; ratios run from this over the
        /// threshold to ratioHigh.</summary>
        [Bounds(1.001, 2)] public Quantity<Number> RatioHeadroom { get; init; } = new(1.02);

        /// <summary>Collateral ratio of the strongest cohort at the start.</summary>
        [Bounds(3, 20)] public Quantity<Number> RatioHigh { get; init; } = new(6);

        /// <summary>Decay of debt over the ratio: weight exp(-decay (CR/CR of the weakest - 1)). 1
        /// gives a mean ratio of about 2.</summary>
        [Bounds(0, 20)] public Quantity<Number> RatioDecay { get; init; } = new(1);

        /// <summary>Debt of one position; its liquidation pays one gas bill.</summary>
        [Bounds(100, 1e9)] public Quantity<Usd> PositionSize { get; init; } = new(50_000);

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

        /// <summary>Cash in the insurance fund at the start (assumption).</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> InsuranceStart { get; init; } = new(1e6);

        /// <summary>Debt over debt and cash at the start (assumption).</summary>
        [Bounds(0.05, 1)] public Quantity<Fraction> UtilisationStart { get; init; } = new(0.7);

        /// <summary>Borrow rate at utilisation 0 (Aave v3 rateStrategyStableTwo: 0).</summary>
        [Bounds(0, 1)] public Quantity<PerYear> RateBase { get; init; } = new(0);

        /// <summary>Utilisation at which the rate gets steep (rateStrategyStableTwo: 80 %).</summary>
        [Bounds(0.05, 0.99)] public Quantity<Fraction> RateKink { get; init; } = new(0.8);

        /// <summary>Rise of the rate up to the kink (rateStrategyStableTwo: 4 %).</summary>
        [Bounds(0, 2)] public Quantity<PerYear> RateSlope { get; init; } = new(0.04);

        /// <summary>Rise of the rate from the kink to utilisation 1 (rateStrategyStableTwo: 75 %).</summary>
        [Bounds(0, 10)] public Quantity<PerYear> RateSlopeHigh { get; init; } = new(0.75);

        /// <summary>Rate at which borrowers neither add nor repay (assumption).</summary>
        [Bounds(0, 2)] public Quantity<PerYear> RateElsewhere { get; init; } = new(0.04);

        /// <summary>Relative change of debt per year and per unit of rate difference to
        /// elsewhere (assumption).</summary>
        [Bounds(0, 100)] public Quantity<Number> RateElasticity { get; init; } = new(1);

        /// <summary>Gas of one liquidation (350k).</summary>
        [Bounds(0, 10e6)] public Quantity<Gas> LiquidationGas { get; init; } = new(350_000);

        /// <summary>Profit per dollar repaid below which keepers stay away (assumption).</summary>
        [Bounds(0, 0.2)] public Quantity<Fraction> KeeperMargin { get; init; } = new(0.001);

        /// <summary>Fee of the flash loan that keepers repay with (5 to 9 bps).</summary>
        [Bounds(0, 0.05)] public Quantity<Fraction> FlashFee { get; init; } = new(0.0005);

        /// <summary>Repayments all keepers together can have under way (assumption).</summary>
        [Bounds(1e3, 1e12)] public Quantity<Usd> KeeperCapital { get; init; } = new(50e6);

        /// <summary>Mean time until keepers react; they do in a tick with probability 1 - exp(-tick
        /// / latency) (assumption).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> KeeperLatency { get; init; } = new(12);

        /// <summary>Liquidations that fit into a block (30M gas / 350k).</summary>
        [Bounds(0.1, 10_000)] public Quantity<Count> LiquidationsPerBlock { get; init; } = new(85);

        /// <summary>What attentive borrowers do.</summary>
        public BorrowerPolicy Policy { get; init; } = BorrowerPolicy.TopUp;

        /// <summary>Probability that a cohort is attentive (drawn once per path and cohort; assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Attentive { get; init; } = new(0.3);

        /// <summary>Cash an attentive cohort can add, as a share of its debt at the start (30 %).</summary>
        [Bounds(0, 2)] public Quantity<Fraction> BorrowerCash { get; init; } = new(0.3);

        /// <summary>Mean time until an attentive cohort acts (assumption).</summary>
        [Bounds(0, 604_800)] public Quantity<Second> ReactionDelay { get; init; } = new(600);

        /// <summary>Health below which attentive borrowers act (assumption).</summary>
        [Bounds(1, 3)] public Quantity<Number> ActHealth { get; init; } = new(1.05);

        /// <summary>Health they aim at (assumption).</summary>
        [Bounds(1.05, 5)] public Quantity<Number> TargetHealth { get; init; } = new(1.25);

        /// <summary>Health above which a band bot borrows more (assumption: above all starting positions).</summary>
        [Bounds(1.2, 30)] public Quantity<Number> BoostHealth { get; init; } = new(8);

        /// <summary>Fee and slippage a band bot reckons with (Uniswap: 30 bps).</summary>
        [Bounds(0, 0.05)] public Quantity<Fraction> BotCost { get; init; } = new(0.003);

        /// <summary>Relative price fall over which the loop gain is measured.</summary>
        [Bounds(0.001, 0.5)] public Quantity<Fraction> GainWindow { get; init; } = new(0.05);

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            var (threshold, bonus) = (LiquidationThreshold.Value, 1 + LiquidationBonus.Value);
            if (threshold * bonus >= 1)
            {
                yield return ("liquidationBonus", $"liquidationBonus is {LiquidationBonus.Value:0.####} at a "
                    + $"liquidationThreshold of {threshold:0.####}; (1 + bonus) * threshold is "
                    + $"{threshold * bonus:0.####} and must be below 1, or every liquidation worsens the position");
            }

            if (RatioHigh.Value <= RatioHeadroom.Value / threshold)
            {
                yield return ("ratioHigh", $"ratioHigh is {RatioHigh.Value:0.####}; it must be above ratioHeadroom / "
                    + $"liquidationThreshold, which is {RatioHeadroom.Value / threshold:0.####}");
            }

            if (TargetHealth.Value <= ActHealth.Value)
            {
                yield return ("targetHealth",
                    $"targetHealth is {TargetHealth.Value:0.####}; it must be above actHealth, "
                    + $"which is {ActHealth.Value:0.####}");
            }

            if (BoostHealth.Value <= TargetHealth.Value)
            {
                yield return ("boostHealth",
                    $"boostHealth is {BoostHealth.Value:0.####}; it must be above targetHealth, "
                    + $"which is {TargetHealth.Value:0.####}");
            }
        }
    }
}
