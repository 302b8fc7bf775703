using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Attacks;

/// <summary>A paid campaign against the keys of a bridge: every organisation is breached more often while it
/// lasts.</summary>
/// <remarks>
/// <code>
/// from the onset on, for a time, until the budget is spent or something is stolen:
/// paid   = min(costPerDay h, budget - cost),  hazard pushed = effort paid / (costPerDay h)
/// profit = stolen since the onset - cost,     success when anything is stolen since the onset
/// </code>
/// <para>Shapes: all lanes [paths]. The bridge feels the effort one tick later. A theft by others after the onset
/// counts as
/// the attacker's. Keys taken stay taken when the campaign ends.</para>
/// <para>Source: attacker's account c, V of a common decision rule, own derivation; cf. the post-mortem of
/// Ronin.</para>
/// </remarks>
[Component("bridge-key-compromise")]
public sealed class BridgeKeyCompromise(BridgeKeyCompromise.Parameters p) : Attack
{
    /// <summary>What a campaign file may set.</summary>
    public sealed record Parameters
    {
        /// <summary>Extra breaches per year of each organisation while fully paid (from memory).</summary>
        [Bounds(0, 100_000), Means] public Quantity<PerYear> Effort { get; init; } = new(5);

        /// <summary>How long the campaign lasts (from memory).</summary>
        [Bounds(0, 315_360_000)] public Quantity<Second> For { get; init; } = new(7_776_000);

        /// <summary>Cost of the campaign; 20,000 USD a day (from memory).</summary>
        [Bounds(0, 1e9), Means] public Quantity<UsdPerSecond> CostPerDay { get; init; } = new(20_000 / 86_400.0);

        /// <summary>Most it may cost.</summary>
        [Bounds(0, 1e12), Means] public Quantity<Usd> Budget { get; init; } = new(2_000_000);
    }

    /// <summary>Value stolen from the bridge so far.</summary>
    public Lane<Usd> TargetStolen { get; } = Lane.Input<Usd>("target.stolen");

    /// <summary>Extra hazard of each organisation of the bridge.</summary>
    public Lane<PerYear> Hazard { get; } = Lane.Push<PerYear>("target.compromiseRate");

    /// <summary>Value stolen before the onset.</summary>
    public Lane<Usd> StolenBefore { get; } = Lane.State<Usd>();

    /// <summary>What the attacker has paid so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> Cost { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Value stolen since the onset less the cost.</summary>
    public Lane<Usd> Profit { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>1 once something is stolen: its mean is the probability of success.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> Success { get; } = Lane.Output<Fraction>(0, Over.Final);

    /// <inheritdoc/>
    public override void Step(in Tick tick)
    {
        Vecs stolen = TargetStolen.Vecs, hazard = Hazard.Vecs, before = StolenBefore.Vecs, cost = Cost.Vecs;
        Vecs profit = Profit.Vecs, success = Success.Vecs;
        var begins = tick.Start - tick.Seconds < Onset;
        var lasts = tick.Start >= Onset && tick.Start < Onset + p.For.Value;
        var price = lasts ? p.CostPerDay.Value * tick.Seconds : 0;
        for (var i = 0; i < tick.Vectors; i++)
        {
            before[i] = begins ? stolen[i] : before[i];
            var loot = stolen[i] - before[i];
            var succeeded = loot > Vec.Zero;
            var paid = Vec.Where(!succeeded, Vec.Min(price, Vec.Max(p.Budget.Value - cost[i], 0.0)));
            var share = price > 0 ? paid / price : 1.0;
            hazard[i] = lasts ? Vec.Where(!succeeded, p.Effort.Value * share) : Vec.Zero;
            cost[i] += paid;
            profit[i] = loot - cost[i];
            success[i] = succeeded.AsOne();
        }
    }
}
