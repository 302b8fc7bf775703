using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Reports;

/// <summary>Market of the sample outcomes; it is never stepped.</summary>
/// <remarks>
/// <para>The price stands still:</para>
/// <code>
/// price' = price
///   for every path
/// </code>
/// <para>Source: none, see <see cref="SampleVaults"/>.</para>
/// </remarks>
[Component("sample-market", Family = "Markets")]
public sealed class SampleMarket(SampleMarket.Parameters p) : Component
{
    public sealed record Parameters
    {
        /// <summary>Price at the start.</summary>
        [Bounds(0.01, 1e6)] public Quantity<UsdPerToken> Spot { get; init; } = new(194);

        /// <summary>Yearly standard deviation of the log-price.</summary>
        [Bounds(0, 5)] public Quantity<Volatility> Volatility { get; init; } = new(0.93);
    }

    /// <summary>Price that turns with the shock.</summary>
    public Lane<Number> PriceFactor { get; } = Lane.Dial<Number>(1);

    /// <summary>Price of the base asset.</summary>
    public Lane<UsdPerToken> Price { get; } = Lane.Output<UsdPerToken>(194, Over.Min);

    public override void Step(in Tick tick) => Price.Span.Fill(p.Spot.Value);
}

/// <summary>Vaults that lose money when the price falls faster than the oracle tells; never stepped.</summary>
[Component("sample-vaults", Family = "Lending")]
public sealed class SampleVaults(SampleVaults.Parameters p) : Component
{
    public enum Auction
    {
        English,
        DutchLinear,
    }

    public sealed record Parameters
    {
        /// <summary>Loan to value at which a vault is liquidated.</summary>
        [Bounds(0.1, 0.99)] public Quantity<Fraction> LiquidationThreshold { get; init; } = new(0.83);

        /// <summary>Time over which the oracle averages.</summary>
        [Bounds(1, 86_400)] public Quantity<Second> Window { get; init; } = new(1800);

        /// <summary>Money that keepers can raise.</summary>
        [Bounds(0, 1e10)] public Quantity<Usd> KeeperCapital { get; init; } = new(25e6);

        /// <summary>How collateral is sold.</summary>
        public Auction Sale { get; init; } = Auction.DutchLinear;

        /// <summary>Whether withdrawals stop when bad debt appears.</summary>
        public bool Breaker { get; init; } = true;
    }

    /// <summary>Price of the collateral.</summary>
    public Lane<UsdPerToken> Price { get; } = Lane.Input<UsdPerToken>("market.price");

    /// <summary>Debt that no collateral covers, at its largest.</summary>
    public Lane<Usd> BadDebt { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Time by which the reported price is behind.</summary>
    public Lane<Second> Lag { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>Debt over collateral.</summary>
    public Lane<Fraction> CapitalEfficiency { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Equity of the vaults; negative when they are under water.</summary>
    public Lane<Usd> Equity { get; } = Lane.Output<Usd>(0, Over.Final);

    public override void Step(in Tick tick) => BadDebt.Span.Fill(p.KeeperCapital.Value);
}

/// <summary>A fall of the price to a share of itself.</summary>
[Shock("sample-crash", "market", "priceFactor")]
public sealed class SampleCrash(SampleCrash.Parameters p) : Shock
{
    public sealed record Parameters
    {
        /// <summary>Share of the price that is lost.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Depth { get; init; } = new(0.4);
    }

    public override double At(double seconds, double severity) => 1 - severity * p.Depth.Value;
}
