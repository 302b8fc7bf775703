using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A time of high volatility that then fades.</summary>
/// <remarks>
/// <code>
/// multiple(t) = multiple^severity                                  until for
/// multiple(t) = multiple^(severity 2^(-(t - for)/halfLife))        after it; 1 when the half-life is 0
/// </code>
/// <para>Source of the defaults: ETH 11-13 March 2020, annualised 497 % against 93 % in 2020-2023 (5.3 times, three
/// days); other crises: 18-19 May 2021 376 %, 5-13 May 2022 160 %, 7-18 June 2022 159 %, 5-10 November 2022 161 %. The
/// half-life is ln 2 times the mean stay of 6.4 hours in the stormy state of a three-state fit to hourly ETH
/// returns.</para>
/// </remarks>
[Shock("volatility", "market", "volatilityMultiple")]
public sealed class VolatilityShock(VolatilityShock.Parameters p) : Shock
{
    private readonly double _log = LaneMath.Log(p.Multiple.Value);

    public sealed record Parameters
    {
        /// <summary>Volatility over the ordinary one.</summary>
        [Bounds(0.01, 100)] public Quantity<Number> Multiple { get; init; } = new(5.3);

        /// <summary>How long the multiple lasts in full.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> For { get; init; } = new(259_200);

        /// <summary>Time in which half of the log of the multiple fades afterwards; 0 ends it at once.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> HalfLife { get; init; } = new(16_000);
    }

    public override double At(double seconds, double severity) =>
        LaneMath.Exp(severity * _log * Decay.Left(seconds - p.For.Value, p.HalfLife.Value));
}
