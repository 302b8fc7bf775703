using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A fall or rise of the price that is taken back by halves: a V.</summary>
/// <remarks>
/// <code>
/// logShift(t) = severity ln(1 + size) * t/fall                     until the bottom
/// logShift(t) = severity ln(1 + size) * 2^(-(t - fall)/recovery)   after it; held when recovery is 0
/// </code>
/// <para>Source of the default: 10 October 2025, 20:50 to 21:30 UTC: ETH down 12 to 16 %, BTC 12 to 14 %, SOL 31 %,
/// smaller tokens 70 to 90 %. The recovery is an own assumption.</para>
/// </remarks>
[Shock("price-jump", "market", "logShift")]
public sealed class PriceJump(PriceJump.Parameters p) : Shock
{
    private readonly double _log = LaneMath.Log1p(p.Size.Value);

    public sealed record Parameters
    {
        /// <summary>Relative change of the price at the bottom: -16 % leaves 84 %.</summary>
        [Bounds(-0.999, 100)] public Quantity<Fraction> Size { get; init; } = new(-0.16);

        /// <summary>Time from the onset to the bottom; 0 is a jump.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> Fall { get; init; } = new(2400);

        /// <summary>Time in which half of the log of the change is taken back; 0 holds it for good.</summary>
        [Bounds(0, 315_360_000)] public Quantity<Second> Recovery { get; init; } = new(86_400);
    }

    public override double At(double seconds, double severity)
    {
        var fall = p.Fall.Value;
        var part = seconds < fall ? Decay.Ramp(seconds, fall) : Decay.Held(seconds - fall, p.Recovery.Value);
        return severity * _log * part;
    }
}
