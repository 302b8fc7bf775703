using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Bench.Reference;

/// <summary>
/// Lending of the reference campaign: 20 buckets of positions, sold into one pool when they cross the threshold.
/// </summary>
/// <remarks>
/// <para>Per bucket with collateral c, debt d, value v = c tw: where 0.85 v &lt; d,</para>
/// <code>
/// insolvent (v &lt; d):  sell c, claim d, c = d = 0
/// else:               repay = d/2, size = 1.08 repay/tw, both capped by c; only if the pool pays at least repay
/// </code>
/// <para>The pool pays y g size / (x + g size); the comparison is made without the division.</para>
/// </remarks>
[Component("reference-lending", Family = "Lending")]
public sealed class ReferenceLending(ReferenceLending.Parameters p) : Component
{
    private const int Buckets = 20;
    private const double CollateralStart = 250, PriceStart = 1000;
    private const double Threshold = 0.85, CloseFactor = 0.5, Bonus = 1.08, Gamma = 0.997;

    public sealed record Parameters
    {
        /// <summary>Skip groups of four paths in which no bucket can be liquidated.</summary>
        public bool SkipIdle { get; init; }

        /// <summary>Number of the copy, for campaigns that run the same cell once per worker.</summary>
        [Bounds(1, 1024)]
        public Quantity<Count> Copy { get; init; } = new(1);
    }

    public Lane<UsdPerToken> OraclePrice { get; } = Lane.Input<UsdPerToken>("oracle.mean");

    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price");

    public Lane<Token> ReserveBase { get; } = Lane.Input<Token>("venue.reserveBase");

    public Lane<Usd> ReserveQuote { get; } = Lane.Input<Usd>("venue.reserveQuote");

    public Lane<UsdPerToken> FillPrice { get; } = Lane.Input<UsdPerToken>("venue.fillPrice");

    public Lane<Token> Collateral { get; } = Lane.State<Token>(CollateralStart, Buckets);

    public Lane<Usd> Debt { get; } = Lane.State<Usd>(0, Buckets);

    public Lane<UsdPerToken> Trigger { get; } = Lane.State<UsdPerToken>();

    public Lane<Token> SoldInsolvent { get; } = Lane.State<Token>();

    public Lane<Usd> Claimed { get; } = Lane.State<Usd>();

    public Lane<Token> Sale { get; } = Lane.Push<Token>("venue.sale");

    public Lane<Usd> BadDebt { get; } = Lane.Output<Usd>(0, Over.Final);

    public override void Start(in Tick tick)
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var debt = (0.45 + 0.37 * bucket / 19.0) * CollateralStart * PriceStart;
            Debt.AllRows.Slice(bucket * tick.Paths, tick.Paths).Fill(debt);
        }

        for (var i = 0; i < tick.Vectors; i++)
        {
            Retrigger(i);
        }
    }

    public override void Step(in Tick tick)
    {
        Vecs fill = FillPrice.Vecs, bad = BadDebt.Vecs,
            sale = Sale.Vecs, sold = SoldInsolvent.Vecs, claimed = Claimed.Vecs;
        Vecs mean = OraclePrice.Vecs, trigger = Trigger.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var loss = claimed[i] - sold[i] * fill[i];
            bad[i] += Vec.Max(loss, Vec.Zero);
            if (p.SkipIdle && (mean[i] >= trigger[i]).All)
            {
                sale[i] = sold[i] = claimed[i] = Vec.Zero;
                continue;
            }

            Liquidate(i);
            if (p.SkipIdle)
            {
                Retrigger(i);
            }
        }

        if (tick.IsLast)
        {
            MarkToMarket(tick);
        }
    }

    private void Liquidate(int i)
    {
        Vec mean = OraclePrice.Vecs[i], x = ReserveBase.Vecs[i], y = ReserveQuote.Vecs[i];
        Vec bonusOverPrice = Bonus / mean, yGamma = y * Gamma, threshold = Threshold, bonusInverse = 1 / Bonus;
        Vec half = CloseFactor, gamma = Gamma;
        Vec total = Vec.Zero, insolventTotal = Vec.Zero, claimedTotal = Vec.Zero;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            Vecs collateral = Collateral.Row(bucket), debt = Debt.Row(bucket);
            Vec c = collateral[i], d = debt[i], v = c * mean;
            Mask under = v * threshold < d, insolvent = v < d;
            Vec repay = half * d, size = repay * bonusOverPrice;
            var capped = size > c;
            size = Vec.Select(capped, c, size);
            repay = Vec.Select(capped, v * bonusInverse, repay);
            var pays = yGamma * size >= repay * Vec.Fma(gamma, size, x);
            var acts = under & (insolvent | pays);
            var gone = under & insolvent;
            var sell = Vec.Where(acts, Vec.Select(insolvent, c, size));
            total += sell;
            insolventTotal += Vec.Where(gone, c);
            claimedTotal += Vec.Where(gone, d);
            collateral[i] = c - sell;
            debt[i] = Vec.Select(acts, Vec.Select(insolvent, Vec.Zero, d - repay), d);
        }

        Vecs sale = Sale.Vecs, sold = SoldInsolvent.Vecs, claimed = Claimed.Vecs;
        sale[i] = total;
        sold[i] = insolventTotal;
        claimed[i] = claimedTotal;
    }

    private void Retrigger(int i)
    {
        var highest = Vec.Zero;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var c = Collateral.Row(bucket)[i];
            var at = Debt.Row(bucket)[i] / (c * Threshold) * (1 + 1e-12);
            highest = Vec.Max(highest, Vec.Where(c > Vec.Zero, at));
        }

        var trigger = Trigger.Vecs;
        trigger[i] = highest;
    }

    private void MarkToMarket(in Tick tick)
    {
        Vecs bad = BadDebt.Vecs, price = MarketPrice.Vecs;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            Vecs collateral = Collateral.Row(bucket), debt = Debt.Row(bucket);
            for (var i = 0; i < tick.Vectors; i++)
            {
                bad[i] += Vec.Max(debt[i] - collateral[i] * price[i], Vec.Zero);
            }
        }
    }
}
