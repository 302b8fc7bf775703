using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>Liquidity that leaves a venue and comes back slowly.</summary>
/// <remarks>
/// <code>
/// multiple(t) = (1 - fraction)^(severity (1 - 2^(-t/halfLife)) left(t))
/// left(t)     = 1 until for, then 2^(-(t - for)/recovery); 1 for good when recovery is 0
/// </code>
/// <para>Source: depth within 2 % at the fall of FTX, November 2022: Kraken -57 %, Binance -25 %, Coinbase -18 %; BTC
/// depth still -40 % three months later (Kaiko). Curve ETH/stETH pool May to 17 June 2022: -86.5 %. 10 October 2025,
/// worst moment: -98 %. Depth 0.43 recovering to 0.60 in 90 days is a half-life of 124 days.</para>
/// </remarks>
[Shock("liquidity-flight", "venue", "liquidityMultiple")]
public sealed class LiquidityFlight(LiquidityFlight.Parameters p) : Shock
{
    private readonly double _log = LaneMath.Log1p(-p.Fraction.Value);

    public sealed record Parameters
    {
        /// <summary>Share of the liquidity that leaves in the end.</summary>
        [Bounds(0, 0.999)] public Quantity<Fraction> Fraction { get; init; } = new(0.57);

        /// <summary>Time in which half of the log of the change has happened; 0 is at once.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> HalfLife { get; init; } = new(43_200);

        /// <summary>Time from the onset until liquidity begins to come back.</summary>
        [Bounds(0, 315_360_000)] public Quantity<Second> For { get; init; } = new(259_200);

        /// <summary>Time in which half of the log of the change comes back; 0 holds it for good.</summary>
        [Bounds(0, 315_360_000)] public Quantity<Second> Recovery { get; init; } = new(10_713_600);
    }

    public override double At(double seconds, double severity)
    {
        var gone = 1 - Decay.Left(seconds, p.HalfLife.Value);
        var left = Decay.Held(seconds - p.For.Value, p.Recovery.Value);
        return LaneMath.Exp(severity * _log * gone * left);
    }
}
