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
/// the expected price still grows at mu. With both intensities at 0 this is geometric Brownian motion. sigmaDay is the
/// calm standard deviation of a day, from all three sources of risk.</para>
/// <para>Shapes: every lane is [paths]. Assumes that jumps of the markets differ in size only by their loadings, and
/// that on-chain flow moves the price for good and in proportion (no decay, no concavity).</para>
/// <para>Source: R. C. Merton, "Option pricing when underlying stock returns are discontinuous", Journal of Financial
/// Economics 3 (1976); impact: Almgren, Thum, Hauptmann and Li, "Direct estimation of equity market impact" (2005).
/// Defaults: maximum likelihood on daily ETH/USD closes 2020-01 to 2023-06, so a default jump is what the market makes
/// of bad news in a day. The same on hourly closes, for shorter horizons: volatility 0.4017, intensity 3566, mean
/// -0.000314, deviation 0.01314.</para>
/// </remarks>
[Component("merton-jump-market")]
public sealed class MertonJumpMarket(MertonJumpMarket.Parameters p) : Component
{
    private const int OwnJumps = 0;

    /// <summary>
    /// The price stays within e^-100 and e^100 of the spot, so that no parameter can make it 0 or infinite.
    /// </summary>
    private const double LogRange = 100;

    // Shared draws are common to all components of a scenario: these numbers belong to the markets.
    private const int SharedFactor = 8001, SystemicCount = 8002, SystemicSize = 8003;

    public sealed record Parameters
    {
        /// <summary>Price at the start, in dollars per token.</summary>
        [Bounds(1e-9, 1e9)] public Quantity<UsdPerToken> Spot { get; init; } = new(2000);

        /// <summary>Growth of the expected price per year; 0 is a martingale.</summary>
        [Bounds(-10, 10)] public Quantity<PerYear> Drift { get; init; } = new(0);

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

        /// <summary>Expected systemic jumps per year; markets with the same value jump at the same ticks.</summary>
        [Bounds(0, 1000)] public Quantity<PerYear> SystemicIntensity { get; init; } = new(0);

        /// <summary>How much of the log of a systemic jump this market takes; negative for a haven.</summary>
        [Bounds(-3, 3)] public Quantity<Number> SystemicLoading { get; init; } = new(1);

        /// <summary>Mean of the log of a systemic jump.</summary>
        [Bounds(-1, 1)] public Quantity<Number> SystemicMean { get; init; } = new(-0.05);

        /// <summary>Standard deviation of the log of a systemic jump.</summary>
        [Bounds(0, 1)] public Quantity<Number> SystemicVolatility { get; init; } = new(0.08);

        /// <summary>Time in which an old return loses half of its weight in the realised volatility.</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> VolatilityHalfLife { get; init; } = new(3600);

        /// <summary>
        /// Share of price discovery on chain: 0 for an infinitely liquid outside market, 0.25 for majors in stress, 1
        /// for a long-tail token.
        /// </summary>
        [Bounds(0, 1)] public Quantity<Fraction> Feedback { get; init; } = new(0);

        /// <summary>
        /// Permanent impact of buying one daily volume, in daily standard deviations. Default: equities, from memory.
        /// </summary>
        [Bounds(0, 100)] public Quantity<Number> Impact { get; init; } = new(0.314);

        /// <summary>Dollars traded a day in the whole market (from memory for ETH).</summary>
        [Bounds(1, 1e13)] public Quantity<Usd> DailyVolume { get; init; } = new(1e10);
    }

    /// <summary>This tick's normal, correlated with the other markets by the campaign.</summary>
    public Lane<Number> Normal { get; } = Lane.Factor();

    /// <summary>Net on-chain buying of the last tick, in dollars; selling is negative.</summary>
    public Lane<Usd> NetFlow { get; } = Lane.Inbox<Usd>();

    /// <summary>Shift of the log-price by shocks; taken back when the shock is taken back.</summary>
    public Lane<Number> LogShift { get; } = Lane.Dial<Number>(0);

    /// <summary>Multiple of the volatility, jumps included.</summary>
    public Lane<Number> VolatilityMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>Weight of the all-ones matrix in the correlation of the diffusions; limited to [0, 1].</summary>
    public Lane<Fraction> CorrelationStress { get; } = Lane.Dial<Fraction>(0);

    /// <summary>Log of the price over the spot at the start, without the shift.</summary>
    public Lane<Number> LogPrice { get; } = Lane.State<Number>();

    /// <summary>Log of the price over the spot at the start, with the shift, at the last tick.</summary>
    public Lane<Number> LogShifted { get; } = Lane.State<Number>();

    /// <summary>Realised variance per year.</summary>
    public Lane<Number> Variance { get; } = Lane.State<Number>();

    /// <summary>Highest price so far.</summary>
    public Lane<UsdPerToken> Peak { get; } = Lane.State<UsdPerToken>();

    /// <summary>Price of the token in dollars.</summary>
    [Bounds(0, double.MaxValue)]
    public Lane<UsdPerToken> Price { get; } = Lane.Output<UsdPerToken>(0, Over.Final);

    /// <summary>Realised volatility, exponentially weighted; mean over the ticks as a measure.</summary>
    [Bounds(0, double.MaxValue)]
    public Lane<Volatility> Volatility { get; } = Lane.Output<Volatility>(0, Over.Mean);

