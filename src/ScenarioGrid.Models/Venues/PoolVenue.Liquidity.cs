using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <content>Liquidity that others move in and out.</content>
public abstract partial class PoolVenue
{
    /// <summary>Largest share of the pool that may be taken out in a tick, and what stays of its start: the last
    /// providers do not leave.</summary>
    private const double TakenMax = 0.95, StaysMin = 1e-6;

    /// <summary>Value of both reserves to add in this tick; to take out where negative.</summary>
    public Lane<Usd> LiquidityFlow { get; } = Lane.Inbox<Usd>();

    /// <summary>What of it was added, or taken out where negative: nothing while the venue does not trade.</summary>
    public Lane<Usd> LiquidityMoved { get; } = Lane.Output<Usd>();

    private void TakeFlow<TCurve>(ref Pool<TCurve> pool, int i, Mask up)
        where TCurve : struct, ICurve<TCurve>
    {
        var moved = LiquidityMoved.Vecs;
        var flow = Vec.Where(up, LiquidityFlow.Vecs[i]);
        if (Vec.Equal(flow, Vec.Zero).All)
        {
            moved[i] = Vec.Zero;
            return;
        }

        var value = pool.Curve.Base * pool.Curve.Spot + pool.Curve.Quote;
        var least = Vec.Max(-TakenMax * value, StaysMin * LiquidityStart - value);
        var change = Vec.Max(flow, Vec.Min(least, Vec.Zero));
        moved[i] = change;
        pool.Scale(1.0 + change / value);
    }
}
