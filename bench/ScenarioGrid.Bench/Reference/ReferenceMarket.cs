using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Bench.Reference;

/// <summary>Market of the reference campaign: a log-normal price with rare normal jumps.</summary>
/// <remarks>
/// <code>
/// ln P' = ln P - s^2 dt / 2 + s sqrt(dt) z1 + J,    J = m + d z2 with probability q, else 0
/// </code>
/// </remarks>
[Component("reference-market", Family = "Markets")]
public sealed class ReferenceMarket : Component
{
    private const double PriceStart = 1000, Volatility = 0.90, YearsPerTick = 1.0 / 52560;
    private const double JumpProbability = 0.002, JumpMean = -0.08, JumpDeviation = 0.05;

    public Lane<UsdPerToken> Price { get; } = Lane.Output<UsdPerToken>(PriceStart, Over.Final);

    public override void Step(in Tick tick)
    {
        Vec drift = -0.5 * Volatility * Volatility * YearsPerTick;
        Vec scale = Volatility * Math.Sqrt(YearsPerTick);
        var price = Price.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var words = tick.Words(0, i);
            var logReturn = drift + scale * LaneMath.NormalInverse(words.Coarse0);
            var jumps = words.Coarse2 < JumpProbability;
            if (jumps.Any)
            {
                logReturn += Vec.Where(jumps, JumpMean + JumpDeviation * LaneMath.NormalInverse(words.Coarse1));
            }

            price[i] *= LaneMath.Exp(logReturn);
        }
    }
}
