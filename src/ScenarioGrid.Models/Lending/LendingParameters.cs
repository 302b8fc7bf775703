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

/// <summary>How keepers set the gas price of their transactions.</summary>
public enum KeeperGas
{
    /// <summary>By the chain as it is: included as a standard bid.</summary>
    Dynamic,

    /// <summary>By a multiple of the mean of the time before, as many keepers of March 2020 did; each has his own
    /// multiple.</summary>
    Static,

    /// <summary>By the fixed rule of the chain's bidders; whoever has bid too little stays out.</summary>
    ChainRule,
}

/// <summary>Parameters that every lending market has: its borrowers, its keepers and who bears a loss.</summary>
public abstract record LendingParameters : IChecked
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

    /// <summary>Owners with one large position each, beside the cohorts.</summary>
    [Bounds(0, 8, Whole = true)] public Quantity<Count> Whales { get; init; } = new(0);

    /// <summary>Share of the debt that the whales owe, in equal parts; 0 without whales.</summary>
    [Bounds(0, 0.9)] public Quantity<Fraction> WhaleShare { get; init; } = new(0.2);

    /// <summary>Health of the whales at the start (assumption).</summary>
    [Bounds(1.001, 5)] public Quantity<Number> WhaleHealth { get; init; } = new(1.3);

    /// <summary>Cash in the insurance fund at the start (assumption).</summary>
    [Bounds(0, 1e12)] public Quantity<Usd> InsuranceStart { get; init; } = new(1e6);

    /// <summary>Value of the stake that stands behind the insurance fund at the start: a safety module
    /// (assumption: none).</summary>
    [Bounds(0, 1e12)] public Quantity<Usd> SafetyStake { get; init; } = new(0);

    /// <summary>Share of that stake that may be taken (Aave: 20 to 30 %, from memory).</summary>
    [Bounds(0, 1)] public Quantity<Fraction> SafetyShare { get; init; } = new(0.3);

    /// <summary>Value of governance tokens that can be minted and sold at the price of the start (assumption:
    /// none).</summary>
    [Bounds(0, 1e12)] public Quantity<Usd> MintCapacity { get; init; } = new(0);

    /// <summary>Share lost when stake or minted tokens are sold (assumption).</summary>
    [Bounds(0, 0.9)] public Quantity<Fraction> MintImpact { get; init; } = new(0.1);

    /// <summary>Fall of the log-price of stake and governance token per fall of that of the collateral
    /// (assumption).</summary>
    [Bounds(0, 5)] public Quantity<Number> TokenBeta { get; init; } = new(1.5);

    /// <summary>Debt over debt and cash at the start (assumption).</summary>
    [Bounds(0.05, 1)] public Quantity<Fraction> UtilisationStart { get; init; } = new(0.7);

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

    /// <summary>How keepers set the gas price of their transactions.</summary>
    public KeeperGas GasPolicy { get; init; }

    /// <summary>What keepers bid who do not adapt: this many times the mean gas price. With 3, gas at six times
    /// its mean leaves a quarter of them in the auction.</summary>
    [Bounds(0.1, 100)] public Quantity<Number> StaticBid { get; init; } = new(3);

    /// <summary>Time over which those keepers take the mean (assumption: they look at it once a month).</summary>
    [Bounds(600, 31_536_000)] public Quantity<Second> BidMemory { get; init; } = new(2_592_000);

    /// <summary>Standard deviation of the log of bids (1).</summary>
    [Bounds(0.01, 5)] public Quantity<Number> BidSpread { get; init; } = new(1);

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

    /// <summary>Share of the collateral value that debt may reach before liquidation.</summary>
    internal abstract double ThresholdShare { get; }

    /// <inheritdoc/>
    public virtual IEnumerable<(string Parameter, string Message)> Check()
    {
        var lowest = RatioHeadroom.Value / ThresholdShare;
        if (RatioHigh.Value <= lowest)
        {
            yield return ("ratioHigh", $"ratioHigh is {RatioHigh.Value:0.####}; it must be above the ratio of the "
                + $"weakest cohort, which is {lowest:0.####}");
        }

        if (TargetHealth.Value <= ActHealth.Value)
        {
            yield return ("targetHealth", $"targetHealth is {TargetHealth.Value:0.####}; it must be above actHealth, "
                + $"which is {ActHealth.Value:0.####}");
        }

        if (BoostHealth.Value <= TargetHealth.Value)
        {
            yield return ("boostHealth", $"boostHealth is {BoostHealth.Value:0.####}; it must be above targetHealth, "
                + $"which is {TargetHealth.Value:0.####}");
        }
    }
}
