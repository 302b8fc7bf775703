using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <content>What the attack would cost and win, and whether it begins.</content>
public sealed partial class TwapManipulation
{
    /// <summary>Weighs the attack on the paths that wait, and begins it where it is worth it.</summary>
    private void Decide(int i, Vec price, int held, in Pool pool, in Tick tick)
    {
        Vecs begun = Begun.Vecs, engaged = Engaged.Vecs, multiple = SpotMultiple.Vecs;
        var waits = begun[i] < Vec.Zero;
        if (waits.None)
        {
            return;
        }

        var q = SpotPlan.Spot(
            OracleAveraging.Vecs[i], p.TargetMultiple.Value, Vec.Max(OracleWindow.Vecs[i], 1e-3) / tick.Seconds, held,
            OracleMoveLimit.Vecs[i], out var reachable);
        var (cost, capital) = CostOf(i, price, q, held, pool, tick);
        var gain = GainAt(i, price);
        var starts = waits;
        if (p.Rational)
        {
            starts &= reachable & (gain > cost) & (capital <= (IsUp ? Cash.Vecs[i] : Inventory.Vecs[i] * price));
        }

        if (p.Regime == Regime.ProposerControl)
        {
            starts &= HasRun(i, held + 1, waits, tick);
        }

        Weigh(i, waits, reachable, q, held, cost, gain);
        multiple[i] = Vec.Select(waits, q, multiple[i]);
        begun[i] = Vec.Select(starts, tick.Index, begun[i]);
        engaged[i] = Vec.Select(starts, 1.0, engaged[i]);
    }

    /// <summary>Expected cost of the whole attack, and the capital that it ties up.</summary>
    private (Vec Cost, Vec Capital) CostOf(int i, Vec price, Vec q, int held, in Pool pool, in Tick tick)
    {
        var phi = Fee.Vecs[i];
        var block = pool.Move(price, q);
        var capitalOfBlock = block.In / (1.0 - phi);
        var lost = p.Regime switch
        {
            Regime.SingleBlock => 1 - p.ProposerShare.Value,
            Regime.ProposerControl => 0,
            _ => 1.0,
        };
        var fees = phi * capitalOfBlock * (p.Regime == Regime.OpenMarket ? 1 : 2);
        var kept = held * block.Out * lost;
        var capital = capitalOfBlock * (p.Regime == Regime.OpenMarket ? held : 1 + lost * (held - 1));
        var cost = held * (lost * block.Loss + fees + Gas(i))
            + kept * (phi + 0.5 * p.UnwindImpact.Value)
            + capital * (p.Financing.Value * held * tick.Years);
        return (cost, capital);
    }

    /// <summary>What can be won when the oracle stands at its target.</summary>
    private Vec GainAt(int i, Vec price)
    {
        var gain = Vec.Max(LoanAt(i, price) - Pledge.Vecs[i] * price, Vec.Zero);
        return gain + p.Exposure.Value * price * Math.Abs(p.TargetMultiple.Value - 1);
    }

    /// <summary>What the lender would lend then.</summary>
    private Vec LoanAt(int i, Vec price)
    {
        var rise = p.TargetMultiple.Value - 1;
        var worth = Pledge.Vecs[i] * price;
        return Vec.Min(BorrowLimit.Vecs[i] * worth * (1 + p.PassThrough.Value * rise), LenderCash.Vecs[i]);
    }

    /// <summary>Whether a run of so many own blocks begins with the next one; blocks of shorter runs are passed
    /// over.</summary>
    private Mask HasRun(int i, int length, Mask waits, in Tick tick)
    {
        var passedOver = PassedOver.Vecs;
        var share = p.ProposerShare.Value;
        if (share >= 1)
        {
            return waits;
        }

        var u = tick.Uniform(RunDraw, i);
        var isOver = passedOver[i] <= Vec.Zero;

        // The length of a run of own blocks is geometric: at least k with probability share^k.
        var run = share <= 0 ? Vec.Zero : Vec.Floor(LaneMath.Log(u) / LaneMath.Log(share));
        var isLong = isOver & (run >= length);
        var left = Vec.Select(isOver, Vec.Where(!isLong, run), passedOver[i] - 1.0);
        passedOver[i] = Vec.Select(waits, left, passedOver[i]);
        return isLong;
    }

    private void Weigh(int i, Mask waits, Mask reachable, Vec q, int held, Vec cost, Vec gain)
    {
        Vecs expected = ExpectedCost.Vecs, winnable = Winnable.Vecs, margin = SecurityMargin.Vecs;
        Vecs minimum = MinimumLiquidity.Vecs;
        var wins = gain > Vec.Zero;
        var ratio = Vec.Min(cost / Vec.Select(wins, gain, 1.0), MarginMax);
        var perSide = held * Pricing.TwapManipulation.Loss(1.0, q);
        expected[i] = Vec.Select(waits, cost, expected[i]);
        winnable[i] = Vec.Select(waits, gain, winnable[i]);
        margin[i] = Vec.Select(waits, Vec.Select(wins & reachable, ratio, MarginMax), margin[i]);
        minimum[i] = Vec.Select(waits, Vec.Where(reachable, gain / perSide), minimum[i]);
    }
}
