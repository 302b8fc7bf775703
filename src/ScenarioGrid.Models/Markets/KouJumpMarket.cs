using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Markets;

/// <summary>Reference price of one asset: diffusion with jumps whose sizes have fat tails, falls fatter than
/// rises.</summary>
/// <remarks>
/// <para>Per path, over a tick of D years; v, Z, the systemic jumps and the feedback are those of every market:</para>
/// <code>
/// N  ~ Poisson(lambda v^2 D)
/// Y  = E / eta1 with probability p, else -E / eta2,   E = -ln U, one pair of uniforms a jump
/// x += mu D - v^2 (sigma^2/2 + lambda k) D + v sigma sqrt(D) Z + Y1 + ... + YN
/// k  = p eta1/(eta1 - 1) + q eta2/(eta2 + 1) - 1,     q = 1 - p
/// </code>
/// <para>Exact for any tick: each jump is drawn by itself, which is the sum of two Gamma variables of the binomial
/// split. The price halves by a jump of -0.69, which for the default eta2 of 15 is one fall in 30,000; for eta2 of 5
/// it is one in 32.</para>
/// <para>Source: S. G. Kou, "A jump-diffusion model for option pricing", Management Science 48 (2002), equations 1 and
/// 2. Defaults: own assumption near the daily fit of ETH 2020-2023 by normal jumps.</para>
/// </remarks>
[Component("kou-jump-market")]
public sealed class KouJumpMarket(KouJumpMarket.Parameters p) : Market(p)
{
    private const int CountDraw = 0, FirstJump = 1000;

    public sealed record Parameters : MarketParameters
    {
        /// <summary>Volatility of the diffusion alone.</summary>
        [Bounds(0, 10)] public Quantity<Volatility> Volatility { get; init; } = new(0.70);

        /// <summary>Expected own jumps per year; 0 leaves geometric Brownian motion.</summary>
        [Bounds(0, 10_000)] public Quantity<PerYear> JumpIntensity { get; init; } = new(15);

        /// <summary>Share of the jumps that go up.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> UpShare { get; init; } = new(0.40);

        /// <summary>One over the mean log of a jump up; above 1, or the expected price were infinite.</summary>
        [Bounds(1.1, 10_000)] public Quantity<Number> UpRate { get; init; } = new(20);

        /// <summary>One over the mean log of a jump down: 15 is a mean fall of 6.7 %.</summary>
        [Bounds(0.5, 10_000)] public Quantity<Number> DownRate { get; init; } = new(15);
    }

    protected override double OwnVariance => KouCumulants.Of(
        1, 0, p.Volatility.Value, p.JumpIntensity.Value, p.UpShare.Value, p.UpRate.Value, p.DownRate.Value).Second;

    protected override double OwnGrowth => Squared(p.Volatility.Value) / 2
        + p.JumpIntensity.Value * KouCumulants.Growth(p.UpShare.Value, p.UpRate.Value, p.DownRate.Value);

    public override void Step(in Tick tick) => Walk(tick, new Process(p, tick.Years));

    private readonly struct Process(Parameters p, double dt) : IPriceProcess
    {
        private readonly Vec _scale = p.Volatility.Value * Math.Sqrt(dt);
        private readonly double _count = p.JumpIntensity.Value * dt;
        private readonly double _upShare = p.UpShare.Value, _up = 1 / p.UpRate.Value, _down = -1 / p.DownRate.Value;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal) => x + multiple * _scale * normal;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Jump(in Tick tick, int i, Vec x, Vec clock)
        {
            var mean = _count * clock;
            var uniform = tick.Uniform(CountDraw, i);
            return NormalJumps.AreNone(mean, uniform) ? x : x + Sum(tick, i, LaneMath.Poisson(mean, uniform));
        }

        private Vec Sum(in Tick tick, int i, Vec n)
        {
            var sum = Vec.Zero;
            for (var jump = 0; (n > jump).Any; jump++)
            {
                var words = tick.Words(FirstJump + jump, i);
                var size = Vec.Select(words.Uniform0 < _upShare, _up, _down);
                sum -= Vec.Where(n > jump, size * LaneMath.Log(words.Uniform1));
            }

            return sum;
        }
    }
}
