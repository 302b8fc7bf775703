using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>How seized collateral is auctioned.</summary>
public enum AuctionKind
{
    /// <summary>English: bids rise until nobody answers (Maker until 2021).</summary>
    Flip,

    /// <summary>Dutch: the price falls until somebody takes (LIQ-2.0).</summary>
    Clip,
}

/// <content>Parameters; defaults are ETH-A of LIQ-2.0, and of March 2020 with auction flip.</content>
public sealed partial class MakerLending
{
    /// <summary>Parameters of the market.</summary>
    public sealed record Parameters : LendingParameters
    {
        /// <summary>Vaults of ETH-A: a surplus buffer, tokens to mint, keepers who set gas by hand.</summary>
        public Parameters()
        {
            (InsuranceStart, MintCapacity, GasPolicy) = (new(500_000), new(300e6), KeeperGas.Static);
            (RatioHigh, UtilisationStart) = (new(8), new(0.8));
        }

        /// <summary>Collateral value over debt below which a vault is liquidated (ETH-A: 150 %).</summary>
        [Bounds(1.06, 3)] public Quantity<Number> LiquidationRatio { get; init; } = new(1.5);

        /// <summary>Penalty added to the debt to raise (13 %).</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> Penalty { get; init; } = new(0.13);

        /// <summary>Yearly fee on debt (4 %, from memory).</summary>
        [Bounds(0, 1)] public Quantity<PerYear> StabilityFee { get; init; } = new(0.04);

        /// <summary>How seized collateral is sold.</summary>
        public AuctionKind Auction { get; init; } = AuctionKind.Clip;

        /// <summary>Debt that may be in auctions at a time (35M for ETH types).</summary>
        [Bounds(1e3, 1e12)] public Quantity<Usd> Hole { get; init; } = new(35e6);

        /// <summary>Flip: collateral of one auction (50 ETH).</summary>
        [Bounds(0.01, 1e6)] public Quantity<Token> LotSize { get; init; } = new(50);

        /// <summary>Flip: time without a higher bid after which a lot is sold (10 minutes, from memory).</summary>
        [Bounds(60, 86_400)] public Quantity<Second> BidTime { get; init; } = new(600);

        /// <summary>Flip: time from the start in which a lot takes bids (6 h in March 2020, from memory; 2 days in the
        /// code); one without a bid by then waits until a keeper starts it again.</summary>
        [Bounds(60, 2_592_000)] public Quantity<Second> AuctionTime { get; init; } = new(21_600);

        /// <summary>Flip: least rise of a bid over the one before (5 % in the code, 3 % in March 2020, from memory); 0
        /// lets bids rise by any amount.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> BidStep { get; init; } = new(0);

        /// <summary>Flip: bidders per auction when all are able to bid. With 7.31, 1 % of lots find a single bidder
        /// when gas is as usual, and 36 %, as in March 2020, when it is six times as dear.</summary>
        [Bounds(0, 1000)] public Quantity<Count> Bidders { get; init; } = new(7.31);

        /// <summary>Flip: margins that bidders want, even from 0 to this share of the price (10 %).</summary>
        [Bounds(0, 0.9)] public Quantity<Fraction> BidMargin { get; init; } = new(0.1);

        /// <summary>Clip: price at the start over the oracle's (1.2 to 1.3).</summary>
        [Bounds(0.5, 3)] public Quantity<Number> TopMultiple { get; init; } = new(1.2);

        /// <summary>Clip: how the price falls.</summary>
        public AuctionPrice PriceForm { get; init; }

        /// <summary>Clip: factor on the price per step of a stair (99 %).</summary>
        [Bounds(0.5, 0.99999)] public Quantity<Fraction> Cut { get; init; } = new(0.99);

        /// <summary>Clip: seconds of a step (90 s); an exponential falls by the cut in each.</summary>
        [Bounds(1, 3600)] public Quantity<Second> StepTime { get; init; } = new(90);

        /// <summary>Clip: time in which a straight line falls to nothing (assumption).</summary>
        [Bounds(60, 604_800)] public Quantity<Second> LineTime { get; init; } = new(7200);

        /// <summary>Clip: time after which an auction starts again (8400 s, from memory).</summary>
        [Bounds(60, 604_800)] public Quantity<Second> Tail { get; init; } = new(8400);

        /// <summary>Clip: share of the first price at which an auction starts again (40 %, from memory).</summary>
        [Bounds(0, 0.99)] public Quantity<Fraction> Cusp { get; init; } = new(0.4);

        /// <summary>Clip: what a keeper is paid for a start (300, from memory).</summary>
        [Bounds(0, 1e5)] public Quantity<Usd> Tip { get; init; } = new(300);

        /// <summary>Clip: share of the tab a keeper is paid for a start (0.1 %, from memory).</summary>
        [Bounds(0, 0.1)] public Quantity<Fraction> Chip { get; init; } = new(0.001);

        /// <summary>Clip: smallest tab a bid may leave behind (assumption).</summary>
        [Bounds(0, 1e6)] public Quantity<Usd> Dust { get; init; } = new(5000);

        internal override double ThresholdShare => 1 / LiquidationRatio.Value;
    }
}