    /// <summary>Fall of the price from its peak so far, as a share of the peak; the largest as a measure.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> Drawdown { get; } = Lane.Output<Fraction>(0, Over.Max);

    private double CalmVariance => Diffusion
        + p.JumpIntensity.Value * (Squared(p.JumpMean.Value) + Squared(p.JumpVolatility.Value))
        + p.SystemicIntensity.Value * Squared(p.SystemicLoading.Value)
            * (Squared(p.SystemicMean.Value) + Squared(p.SystemicVolatility.Value));

    private double Diffusion => Squared(p.Volatility.Value);

    /// <summary>
    /// What the expected price gains per year by convexity and jumps, and so the log-price must lose.
    /// </summary>
    private double Compensator
    {
        get
        {
            var loading = p.SystemicLoading.Value;
            var own = MertonCumulants.Growth(p.JumpMean.Value, p.JumpVolatility.Value);
            var systemic = MertonCumulants.Growth(
                loading * p.SystemicMean.Value, Math.Abs(loading) * p.SystemicVolatility.Value);
            return Diffusion / 2 + p.JumpIntensity.Value * own + p.SystemicIntensity.Value * systemic;
        }
    }

    public override void Start(in Tick tick)
    {
        Price.Span.Fill(p.Spot.Value);
        Peak.Span.Fill(p.Spot.Value);
        LogPrice.Span.Clear();
        LogShifted.Span.Clear();
        Drawdown.Span.Clear();
        Variance.Span.Fill(CalmVariance);
        Volatility.Span.Fill(Math.Sqrt(CalmVariance));
    }

    public override void Step(in Tick tick)
    {
        double dt = tick.Years, own = p.JumpIntensity.Value * dt, systemic = p.SystemicIntensity.Value * dt;
        Vec drift = p.Drift.Value * dt, compensation = -Compensator * dt, scale = p.Volatility.Value * Math.Sqrt(dt);
        Vec impact = p.Feedback.Value * p.Impact.Value * Math.Sqrt(CalmVariance / 365) / p.DailyVolume.Value;
        Vec memory = LaneMath.Exp(-LaneMath.Log(2.0) * tick.Seconds / p.VolatilityHalfLife.Value);
        Vec fresh = (1 - memory[0]) / dt, spot = p.Spot.Value;
        Vecs log = LogPrice.Vecs, shifted = LogShifted.Vecs, variance = Variance.Vecs, peak = Peak.Vecs;
        Vecs shift = LogShift.Vecs, multiple = VolatilityMultiple.Vecs, flow = NetFlow.Vecs;
        Vecs price = Price.Vecs, volatility = Volatility.Vecs, drawdown = Drawdown.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var v = multiple[i];
            var clock = v * v;
            var x = log[i] + drift + clock * compensation + v * scale * Diffusive(tick, i) + v * impact * flow[i];
            if (own > 0)
            {
                x += OwnJump(tick, i, own * clock);
            }

            if (systemic > 0)
            {
                x += p.SystemicLoading.Value * SystemicJump(tick, i, systemic * clock);
            }

            var y = Vec.Clamp(x + shift[i], -LogRange, LogRange);
            var r = y - shifted[i];
            var s = memory * variance[i] + fresh * r * r;
            var now = spot * LaneMath.Exp(y);
            var high = Vec.Max(peak[i], now);
            (log[i], shifted[i], variance[i], peak[i]) = (x, y, s, high);
            (price[i], volatility[i], drawdown[i]) = (now, Vec.Sqrt(s), 1.0 - now / high);
        }
    }

    private static double Squared(double x) => x * x;

    /// <summary>
    /// True when the count is 0 on all four paths: u at most 1 - mean, which is below e^-mean by more than rounding.
    /// </summary>
    private static bool HasNoJump(Vec mean, Vec uniform) => (uniform <= 1.0 - mean - 1e-15).All;

    private Vec Diffusive(in Tick tick, int i)
    {
        var z = Normal.Vecs[i];
        var w = Vec.Clamp(CorrelationStress.Vecs[i], Vec.Zero, 1.0);
        return (w > Vec.Zero).Any
            ? Vec.Sqrt(1.0 - w) * z + Vec.Sqrt(w) * tick.SharedNormal(SharedFactor, i)
            : z;
    }

    /// <summary>Sum of the logs of this tick's own jumps.</summary>
    private Vec OwnJump(in Tick tick, int i, Vec mean)
    {
        var words = tick.Words(OwnJumps, i);
        var uniform = words.Uniform0;
        if (HasNoJump(mean, uniform))
        {
            return Vec.Zero;
        }

        var n = LaneMath.Poisson(mean, uniform);
        return n * p.JumpMean.Value + Vec.Sqrt(n) * p.JumpVolatility.Value * LaneMath.NormalInverse(words.Uniform1);
    }

    /// <summary>Sum of the logs of this tick's systemic jumps, before the loading.</summary>
    private Vec SystemicJump(in Tick tick, int i, Vec mean)
    {
        var uniform = tick.SharedUniform(SystemicCount, i);
        if (HasNoJump(mean, uniform))
        {
            return Vec.Zero;
        }

        var n = LaneMath.Poisson(mean, uniform);
        return n * p.SystemicMean.Value
            + Vec.Sqrt(n) * p.SystemicVolatility.Value * tick.SharedNormal(SystemicSize, i);
    }
}
