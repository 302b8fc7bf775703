using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>A chain whose blocks are sold in a fee market: what is the same whether it has shards or not.</summary>
/// <remarks>
/// <code>
/// log-demand' = log-demand 2^(-h/halfLife) + noise       an Ornstein-Uhlenbeck process with median 0
/// delay       = slot + time halted so far, at most a day            while no blocks are made
/// </code>
/// <para>Shapes: every lane is [paths]. Source: own derivation.</para>
/// </remarks>
public abstract partial class FeeChain(FeeChainParameters p) : Component
{
    /// <summary>Longest expected delay that is told.</summary>
    protected const double DelayLimit = 86_400;

    /// <summary>Slots that end until a time.</summary>
    private double SlotsUntil(double seconds) => Math.Floor(seconds / p.Slot.Value + 1e-9);

    /// <summary>Slots that end in a tick.</summary>
    protected int SlotsOf(in Tick tick) => (int)(SlotsUntil(tick.Start + tick.Seconds) - SlotsUntil(tick.Start));

    /// <summary>Moves the log of some demand over its usual by a tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="lane">The log.</param>
    /// <param name="deviation">Its long-run standard deviation.</param>
    /// <param name="draw">Number of its draw.</param>
    protected void MoveLog(in Tick tick, Lane<Number> lane, double deviation, int draw)
    {
        var keep = LaneMath.Exp(-LaneMath.Log(2.0) * tick.Seconds / p.DemandHalfLife.Value);
        var noise = deviation * Math.Sqrt(1 - keep * keep);
        if (noise == 0)
        {
            return;
        }

        var log = lane.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            log[i] = log[i] * keep + noise * tick.Normal(draw, i);
        }
    }

    /// <summary>Multiple of demand that the volatility of the market brings.</summary>
    protected Vec ByVolatility(int i) => BlockDemand.ByVolatility(MarketVolatility.Vecs[i], p.CalmVolatility.Value,
        p.VolatilityCoupling.Value, p.VolatilityDemandMax.Value);

    /// <summary>Tip that is included last; the least one where blocks are not full.</summary>
    protected Vec LastTip(Mask isFull, Vec fee, Vec used, Vec want)
    {
        Vec floor = p.TipFloor.Value;
        if (isFull.None)
        {
            return floor;
        }

        var median = fee * (p.TipMedian.Value / p.ReferenceBaseFee.Value);
        return Vec.Select(isFull,
            BlockDemand.LastTip(median, used, want, p.BidDeviation.Value, p.TipFloor.Value), floor);
    }

    /// <summary>Counts the time of a halt, and passes the price of the token on.</summary>
    protected void CountHalt(int i, Mask up, double seconds)
    {
        Vecs isUp = IsUp.Vecs, haltTime = HaltTime.Vecs, native = NativePrice.Vecs;
        isUp[i] = up.AsOne();
        haltTime[i] = Vec.Select(up, Vec.Zero, haltTime[i] + seconds);
        native[i] = MarketPrice.Vecs[i];
    }

    /// <summary>In a halt nothing is included, and the delay is that of the halt.</summary>
    protected void WaitWhileHalted(int i, Mask up)
    {
        Vecs inclusion = Inclusion.Vecs, delay = Delay.Vecs, delayMax = DelayMax.Vecs;
        if (!up.All)
        {
            inclusion[i] = Vec.Where(up, inclusion[i]);
            delay[i] = Vec.Select(up, delay[i], Vec.Min(p.Slot.Value + HaltTime.Vecs[i], DelayLimit));
        }

        delayMax[i] = delay[i];
    }
}
