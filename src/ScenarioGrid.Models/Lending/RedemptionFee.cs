using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Lending;

/// <summary>The fees of Liquity, which rise with redemptions and decay with a half-life of 12 hours.</summary>
/// <remarks>
/// <code>
/// base(t)  = base d^minutes,  d = 0.999037758833783
/// redeem   base += redeemed / (beta supply),  fee rate = min(floor + base, 1)
/// borrow   fee rate = min(floor + base, max)
/// </code>
/// <para>Source: liquity/dev, TroveManager.sol and FeeArithmeticTest.js.</para>
/// </remarks>
public static class RedemptionFee
{
    /// <summary>What is left of the base rate after a minute: half of it after 12 hours.</summary>
    public const double MinuteDecay = 0.999037758833783;

    /// <summary>Natural logarithm of the decay of a minute.</summary>
    private static readonly double LogDecay = LaneMath.Log(MinuteDecay);

    /// <summary>The base rate after some time; the protocol counts whole minutes.</summary>
    public static double Decayed(double baseRate, double seconds) =>
        baseRate * DecayOf(60 * Math.Floor(seconds / 60));

    /// <summary>What is left of the base rate after a tick, whatever its length.</summary>
    public static double DecayOf(double seconds) => LaneMath.Exp(LogDecay * (seconds / 60));

    /// <summary>The base rate after a redemption.</summary>
    /// <param name="baseRate">Base rate before it, decayed until now.</param>
    /// <param name="share">Redeemed part of the supply.</param>
    /// <param name="beta">Divisor (2).</param>
    public static Vec Raised(Vec baseRate, Vec share, double beta) => Vec.Min(baseRate + share / beta, 1.0);

    /// <summary>The fee rate at a base rate.</summary>
    /// <param name="baseRate">Base rate, decayed until now.</param>
    /// <param name="floor">Least fee (0.5 %).</param>
    /// <param name="most">Highest fee: 1 for a redemption, 5 % for a loan.</param>
    public static Vec RateAt(Vec baseRate, double floor, double most = 1) => Vec.Min(baseRate + floor, most);
}
