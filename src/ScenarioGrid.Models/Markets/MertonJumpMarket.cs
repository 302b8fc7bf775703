using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Markets;

/// <summary>Reference price of one asset: diffusion with jumps of its own and jumps shared by all markets.</summary>
/// <remarks>
/// <para>Per path, over a tick of D years, with v the volatility dial and w the correlation dial:</para>
/// <code>
/// Z  = sqrt(1-w) Zown + sqrt(w) Zshared             correlation (1-w) rho + w 11'
/// N  ~ Poisson(lambda v^2 D),  Ns ~ Poisson(lambdaS v^2 D)       Ns and Js are the same for all markets
/// J  = N m + sqrt(N) d Z',     Js = Ns mS + sqrt(Ns) dS Z''
/// x += mu D - v^2 (sigma^2/2 + lambda k + lambdaS kS) D + v sigma sqrt(D) Z + J + beta Js
///      + psi g v sigmaDay netFlow / dailyVolume
/// k  = exp(m + d^2/2) - 1,     kS = exp(beta mS + beta^2 dS^2/2) - 1
/// price = spot exp(x + logShift)
/// variance' = L variance + (1-L) r^2/D,   r = change of x + logShift,   L = 2^(-D/halfLife)
/// </code>
/// <para>The volatility dial runs the clock v^2 times as fast: all of the variance, jumps included, grows by v^2, and
/// the expected price still grows at mu. sigmaDay is the calm standard deviation of a day, from all three sources of
/// risk.</para>
/// <para>Shapes: every lane is [paths]. Assumes that jumps of the markets differ in size only by their loadings, and
/// that on-chain flow moves the price for good and in proportion (no decay, no concavity).</para>
/// <para>Source: R. C. Merton, "Option pricing when underlying stock returns are discontinuous", Journal of Financial
/// Economics 3 (1976); impact: Almgren, Thum, Hauptmann and Li, "Direct estimation of equity market impact" (2005).
/// Defaults: maximum likelihood on daily ETH/USD closes 2020-01 to 2023-06, so a default jump is what the market makes
/// of bad news in a day. The same on hourly closes, for shorter horizons: volatility 0.4017, intensity 3566, mean
/// -0.000314, deviation 0.01314.</para>
/// </remarks>
[Component("merton-jump-market")]
public sealed class MertonJumpMarket(MertonJumpMarket.Parameters p) : Market(p)
{
    private const int OwnJumps = 0;

    public sealed record Parameters : MarketParameters
    {
        /// <summary>
        /// Volatility of the diffusion alone. Default: ETH 2020-2023, daily fit; a fit without jumps gives 0.93.
        /// </summary>
        [Bounds(0, 10)] public Quantity<Volatility> Volatility { get; init; } = new(0.69);

        /// <summary>
        /// Expected own jumps per year; 0 leaves geometric Brownian motion. Default: ETH 2020-2023, daily fit.
        /// </summary>
        [Bounds(0, 10_000)] public Quantity<PerYear> JumpIntensity { get; init; } = new(46.4);

        /// <summary>Mean of the log of an own jump. Default: ETH 2020-2023, daily fit.</summary>
        [Bounds(-1, 1)] public Quantity<Number> JumpMean { get; init; } = new(-0.00556);

        /// <summary>Standard deviation of the log of an own jump. Default: ETH 2020-2023, daily fit.</summary>
        [Bounds(0, 1)] public Quantity<Number> JumpVolatility { get; init; } = new(0.0975);
    }

    protected override double OwnVariance => Squared(p.Volatility.Value)
        + p.JumpIntensity.Value * (Squared(p.JumpMean.Value) + Squared(p.JumpVolatility.Value));

    protected override double OwnGrowth => Squared(p.Volatility.Value) / 2
        + p.JumpIntensity.Value * MertonCumulants.Growth(p.JumpMean.Value, p.JumpVolatility.Value);

    public override void Step(in Tick tick) => Walk(tick, new Process(p, tick.Years));

    private readonly struct Process(Parameters p, double dt) : IPriceProcess
    {
        private readonly Vec _scale = p.Volatility.Value * Math.Sqrt(dt);
        private readonly double _count = p.JumpIntensity.Value * dt;
        private readonly NormalJumps _jumps = new(p.JumpMean.Value, p.JumpVolatility.Value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal) => x + multiple * _scale * normal;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Jump(in Tick tick, int i, Vec x, Vec clock) =>
            _count > 0 ? x + _jumps.Sum(tick.Words(OwnJumps, i), _count * clock) : x;
    }
}
