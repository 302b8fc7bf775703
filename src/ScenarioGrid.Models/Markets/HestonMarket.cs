using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>Reference price of one asset whose variance is random: calm and wild times that last, and falls that come
/// with more volatility.</summary>
/// <remarks>
/// <para>Per path; v, the systemic jumps and the feedback are those of every market:</para>
/// <code>
/// dx = mu dt - v^2 V/2 dt + v sqrt(V) dWx
/// dV = k (theta - V) dt + xi sqrt(V) dWv,   d[Wx, Wv] = rho dt
/// </code>
/// <para>One tick is one step of Andersen's quadratic-exponential scheme with martingale correction
/// (<see cref="QuadraticExponential"/>). The correlation between markets is that of the part of a return that its own
/// variance does not explain, so returns are correlated by sqrt((1 - rho1^2)(1 - rho2^2)) of what the campaign
/// says.</para>
/// <para>Source: S. L. Heston, "A closed-form solution for options with stochastic volatility", Review of Financial
/// Studies 6 (1993), equations 1 and 4. Defaults: own assumption for ETH.</para>
/// </remarks>
[Component("heston-market")]
public sealed class HestonMarket(HestonMarket.Parameters p) : StochasticVolatilityMarket(p, 0, default)
{
    public sealed record Parameters : StochasticVolatilityParameters;
}
