using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Markets;

/// <summary>How the log-price of one asset moves by itself; what all markets share is done around it.</summary>
/// <remarks>
/// A struct that <see cref="Market.Walk{TProcess}(in Tick, TProcess)"/> takes by type, so that its methods are compiled
/// into the loop over the paths.
/// </remarks>
public interface IPriceProcess
{
    /// <summary>The log-price after the continuous part of the tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="i">Vector of paths.</param>
    /// <param name="x">Log of the price over the spot, drift and compensation of the tick added.</param>
    /// <param name="multiple">Multiple of the volatility, at least 0.</param>
    /// <param name="normal">Standard normal of the tick, correlated with the other markets.</param>
    Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal);

    /// <summary>The log-price after the asset's own jumps of the tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="i">Vector of paths.</param>
    /// <param name="x">Log of the price over the spot.</param>
    /// <param name="clock">How fast time runs for jumps: the square of the multiple of the volatility.</param>
    Vec Jump(in Tick tick, int i, Vec x, Vec clock);
}

/// <summary>A market: everything but the asset's own price process.</summary>
/// <remarks>
/// <para>Per path, over a tick of D years, with v the volatility dial, w the correlation dial, x the log of the price
/// over the spot:</para>
/// <code>
/// Z  = sqrt(1-w) Zown + sqrt(w) Zshared             correlation (1-w) rho + w 11'
/// Ns ~ Poisson(lambdaS v^2 D),  Js = Ns mS + sqrt(Ns) dS Z''     Ns and Js are the same for all markets
/// x += mu D - v^2 (c + lambdaS kS) D                c: what the process gains by convexity and jumps
/// x  = diffuse(x, Z) + psi g v sigmaDay netFlow / dailyVolume
/// x  = jump(x) + beta Js,                           kS = exp(beta mS + beta^2 dS^2/2) - 1
/// price = spot exp(x + logShift)
/// variance' = L variance + (1-L) r^2/D,   r = change of x + logShift,   L = 2^(-D/halfLife)
/// </code>
/// <para>The volatility dial runs the clock v^2 times as fast: all of the variance, jumps included, grows by v^2, and
/// the expected price still grows at mu. sigmaDay is the calm standard deviation of a day from all sources of
/// risk.</para>
/// <para>Shapes: every lane is [paths]. Assumes that jumps of the markets differ in size only by their loadings, and
/// that on-chain flow moves the price for good and in proportion (no decay, no concavity).</para>
/// <para>Source of the impact: Almgren, Thum, Hauptmann and Li, "Direct estimation of equity market impact"
/// (2005).</para>
/// </remarks>
public abstract class Market(MarketParameters p) : Component
{
    /// <summary>
    /// The price stays within e^-100 and e^100 of the spot, so that no parameter can make it 0 or infinite.
    /// </summary>
    protected const double LogRange = 100;

    // Shared draws are common to all components of a scenario: these numbers belong to the markets.
    private const int SharedFactor = 8001, SystemicCount = 8002, SystemicSize = 8003;

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

    /// <summary>Variance per year of the asset's own process in calm times, jumps included.</summary>
    protected abstract double OwnVariance { get; }

    /// <summary>
    /// What the expected price gains per year by convexity and own jumps, and so the log-price must lose; 0 for a
    /// process that takes it back itself.
    /// </summary>
    protected abstract double OwnGrowth { get; }

    /// <summary>Variance per year with which the realised volatility starts.</summary>
    protected virtual double StartVariance => CalmVariance;

    private double CalmVariance => OwnVariance
        + p.SystemicIntensity.Value * Squared(p.SystemicLoading.Value)
            * (Squared(p.SystemicMean.Value) + Squared(p.SystemicVolatility.Value));

    private double Compensator
    {
        get
        {
            var loading = p.SystemicLoading.Value;
            var systemic = MertonCumulants.Growth(
                loading * p.SystemicMean.Value, Math.Abs(loading) * p.SystemicVolatility.Value);
            return OwnGrowth + p.SystemicIntensity.Value * systemic;
        }
    }

    public override void Start(in Tick tick)
    {
        Price.Span.Fill(p.Spot.Value);
        Peak.Span.Fill(p.Spot.Value);
        LogPrice.Span.Clear();
        LogShifted.Span.Clear();
        Drawdown.Span.Clear();
        Variance.Span.Fill(StartVariance);
        Volatility.Span.Fill(Math.Sqrt(StartVariance));
    }

    /// <summary>A number times itself.</summary>
    protected static double Squared(double x) => x * x;

    /// <summary>One tick of every path by a process.</summary>
    protected void Walk<TProcess>(in Tick tick, TProcess process)
        where TProcess : struct, IPriceProcess, allows ref struct =>
        Walk(tick, process, CorrelationStress.Vecs);

    /// <summary>One tick of every path by a process.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="process">How the asset moves by itself.</param>
    /// <param name="stress">Weight of the all-ones matrix in the correlation, in place of the dial.</param>
    protected void Walk<TProcess>(in Tick tick, TProcess process, Vecs stress)
        where TProcess : struct, IPriceProcess, allows ref struct
    {
        double dt = tick.Years, systemic = p.SystemicIntensity.Value * dt;
        Vec drift = p.Drift.Value * dt, compensation = -Compensator * dt;
        Vec impact = p.Feedback.Value * p.Impact.Value * Math.Sqrt(CalmVariance / 365) / p.DailyVolume.Value;
        Vec memory = LaneMath.Exp(-LaneMath.Log(2.0) * tick.Seconds / p.VolatilityHalfLife.Value);
        Vec fresh = (1 - memory[0]) / dt, spot = p.Spot.Value;
        Vecs log = LogPrice.Vecs, shifted = LogShifted.Vecs, variance = Variance.Vecs, peak = Peak.Vecs;
        Vecs shift = LogShift.Vecs, multiple = VolatilityMultiple.Vecs, flow = NetFlow.Vecs, normal = Normal.Vecs;
        Vecs price = Price.Vecs, volatility = Volatility.Vecs, drawdown = Drawdown.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var v = multiple[i];
            var clock = v * v;
            var x = log[i] + drift + clock * compensation;
            x = process.Diffuse(tick, i, x, v, Mixed(tick, i, normal[i], stress[i])) + v * impact * flow[i];
            x = process.Jump(tick, i, x, clock);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Mixed(in Tick tick, int i, Vec z, Vec stress)
    {
        var w = Vec.Clamp(stress, Vec.Zero, 1.0);
        return (w > Vec.Zero).Any
            ? Vec.Sqrt(1.0 - w) * z + Vec.Sqrt(w) * tick.SharedNormal(SharedFactor, i)
            : z;
    }

    /// <summary>Sum of the logs of this tick's systemic jumps, before the loading.</summary>
    private Vec SystemicJump(in Tick tick, int i, Vec mean)
    {
        var uniform = tick.SharedUniform(SystemicCount, i);
        if (NormalJumps.AreNone(mean, uniform))
        {
            return Vec.Zero;
        }

        var n = LaneMath.Poisson(mean, uniform);
        return n * p.SystemicMean.Value
            + Vec.Sqrt(n) * p.SystemicVolatility.Value * tick.SharedNormal(SystemicSize, i);
    }
}
