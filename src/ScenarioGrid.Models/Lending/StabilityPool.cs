using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>A pool of stablecoins that pays off debts and gets their collateral, and what that means for a
/// deposit.</summary>
/// <param name="Coins">Coins in the pool.</param>
/// <param name="Product">Share of a coin deposited at the start that is left.</param>
/// <param name="Sum">Collateral that a coin deposited at the start has gained, in tokens.</param>
/// <remarks>
/// <para>A debt Q with collateral E is taken by all deposits in proportion. For a deposit d made when the running
/// numbers were P0 and S0:</para>
/// <code>
/// S' = S + P E / coins,   P' = P (1 - Q / coins),   left d P / P0,   gained d (S - S0) / P0
/// </code>
/// <para>Source: liquity/dev, StabilityPool.sol; R. Pardoe and R. Lauko, "Scalable reward distribution with compounding
/// stakes". The scale factor of the contract, which keeps P above its last digit, is not needed in doubles.</para>
/// </remarks>
public readonly record struct StabilityPool(Vec Coins, Vec Product, Vec Sum)
{
    /// <summary>A pool into which nobody has paid off a debt yet.</summary>
    public static StabilityPool Of(Vec coins) => new(coins, 1.0, Vec.Zero);

    /// <summary>Pays off a debt, at most the coins of the pool, and takes its collateral.</summary>
    public StabilityPool Offset(Vec debt, Vec collateral)
    {
        var takes = (Coins > Vec.Zero) & (debt > Vec.Zero);
        var share = Vec.Min(Vec.Where(takes, debt / Coins), 1.0);
        var gained = Vec.Where(takes, collateral / Coins);
        return new StabilityPool(
            Vec.Where(share < 1.0, Coins - Vec.Where(takes, debt)), Product * (1.0 - share), Sum + Product * gained);
    }

    /// <summary>Adds deposits (or, below 0, takes them out); what others have is not touched.</summary>
    public StabilityPool Add(Vec coins) => this with { Coins = Vec.Max(Coins + coins, Vec.Zero) };

    /// <summary>Coins left of a deposit made at an earlier state.</summary>
    public Vec LeftOf(Vec deposit, in StabilityPool then) => deposit * Product / then.Product;

    /// <summary>Tokens gained by a deposit made at an earlier state.</summary>
    public Vec GainOf(Vec deposit, in StabilityPool then) => deposit * (Sum - then.Sum) / then.Product;
}
