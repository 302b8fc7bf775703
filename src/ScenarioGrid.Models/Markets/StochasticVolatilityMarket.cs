using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>What markets with a variance of its own have in common.</summary>
public record StochasticVolatilityParameters : MarketParameters
{
    /// <summary>Variance per year at the start; 0.64 is a volatility of 80 %.</summary>
    [Bounds(0, 100)] public Quantity<PerYear> VarianceStart { get; init; } = new(0.64);

    /// <summary>Variance per year that the variance returns to; 0.7 is a volatility of 84 %.</summary>
    [Bounds(1e-4, 100)] public Quantity<PerYear> VarianceMean { get; init; } = new(0.7);

    /// <summary>Speed of the return; 3 per year is a half-life of 84 days.</summary>
    [Bounds(0.01, 1000)] public Quantity<PerYear> MeanReversion { get; init; } = new(3);

    /// <summary>
    /// How wildly the variance moves: xi of dV = ... + xi sqrt(V) dW. The variance reaches 0 where xi^2 is above twice
    /// the mean times the speed, which is allowed.
    /// </summary>
    [Bounds(1e-3, 10)] public Quantity<PerYear> VolatilityOfVariance { get; init; } = new(1.5);

    /// <summary>Correlation of variance and price; below 0 a fall comes with more volatility.</summary>
    [Bounds(-0.99, 0.99)] public Quantity<Number> Leverage { get; init; } = new(-0.3);
}

/// <summary>A market whose variance is a square-root process, with or without jumps.</summary>
/// <param name="p">Parameters of the variance.</param>
/// <param name="intensity">Expected own jumps per year.</param>
/// <param name="jumps">Sizes of the own jumps.</param>
public abstract class StochasticVolatilityMarket(
    StochasticVolatilityParameters p, double intensity, NormalJumps jumps) : Market(p)
{
    private const int OwnJumps = 0, VarianceDraw = 1;

    /// <summary>Variance per year of the diffusion at the end of the tick, before the volatility dial.</summary>
    [Bounds(0, double.MaxValue)]
    public Lane<PerYear> SpotVariance { get; } = Lane.State<PerYear>();

    protected override double OwnVariance => p.VarianceMean.Value + intensity * jumps.Variance;

    protected override double OwnVarianceStart => p.VarianceStart.Value + intensity * jumps.Variance;

    protected override double OwnGrowth => intensity * jumps.Growth;

    public override void Start(in Tick tick)
    {
        base.Start(tick);
        SpotVariance.Span.Fill(p.VarianceStart.Value);
    }

    public override void Step(in Tick tick) => Walk(tick, new Process(
        SpotVariance.Vecs,
        new QuadraticExponential(tick.Years, p.MeanReversion.Value, p.VarianceMean.Value,
            p.VolatilityOfVariance.Value, p.Leverage.Value),
        intensity * tick.Years, jumps));

    private readonly ref struct Process(Vecs variances, QuadraticExponential scheme, double count, NormalJumps jumps)
        : IPriceProcess
    {
        private readonly Vecs _variances = variances;
        private readonly QuadraticExponential _scheme = scheme;
        private readonly double _count = count;
        private readonly NormalJumps _jumps = jumps;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal)
        {
            var variances = _variances;
            var variance = variances[i];
            var moved = x + _scheme.Move(ref variance, tick.Uniform(VarianceDraw, i), multiple, normal);
            variances[i] = variance;
            return moved;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Jump(in Tick tick, int i, Vec x, Vec clock) =>
            _count > 0 ? x + _jumps.Sum(tick.Words(OwnJumps, i), _count * clock) : x;
    }
}
