using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>What a window of a mean costs in expectation: manipulation that pays, and lag that liquidates too late or
/// the wrong.</summary>
/// <remarks>
/// <para>Window W, hold of m blocks of h seconds, value at risk V at the target multiple T, quote reserve y, volatility
/// s, debt D with a buffer b in ln price between liquidation and insolvency:</para>
/// <code>
/// manipulation(W) = max(V - m C(q(W)), 0)                    C = y (sqrt(q) - 1)^2/sqrt(q), open market
/// late(W)         = D (d f(b/d) - b F(-b/d))                 d = s sqrt(W/3), the lag; f, F those of a normal
/// wrong(W)        = penalty * late(W)                        as often liquidated for a lag the other way
/// J(W)            = (manipulation + late + wrong) / V
/// </code>
/// <para>Manipulation falls with the window, lag rises with its square root, so J has a best window.</para>
/// <para>Source: own derivation.</para>
/// </remarks>
/// <param name="ValueAtRisk">What a moved oracle lets an attacker take, positive.</param>
/// <param name="Target">Multiple of the oracle at which it does, above 1.</param>
/// <param name="Reserve">Quote reserve of the pool.</param>
/// <param name="Held">Blocks that the attacker can hold the spot.</param>
/// <param name="BlockSeconds">Length of a block.</param>
/// <param name="IsGeometric">Geometric or arithmetic mean.</param>
/// <param name="Volatility">Volatility of the price per square root of a year.</param>
/// <param name="Debt">Debt near liquidation.</param>
/// <param name="Buffer">ln of the price between liquidation and insolvency, at least 0.</param>
/// <param name="Penalty">Loss of a wrong liquidation over that of a late one.</param>
public sealed record WindowTradeOff(
    double ValueAtRisk, double Target, double Reserve, double Held, double BlockSeconds, bool IsGeometric,
    double Volatility, double Debt, double Buffer, double Penalty)
{
    private const double RootTwoPi = 2.5066282746310002, LogSpotMax = 41;

    /// <summary>Part of the value at risk that manipulation takes at a window.</summary>
    public double ManipulationLoss(double windowSeconds)
    {
        var blocks = Math.Max(windowSeconds / BlockSeconds, Held);
        var spot = IsGeometric
            ? LaneMath.Exp(Math.Min(LaneMath.Log(Target) * blocks / Held, LogSpotMax))
            : TwapManipulation.ArithmeticSpot(Target, blocks, Held);
        return Math.Max(ValueAtRisk - Held * TwapManipulation.Loss(Reserve, spot), 0);
    }

    /// <summary>Expected loss by lag at a window, late and wrong liquidations together.</summary>
    public double LagLoss(double windowSeconds)
    {
        var lag = TwapLag.Deviation(Volatility, windowSeconds);
        if (lag <= 0)
        {
            return 0;
        }

        var z = Buffer / lag;
        var density = LaneMath.Exp(-0.5 * z * z) / RootTwoPi;
        return (1 + Penalty) * Debt * Math.Max(lag * density - Buffer * LaneMath.NormalCdf(-z), 0);
    }

    /// <summary>The objective J at a window.</summary>
    public double Objective(double windowSeconds) =>
        (ManipulationLoss(windowSeconds) + LagLoss(windowSeconds)) / ValueAtRisk;

    /// <summary>Best window between two limits, and the objective there.</summary>
    /// <param name="lowSeconds">Shortest window, positive.</param>
    /// <param name="highSeconds">Longest window.</param>
    /// <remarks>J need not have one valley only, so a grid of 512 windows, even in ln W, comes first; 60 steps of the
    /// golden section between the neighbours of its best follow.</remarks>
    public (double Seconds, double Objective) Best(double lowSeconds, double highSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lowSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(highSeconds, lowSeconds);
        const int Steps = 512;
        var (start, step) = (LaneMath.Log(lowSeconds), LaneMath.Log(highSeconds / lowSeconds) / Steps);
        var best = 0;
        var bestValue = double.PositiveInfinity;
        for (var k = 0; k <= Steps; k++)
        {
            var value = Objective(LaneMath.Exp(start + k * step));
            (best, bestValue) = value < bestValue ? (k, value) : (best, bestValue);
        }

        const double Golden = 0.6180339887498949;
        var (low, high) = (start + Math.Max(best - 1, 0) * step, start + Math.Min(best + 1, Steps) * step);
        for (var k = 0; k < 60; k++)
        {
            var (left, right) = (high - Golden * (high - low), low + Golden * (high - low));
            var goesLeft = Objective(LaneMath.Exp(left)) <= Objective(LaneMath.Exp(right));
            (low, high) = goesLeft ? (low, right) : (left, high);
        }

        var seconds = LaneMath.Exp(0.5 * (low + high));
        return (seconds, Objective(seconds));
    }
}
