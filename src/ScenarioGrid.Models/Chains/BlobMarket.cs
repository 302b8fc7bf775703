using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>The fee of blob gas under demand that falls with it.</summary>
/// <remarks>
/// <para>y = log of the fee in wei = excess / updateFraction, T target and M most blobs of a block, m = M/T, G the gas
/// of a blob, p the share of slots with a block, a = T G p/updateFraction:</para>
/// <code>
/// u     = (D/p) (fee/f0)^-e                             blobs asked for over target
/// dy/ds = a (min(u, m) - 1),  y at least 0              per slot: excess' = excess + used - target
/// full blocks while u > m:   ln(u/m) / (e a (m - 1)) slots, y rises by a (m - 1) in each
/// afterwards:                y' = y + ln(u + (1 - u) exp(-e a s)) / e       u = 1 in the end, fee = f0 (D/p)^(1/e)
/// </code>
/// <para>The rule of the protocol goes in steps of whole blocks; here it is a flow, which has the same level and the
/// same rise in full blocks, and lags by half a block besides.</para>
/// <para>Source: EIP-4844 and EIP-7691; the solution for elastic demand is an own derivation (logistic
/// equation).</para>
/// </remarks>
/// <param name="target">Blobs of a block at which the fee stays.</param>
/// <param name="most">Most blobs of a block, above <paramref name="target"/>.</param>
/// <param name="updateFraction">Excess blob gas that multiplies the fee by e.</param>
/// <param name="elasticity">The exponent e.</param>
/// <param name="reference">The fee f0 in gwei, at least one wei.</param>
public sealed class BlobMarket(
    double target, double most, double updateFraction, double elasticity, double reference)
{
    private const double GweiPerWei = 1e-9;

    private readonly double _logReference = LaneMath.Log(reference / GweiPerWei);
    private readonly double _rise = target * BaseFee.BlobGas / updateFraction;
    private readonly double _room = most / target;

    /// <summary>Fee in gwei of a log of the fee in wei.</summary>
    public static Vec Fee(Vec logFee) => GweiPerWei * LaneMath.Exp(logFee);

    /// <summary>Log of the fee in wei at which demand fills the target.</summary>
    /// <param name="demand">Blobs asked for at the reference fee, over target; above 0.</param>
    public double AtLevel(double demand) => Math.Max(_logReference + LaneMath.Log(demand) / elasticity, 0);

    /// <summary>Log of the fee in wei after the slots of a tick.</summary>
    /// <param name="logFee">The same before, at least 0.</param>
    /// <param name="slots">Number of slots, at least 1.</param>
    /// <param name="demand">Blobs asked for at the reference fee, over target; at least 0.</param>
    /// <param name="proposing">Share of slots with a block; 0 in a halt.</param>
    public Vec Next(Vec logFee, int slots, Vec demand, Vec proposing)
    {
        var isMade = proposing > Vec.Zero;
        var blocks = Vec.Select(isMade, proposing, 1.0);
        var a = _rise * blocks;
        var logAsked = elasticity * (_logReference - logFee) + LaneMath.Log(Vec.Max(demand / blocks, 1e-300));
        var toFull = (logAsked - LaneMath.Log(_room)) / (elasticity * (_room - 1) * a);
        var full = Vec.Clamp(toFull, Vec.Zero, slots);
        var asked = Vec.Min(LaneMath.Exp(Vec.Min(logAsked, 100)), _room);
        var left = LaneMath.Exp(-elasticity * (a * (slots - full)));
        var moved = a * full * (_room - 1) + LaneMath.Log(asked + (1.0 - asked) * left) / elasticity;
        return Vec.Select(isMade, Vec.Max(logFee + moved, Vec.Zero), logFee);
    }
}
