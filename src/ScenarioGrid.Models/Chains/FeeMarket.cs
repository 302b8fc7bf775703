using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>The base fee and the backlog of a chain, slot by slot, under demand that falls with the fee.</summary>
/// <remarks>
/// <para>Gas in targets of one block; p is the share of slots that carry a block.</para>
/// <code>
/// want = d (b/b0)^-e + Q,     used = min(elasticity p, want)
/// b'   = b (1 + (used - p)/denominator),  at least feeMin
/// Q'   = (want - used) min(1, (b'/b)^-e) keep;  the rest of what is not used is dropped
/// </code>
/// <para>Ticks of up to <see cref="SlotsExact"/> slots take every slot. In longer ones a path that has no backlog and
/// uses its target within half a percent goes to its level at once: there use over target, u, has u' - 1 = (u - 1)(1 -
/// e p/denominator) to first order; the fee is right to 1e-4. So does a path that rests at the least fee.</para>
/// <para>Source: EIP-1559 without the rounding to whole wei; demand and backlog are own derivations.</para>
/// </remarks>
/// <param name="elasticity">Gas limit over gas target.</param>
/// <param name="denominator">Divisor of the change of the fee, at least 8 times (elasticity - 1).</param>
/// <param name="demandElasticity">The exponent e.</param>
/// <param name="reference">The fee b0 in gwei.</param>
/// <param name="keep">Share of the backlog that has not given up after a slot.</param>
/// <param name="feeMin">The least base fee in gwei, at least <see cref="FeeMin"/>.</param>
public sealed class FeeMarket(
    double elasticity, double denominator, double demandElasticity, double reference, double keep,
    double feeMin = FeeMarket.FeeMin)
{
    /// <summary>Slots of a tick that are always cleared one after the other.</summary>
    public const int SlotsExact = 25;

    /// <summary>The least base fee of the protocol in gwei: below 8 wei the whole-number rule does not fall.</summary>
    public const double FeeMin = 7e-9;

    private const double Near = 0.005, LeastDemand = 1e-12;

    private readonly double[] _series = PowerSeries.Of(-demandElasticity);
    private readonly double _willingMost = LaneMath.Pow(feeMin / reference, -demandElasticity);
    private readonly double _step = 1 / denominator;

    /// <summary>State of four paths, and their sums over the slots of a tick.</summary>
    public struct State
    {
        /// <summary>Base fee in gwei, share of demand that still bids at it, and gas that waits.</summary>
        public Vec Fee, Willing, Waiting;

        /// <summary>Gas used, gas asked for, and used gas times base fee.</summary>
        public Vec Used, Want, Paid;

        /// <summary>Gas asked for that is neither used nor waits; only <see cref="ClearToLevel"/> counts it.</summary>
        public Vec Dropped;
    }

    /// <summary>The state in which demand just fills the targets and nothing waits.</summary>
    /// <param name="demand">Demand at the reference fee, in targets a slot, at least 0.</param>
    public State AtLevel(Vec demand)
    {
        var some = Vec.Max(demand, LeastDemand);
        return new State
        {
            Fee = Vec.Max(reference * LaneMath.Pow(some, 1 / demandElasticity), feeMin),
            Willing = Vec.Min(1.0 / some, _willingMost),
        };
    }

    /// <summary>Clears the slots of a tick.</summary>
    /// <param name="state">State before and after; the sums must be 0 before.</param>
    /// <param name="slots">Number of slots, at least 1.</param>
    /// <param name="demand">Demand at the reference fee, in targets a slot.</param>
    /// <param name="proposing">Share of slots with a block; 0 in a halt.</param>
    public void Clear(ref State state, int slots, Vec demand, Vec proposing)
    {
        if (slots > SlotsExact)
        {
            ClearToLevel(ref state, slots, demand, proposing);
            return;
        }

        Vec fee = state.Fee, willing = state.Willing, waiting = state.Waiting;
        Vec used = Vec.Zero, want = Vec.Zero, paid = Vec.Zero;
        for (var slot = 0; slot < slots; slot++)
        {
            var before = fee;
            ClearSlot(ref fee, ref willing, ref waiting, demand, proposing, out var filled, out var asked);
            used += filled;
            want += asked;
            paid += before * filled;
        }

        (state.Fee, state.Willing, state.Waiting) = (fee, willing, waiting);
        (state.Used, state.Want, state.Paid) = (used, want, paid);
    }

    /// <summary>Clears the slots of a tick; a path that is near its level goes there in one step.</summary>
    /// <inheritdoc cref="Clear"/>
    public void ClearToLevel(ref State state, int slots, Vec demand, Vec proposing)
    {
        var (running, left, isMade) = (proposing >= Vec.Zero, Vec.Zero, proposing > Vec.Zero);
        for (var slot = 1; slot <= slots && running.Any; slot++)
        {
            Vec fee = state.Fee, willing = state.Willing, waiting = state.Waiting;
            ClearSlot(ref fee, ref willing, ref waiting, demand, proposing, out var filled, out var asked);
            var rests = RestsAtLeastFee(state, fee, waiting) & running & isMade;
            if (rests.Any)
            {
                var times = Vec.Where(rests, slots - slot);
                state.Used += filled * times;
                state.Want += asked * times;
                state.Paid += fee * filled * times;
            }

            state.Used += Vec.Where(running, filled);
            state.Want += Vec.Where(running, asked);
            state.Paid += Vec.Where(running, state.Fee * filled);
            state.Dropped += Vec.Where(running, asked - filled - waiting);
            state.Fee = Vec.Select(running, fee, state.Fee);
            state.Willing = Vec.Select(running, willing, state.Willing);
            state.Waiting = Vec.Select(running, waiting, state.Waiting);
            var near = running & isMade & (Vec.Abs(filled - proposing) <= Near * proposing)
                & Vec.Equal(waiting, Vec.Zero);
            left = Vec.Select(near, slots - slot, left);
            running &= !(near | rests);
        }

        GoToLevel(ref state, left, demand, proposing);
    }

    /// <summary>Paths on which every later slot is as this one: the fee is at its least and nobody waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Mask RestsAtLeastFee(in State before, Vec fee, Vec waiting)
    {
        var isLeast = Vec.Equal(fee, feeMin);
        return isLeast.Any
            ? isLeast & Vec.Equal(before.Fee, feeMin) & Vec.Equal(before.Waiting + waiting, Vec.Zero)
            : isLeast;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ClearSlot(
        ref Vec fee, ref Vec willing, ref Vec waiting, Vec demand, Vec proposing, out Vec filled, out Vec asked)
    {
        asked = Vec.Fma(demand, willing, waiting);
        filled = Vec.Min(proposing * elasticity, asked);
        var z = (filled - proposing) * _step;
        var fewer = PowerSeries.At(_series, z);
        fee = Vec.Max(Vec.Fma(fee, z, fee), feeMin);
        willing = Vec.Min(willing * fewer, _willingMost);
        waiting = (asked - filled) * Vec.Min(fewer, 1.0) * keep;
    }

    /// <summary>The slots that are left on the paths that have left the loop, in one step.</summary>
    private void GoToLevel(ref State state, Vec left, Vec demand, Vec proposing)
    {
        var goes = left > Vec.Zero;
        if (goes.None)
        {
            return;
        }

        var fall = proposing * (demandElasticity * _step);
        var power = LaneMath.Pow(1.0 - fall, left);
        var u = demand * state.Willing / proposing;
        var ratio = (1.0 + (u - 1.0) * power) / u;
        var fee = state.Fee * LaneMath.Pow(ratio, -1 / demandElasticity);

        // Sums of the geometric approach: of use over target to 1, and of the fee to its level.
        var slotsAway = (1.0 - power) / fall;
        var surplus = (u - 1.0) * slotsAway;
        var used = proposing * (left + surplus);
        var level = (fee - state.Fee * power) / (1.0 - power);
        var paid = proposing * (level * (left + surplus) + (state.Fee - level) * slotsAway);
        state.Used += Vec.Where(goes, used);
        state.Want += Vec.Where(goes, used);
        state.Paid += Vec.Where(goes, paid);
        state.Fee = Vec.Select(goes, Vec.Max(fee, feeMin), state.Fee);
        state.Willing = Vec.Select(goes, Vec.Min(state.Willing * ratio, _willingMost), state.Willing);
    }
}
