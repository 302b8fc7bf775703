using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>What stands behind a pegged token.</summary>
public enum PegSupport
{
    /// <summary>A reserve that pays par until it is empty.</summary>
    Reserve,

    /// <summary>A sister token, minted and sold for every redemption.</summary>
    Sister,
}

/// <content>Parameters.</content>
public sealed partial class PegMarket
{
    public sealed record Parameters : MarketParameters
    {
        /// <summary>A token that starts at one dollar.</summary>
        public Parameters() => Spot = new(1);

        /// <summary>Par at the start; it moves in proportion to the price of the underlying, if there is one.</summary>
        [Bounds(1e-9, 1e9)] public Quantity<UsdPerToken> Par { get; init; } = new(1);

        /// <summary>Speed at which arbitrage takes the price back when nobody runs: 30 hours for a half.</summary>
        [Bounds(0, 1e6)] public Quantity<PerYear> PegReversion { get; init; } = new(200);

        /// <summary>Volatility of the price over par.</summary>
        [Bounds(0, 10)] public Quantity<Volatility> PegVolatility { get; init; } = new(0.02);

        /// <summary>Expected own jumps per year.</summary>
        [Bounds(0, 10_000)] public Quantity<PerYear> JumpIntensity { get; init; } = new(0);

        /// <summary>Mean of the log of an own jump.</summary>
        [Bounds(-1, 1)] public Quantity<Number> JumpMean { get; init; } = new(-0.02);

        /// <summary>Standard deviation of the log of an own jump.</summary>
        [Bounds(0, 1)] public Quantity<Number> JumpVolatility { get; init; } = new(0.01);

        /// <summary>Tokens outstanding at the start. Default: USDC in March 2023.</summary>
        [Bounds(1, 1e15)] public Quantity<Token> Supply { get; init; } = new(40e9);

        /// <summary>Reserve at the start over the value of the supply at par.</summary>
        [Bounds(0, 2)] public Quantity<Fraction> ReserveRatio { get; init; } = new(1);

        /// <summary>
        /// Share of the holders that leaves per year and unit of gap below par: at 12 a day a gap of 5 % drives out
        /// 2.5 % of the holders in an hour.
        /// </summary>
        [Bounds(0, 1e6)] public Quantity<PerYear> RunSpeed { get; init; } = new(4380);

        /// <summary>Gap below par that nobody minds (own assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> RunThreshold { get; init; } = new(0.01);

        /// <summary>Share of those who leave that sells on the market; the others redeem (own assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> SellShare { get; init; } = new(0.5);

        /// <summary>
        /// Fall of the log-price when the whole supply is sold; 0 where a venue takes the sales and sends its flow
        /// back.
        /// Default: own assumption; above 0.09, with the other defaults, a run feeds itself.
        /// </summary>
        [Bounds(0, 100)] public Quantity<Number> RunImpact { get; init; } = new(0.05);

        /// <summary>
        /// Share of the first supply that the issuer can redeem per year. Default: 2.34 of 40 billion USDC in a day.
        /// </summary>
        [Bounds(0, 1e6)] public Quantity<PerYear> RedemptionCapacity { get; init; } = new(21.4);

        /// <summary>What stands behind the token.</summary>
        public PegSupport Support { get; init; } = PegSupport.Reserve;

        /// <summary>Price of the sister token at the start. Default: LUNA on 7 May 2022, from memory.</summary>
        [Bounds(1e-9, 1e9)] public Quantity<UsdPerToken> SisterPriceStart { get; init; } = new(77);

        /// <summary>Sister tokens at the start. Default: LUNA on 7 May 2022, from memory.</summary>
        [Bounds(1, 1e15)] public Quantity<Token> SisterSupplyStart { get; init; } = new(345e6);

        /// <summary>Volatility of the sister token without redemptions (own assumption).</summary>
        [Bounds(0, 10)] public Quantity<Volatility> SisterVolatility { get; init; } = new(1.2);

        /// <summary>
        /// Fall of the log of the sister's price per share of its supply minted and sold (own assumption: 0.3 per daily
        /// volume, at 7 % of the supply a day).
        /// </summary>
        [Bounds(1, 100)] public Quantity<Number> SisterImpact { get; init; } = new(4.3);
    }
}
