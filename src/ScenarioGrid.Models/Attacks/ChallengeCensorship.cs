using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Rollups;

namespace ScenarioGrid.Models.Attacks;

/// <summary>A false claim on a rollup, with block builders paid to leave the challenges out.</summary>
/// <remarks>
/// <code>
/// at the onset:         the claim is made
/// while it is live:     each block costs max(paymentPerBlock, defenderBudget / moves), as the defender's best tip is
///                       1 / k of its budget; with T blocks to censor it takes defenderBudget T / k in all
/// censorship pushed   = share of the tick's blocks that the rest of the budget pays for x (1 - honestIncluders)^16
/// profit              = stolen since the onset - payments - bonds slashed since the onset
/// </code>
/// <para>Shapes: all lanes [paths]. Payments are made one tick ahead, for all of its blocks, so that the last tick of
/// a claim
/// is paid in full. A claim made while the rollup has another one live counts as the attacker's.</para>
/// <para>Source: own derivation of the game of tips (<see cref="ChallengeWindow.BribeRatio"/>); Berger et al.,
/// "Economic
/// Censorship Games in Fraud Proofs", arXiv:2502.20334; inclusion lists: EIP-7805.</para>
/// </remarks>
[Component("challenge-censorship")]
public sealed class ChallengeCensorship(ChallengeCensorship.Parameters p) : Attack
{
    private const double Claimed = 1, Decided = 2;

    /// <summary>What a campaign file may set.</summary>
    public sealed record Parameters
    {
        /// <summary>Most the attacker pays to builders.</summary>
        [Bounds(0, 1e12), Means] public Quantity<Usd> Budget { get; init; } = new(50_000_000);

        /// <summary>Value of the false claim.</summary>
        [Bounds(0, 1e12), Means] public Quantity<Usd> Claim { get; init; } = new(1_000_000_000);

        /// <summary>Least payment for leaving the challenges out of one block (from memory).</summary>
        [Bounds(0, 1e9)] public Quantity<Usd> PaymentPerBlock { get; init; } = new(500);

        /// <summary>What the honest side has for tips (from memory).</summary>
        [Bounds(0, 1e12)] public Quantity<Usd> DefenderBudget { get; init; } = new(100_000);

        /// <summary>Moves over which the honest side spreads it; those of the rollup.</summary>
        [Bounds(1, 1000, Whole = true)] public Quantity<Count> Moves { get; init; } = new(37);

        /// <summary>Share of honest members of the committee of 16 whose lists builders must follow; 0 without
        /// lists.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> HonestIncluders { get; init; } = new(0);
    }

    /// <summary>1 while the rollup has a live false claim.</summary>
    public Lane<Fraction> ClaimIsLive { get; } = Lane.Input<Fraction>("target.claimIsLive");

    /// <summary>Value stolen from the rollup so far.</summary>
    public Lane<Usd> TargetStolen { get; } = Lane.Input<Usd>("target.stolen");

    /// <summary>Bonds of false claims slashed so far.</summary>
    public Lane<Usd> TargetSlashed { get; } = Lane.Input<Usd>("target.slashed");

    /// <summary>Blocks that the parent chain makes in a tick.</summary>
    public Lane<Block> Blocks { get; } = Lane.Input<Block>("target/chain.blocks");

    /// <summary>Share of challenge transactions left out.</summary>
    public Lane<Fraction> Censorship { get; } = Lane.Push<Fraction>("target.censorship");

    /// <summary>Value of the claim, in the tick in which it is made.</summary>
    public Lane<Usd> FraudClaim { get; } = Lane.Push<Usd>("target.fraudClaim");

    /// <summary>0 before the claim, 1 while it may be live, 2 when it is decided.</summary>
    public Lane<Number> Phase { get; } = Lane.State<Number>();

    /// <summary>Value stolen before the onset.</summary>
    public Lane<Usd> StolenBefore { get; } = Lane.State<Usd>();

    /// <summary>Bonds slashed before the onset.</summary>
    public Lane<Usd> SlashedBefore { get; } = Lane.State<Usd>();

    /// <summary>Payments to builders so far.</summary>
    public Lane<Usd> Paid { get; } = Lane.State<Usd>();

    /// <summary>Payments and the bond lost so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Cost { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Blocks paid for so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Block> BlocksCensored { get; } = Lane.Output<Block>(0, Over.Final);

    /// <summary>Value stolen since the onset less the cost.</summary>
    public Lane<Usd> Profit { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>1 once something is stolen: its mean is the probability of success.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> Success { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <inheritdoc/>
    public override void Step(in Tick tick)
    {
        Vecs stolen = TargetStolen.Vecs, slashed = TargetSlashed.Vecs, live = ClaimIsLive.Vecs, phase = Phase.Vecs;
        Vecs stolenBefore = StolenBefore.Vecs, slashedBefore = SlashedBefore.Vecs, claim = FraudClaim.Vecs;
        Vecs cost = Cost.Vecs, profit = Profit.Vecs, success = Success.Vecs;
        var begins = tick.Start - tick.Seconds < Onset;
        var isOn = tick.Start >= Onset;
        for (var i = 0; i < tick.Vectors; i++)
        {
            stolenBefore[i] = begins ? stolen[i] : stolenBefore[i];
            slashedBefore[i] = begins ? slashed[i] : slashedBefore[i];
            var decided = Vec.Equal(phase[i], Claimed) & !(live[i] > Vec.Zero);
            phase[i] = Vec.Select(decided, Decided, phase[i]);
            var makes = isOn ? Vec.Equal(phase[i], 0.0) : phase[i] < Vec.Zero;
            phase[i] = Vec.Select(makes, Claimed, phase[i]);
            claim[i] = Vec.Where(makes, p.Claim.Value);
            Censor(i, Vec.Equal(phase[i], Claimed));
            var loot = stolen[i] - stolenBefore[i];
            cost[i] = Paid.Vecs[i] + Vec.Max(slashed[i] - slashedBefore[i], 0.0);
            profit[i] = loot - cost[i];
            success[i] = (loot > Vec.Zero).AsOne();
        }
    }

    /// <summary>Pays for the blocks of the next tick as far as the budget goes.</summary>
    private void Censor(int i, Mask on)
    {
        Vecs paid = Paid.Vecs, censorship = Censorship.Vecs, censored = BlocksCensored.Vecs;
        var tip = p.DefenderBudget.Value * ChallengeWindow.BribeRatio(1, p.Moves.Value);
        var price = Math.Max(p.PaymentPerBlock.Value, tip);
        var blocks = Blocks.Vecs[i];
        var wanted = Vec.Where(on, blocks * price);
        var payment = Vec.Min(wanted, Vec.Max(p.Budget.Value - paid[i], 0.0));
        var share = Vec.Select(wanted > Vec.Zero, payment / Vec.Max(wanted, 1e-300), on.AsOne());
        paid[i] += payment;
        censored[i] += share * blocks;
        censorship[i] = share * (1 - ChallengeWindow.InclusionList(p.HonestIncluders.Value));
    }
}
