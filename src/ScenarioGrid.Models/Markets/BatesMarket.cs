using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>Reference price of one asset with random variance and jumps of its own.</summary>
/// <remarks>
/// <para>Per path; v, the systemic jumps and the feedback are those of every market:</para>
/// <code>
/// dx = mu dt - v^2 (V/2 + lambda k) dt + v sqrt(V) dWx + J dN,   N ~ Poisson(lambda v^2 D) a tick, J ~ N(m, d^2)
/// dV = k (theta - V) dt + xi sqrt(V) dWv,   d[Wx, Wv] = rho dt
/// k  = exp(m + d^2/2) - 1   in the first line
/// </code>
/// <para>The diffusion is that of <see cref="HestonMarket"/>, the jumps are those of
/// <see cref="MertonJumpMarket"/>.</para>
/// <para>Source: D. S. Bates, "Jumps and stochastic volatility", Review of Financial Studies 9 (1996), equation 1.
/// Defaults: own assumption for ETH.</para>
/// </remarks>
[Component("bates-market")]
public sealed class BatesMarket(BatesMarket.Parameters p) : StochasticVolatilityMarket(
    p, p.JumpIntensity.Value, new NormalJumps(p.JumpMean.Value, p.JumpVolatility.Value))
{
    public sealed record Parameters : StochasticVolatilityParameters
    {
        /// <summary>Expected own jumps per year.</summary>
        [Bounds(0, 10_000)] public Quantity<PerYear> JumpIntensity { get; init; } = new(6);

        /// <summary>Mean of the log of an own jump.</summary>
        [Bounds(-1, 1)] public Quantity<Number> JumpMean { get; init; } = new(-0.05);

        /// <summary>Standard deviation of the log of an own jump.</summary>
        [Bounds(0, 1)] public Quantity<Number> JumpVolatility { get; init; } = new(0.08);
    }
}
