using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>Vaults that mint a stablecoin; what fails is auctioned: Maker, by English (flip) or Dutch (clip)
/// auctions.</summary>
/// <remarks>
/// <para>Collateral C, debt D, oracle price P, penalty c, venue with 1 - fee g and reserves x, y:</para>
/// <code>
/// bark        where C P &lt; liquidationRatio D: C goes to an auction that has to raise D (1 + c), within the hole
/// flip        after bidTime each lot has n bidders, n Poisson of mean
///               bidders Phi(ln(bid / gas)) (1 - (1 - inclusion)^blocks) (1 - exp(-bidTime / latency)) (1 - rejected)
///               times the share of the tab that keepers can fund
///             n = 0: bids are awaited for another bidTime; after auctionTime a keeper must start the lot again
///             n = 1: the lot goes for nothing
///             n &gt; 1: with v = g y/(x + g q) (1 - bidMargin E[2/(n+1)]) a token of the runner-up and beg = 1 +
///             bidStep, v lot/beg for the lot, or the tab for min(lot, beg tab/v); the rest goes back to its owner
/// clip        price(t) from topMultiple P down: top cut^floor(t/step), top (1 - t/lineTime) or top cut^(t/step);
///             keepers take q tokens while g x y/(x + g q)^2 &gt;= price (1 + margin + flash fee) + gas a token;
///             started again after tail or below cusp, for tip + chip tab
/// bad debt    D less what was raised, when a lot is gone; what is raised above D goes to the reserve
/// waterfall   reserve (fees and penalties), surplus buffer, minted tokens at a stressed price, holders
/// </code>
/// <para>Shapes: cohorts [cohorts + whales][paths]; auctions [16][paths], each a batch of alike lots; when all are in
/// use, new lots join the youngest. Everything else [paths]. Cash is room under the debt ceiling. With an oracle that
/// is an hour late (the security module) vaults are barked at a price that the market has left. Lots that fail to sell
/// keep their place; keepers of flips need capital, those of clips may borrow it.</para>
/// <para>Maker of 2020: auction flip, hole 1e12, insuranceStart 500k USD. LIQ-2.0: the defaults.</para>
/// <para>Source: dss, cat.sol, flip.sol, dog.sol, clip.sol, abaci.sol; whiterabbit, "Black Thursday for MakerDAO" for
/// the share of 36 %; bidders: own derivation.</para>
/// </remarks>
[Component("maker-lending")]
public sealed partial class MakerLending(MakerLending.Parameters p) : CohortLending(p, RulesOf(p))
{
    private const int Slots = 16, SaleDraw = OwnDraw, NobodyDraw = OwnDraw + 1, SoleDraw = NobodyDraw + Slots;

    private readonly Parameters _p = p;

    /// <summary>Dollars each batch of auctions still has to raise, penalty included.</summary>
    public Lane<Usd> AuctionTab { get; } = Lane.State<Usd>(0, Slots);

    /// <summary>Collateral of each batch.</summary>
    public Lane<Token> AuctionLot { get; } = Lane.State<Token>(0, Slots);

    /// <summary>Debt of each batch less what it has raised; below 0 when penalties have come in.</summary>
    public Lane<Usd> AuctionOwed { get; } = Lane.State<Usd>(0, Slots);

    /// <summary>Price at the start of each batch.</summary>
    public Lane<UsdPerToken> AuctionTop { get; } = Lane.State<UsdPerToken>(0, Slots);

    /// <summary>Time since the start of each batch; of a flip, since bids were last counted.</summary>
    public Lane<Second> AuctionAge { get; } = Lane.State<Second>(0, Slots);

    /// <summary>Flip: time since the start of each batch.</summary>
    public Lane<Second> AuctionRun { get; } = Lane.State<Second>(0, Slots);

    /// <summary>Lots in each batch.</summary>
    public Lane<Count> AuctionCount { get; } = Lane.State<Count>(0, Slots);

    /// <summary>Collateral in all auctions.</summary>
    [Holds("base")] public Lane<Token> AuctionCollateral { get; } = Lane.State<Token>();

    /// <summary>Lots sold so far, and those that went for nothing.</summary>
    public Lane<Count> LotsSold { get; } = Lane.State<Count>();

    /// <summary>Lots sold to a single bidder for nothing so far.</summary>
    public Lane<Count> LotsFree { get; } = Lane.State<Count>();

    /// <summary>Lots in auction.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> AuctionsOpen { get; } = Lane.Output<Count>(0, Over.Max);

    /// <summary>Dollars that auctions have to raise.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> InAuction { get; } = Lane.Output<Usd>(0, Over.Max);

    /// <summary>Share of the lots sold so far that went to a single bidder for nothing.</summary>
    [Bounds(0, 1)] public Lane<Fraction> ZeroBidShare { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <summary>Collateral sold for nothing so far, at the venue's spot price.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> ZeroBidCollateral { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Dollars raised by auctions so far.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Recovered { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Raised above the debts so far: penalties.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> Surplus { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Collateral that went back to owners of vaults after the tab was raised, so far.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Token> Returned { get; } = Lane.Output<Token>(0, Over.Final);

    /// <inheritdoc/>
    protected override Mask LiquidatePosition(ref Desk desk, ref Vec collateral, ref Vec debt, Vec size)
    {
        var under = (collateral * desk.Price * Threshold < debt) & (collateral > Vec.Zero);
        if (under.None)
        {
            return under;
        }

        // Room in the hole is counted in tabs; the desk keeps what is used of it in this tick.
        var room = Vec.Max(_p.Hole.Value - desk.Dollars, Vec.Zero);
        var most = Vec.Min(desk.Room(debt, size), room / (debt * (1 + _p.Penalty.Value)));
        var share = Vec.Where(under & desk.CanActShallow, most);
        var (gone, _) = desk.TakeOut(under, share, size, ref collateral, ref debt);
        desk.Absorbed += gone;
        desk.Dollars += gone * (1 + _p.Penalty.Value);
        return under;
    }

    /// <inheritdoc/>
    protected override void Prepare(ref Desk desk, int i) => desk.Dollars = InAuction.Vecs[i];

    /// <inheritdoc/>
    protected override Vec MarkedLoss(int i)
    {
        var loss = Vec.Zero;
        for (var slot = 0; slot < Slots; slot++)
        {
            loss += Vec.Max(AuctionOwed.Row(slot)[i] - AuctionLot.Row(slot)[i] * Spot.Vecs[i], Vec.Zero);
        }

        return loss;
    }

    private static LendingRules RulesOf(Parameters p) => new(
        p.ThresholdShare, p.ThresholdShare, 1 + p.Penalty.Value, p.Penalty.Value,
        RateCurve.Flat(p.StabilityFee.Value))
    {
        Mints = true,
    };
}
