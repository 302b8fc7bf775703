using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Probability;

namespace ScenarioGrid.Models.Markets;

/// <summary>Reference price of one asset that is calm, busy or wild for hours on end, and says so to others.</summary>
/// <remarks>
/// <para>Per path, over a tick of D years, in state s drawn at its start; v, the systemic jumps and the feedback are
/// those of every market:</para>
/// <code>
/// s  ~ row s of exp(Q D)                            Q: the six rates between the three states
/// Z  = sqrt(1-w) Zown + sqrt(w) Zshared,            w = 1 - (1 - dial)(1 - stress(s))
/// N  ~ Poisson(lambda(s) v^2 D),   J = N m + sqrt(N) d Z'
/// x += mu D - v^2 (sigma(s)^2/2 + lambda(s) k) D + v sigma(s) sqrt(D) Z + J,   k = exp(m + d^2/2) - 1
/// liquidityScale = liquidity(s),   demandScale = demand(s)
/// </code>
/// <para>The start is drawn from the long run. A state lasts whole ticks, so ticks should be short against hours. A
/// state may weigh the correlation of the diffusions towards one; venues in this market multiply their depth by
/// liquidityScale, chains the demand for blocks by demandScale.</para>
/// <para>Source: J. D. Hamilton, "A new approach to the economic analysis of nonstationary time series", Econometrica
/// 57 (1989). Defaults: hidden Markov model with three states on hourly ETH/USD 2020-01 to 2023-06: volatilities 0.294,
/// 0.803, 2.242; mean stays of 9.9, 10.4, 6.4 hours; shares of time 0.370, 0.534, 0.096; the rates are the logarithm of
/// its hourly matrix, whose one negative rate (wild to calm, -0.007 per hour) is 0. Jumps, liquidity, demand and
/// stress by state: own assumptions.</para>
/// </remarks>
[Component("regime-market")]
public sealed class RegimeMarket(RegimeMarket.Parameters p) : Market(p)
{
    private const int States = 3, OwnJumps = 0, StateDraw = 1, StartDraw = 2;

    // Shared draws 8001 to 8003 are those of every market.
    private const int SharedState = 8004, SharedStart = 8005;

    private readonly double[] _rates =
    [
        0, p.CalmToBusy.Value, p.CalmToWild.Value,
        p.BusyToCalm.Value, 0, p.BusyToWild.Value,
        p.WildToCalm.Value, p.WildToBusy.Value, 0,
    ];

    private readonly double[] _transition = new double[States * States];
    private double _years = -1;

    public sealed record Parameters : MarketParameters
    {
        /// <summary>Rate at which calm turns busy.</summary>
        [Bounds(0.01, 1e6)] public Quantity<PerYear> CalmToBusy { get; init; } = new(958);

        /// <summary>Rate at which calm turns wild.</summary>
        [Bounds(0, 1e6)] public Quantity<PerYear> CalmToWild { get; init; } = new(6.4);

        /// <summary>Rate at which busy turns calm.</summary>
        [Bounds(0.01, 1e6)] public Quantity<PerYear> BusyToCalm { get; init; } = new(681);

        /// <summary>Rate at which busy turns wild.</summary>
        [Bounds(0, 1e6)] public Quantity<PerYear> BusyToWild { get; init; } = new(266);

        /// <summary>Rate at which wild turns calm.</summary>
        [Bounds(0, 1e6)] public Quantity<PerYear> WildToCalm { get; init; } = new(0);

        /// <summary>Rate at which wild turns busy.</summary>
        [Bounds(0.01, 1e6)] public Quantity<PerYear> WildToBusy { get; init; } = new(1514);

        /// <summary>
        /// True when all markets with the same rates are in the same state at all times; false for a state of its own.
        /// </summary>
        public bool IsShared { get; init; } = true;

        /// <summary>Volatility while calm.</summary>
        [Bounds(0, 20)] public Quantity<Volatility> CalmVolatility { get; init; } = new(0.294);

        /// <summary>Volatility while busy.</summary>
        [Bounds(0, 20)] public Quantity<Volatility> BusyVolatility { get; init; } = new(0.803);

        /// <summary>Volatility while wild.</summary>
        [Bounds(0, 20)] public Quantity<Volatility> WildVolatility { get; init; } = new(2.242);

        /// <summary>Expected own jumps per year of calm time.</summary>
        [Bounds(0, 10_000)] public Quantity<PerYear> CalmJumpIntensity { get; init; } = new(0);

        /// <summary>Expected own jumps per year of busy time.</summary>
        [Bounds(0, 10_000)] public Quantity<PerYear> BusyJumpIntensity { get; init; } = new(0);

        /// <summary>Expected own jumps per year of wild time.</summary>
        [Bounds(0, 10_000)] public Quantity<PerYear> WildJumpIntensity { get; init; } = new(0);

        /// <summary>Mean of the log of an own jump.</summary>
        [Bounds(-1, 1)] public Quantity<Number> JumpMean { get; init; } = new(-0.05);

        /// <summary>Standard deviation of the log of an own jump.</summary>
        [Bounds(0, 1)] public Quantity<Number> JumpVolatility { get; init; } = new(0.08);

        /// <summary>Multiple of the liquidity while calm.</summary>
        [Bounds(0.001, 100)] public Quantity<Number> CalmLiquidity { get; init; } = new(1);

        /// <summary>Multiple of the liquidity while busy.</summary>
        [Bounds(0.001, 100)] public Quantity<Number> BusyLiquidity { get; init; } = new(0.8);

        /// <summary>Multiple of the liquidity while wild.</summary>
        [Bounds(0.001, 100)] public Quantity<Number> WildLiquidity { get; init; } = new(0.4);

        /// <summary>Multiple of the demand for blocks while calm.</summary>
        [Bounds(0.001, 1000)] public Quantity<Number> CalmDemand { get; init; } = new(1);

        /// <summary>Multiple of the demand for blocks while busy.</summary>
        [Bounds(0.001, 1000)] public Quantity<Number> BusyDemand { get; init; } = new(1.3);

        /// <summary>Multiple of the demand for blocks while wild.</summary>
        [Bounds(0.001, 1000)] public Quantity<Number> WildDemand { get; init; } = new(3);

        /// <summary>Weight of full correlation while wild; 0.17 takes 0.84 to 0.865, the worst days of BTC.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> WildStress { get; init; } = new(0.17);
    }

    /// <summary>State of the tick: 0 calm, 1 busy, 2 wild.</summary>
    [Bounds(0, 2)]
    public Lane<Number> State { get; } = Lane.Output<Number>();

    /// <summary>1 while wild; its mean is the share of time.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> IsWild { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Weight of full correlation of the tick, the dial included.</summary>
    public Lane<Fraction> Stress { get; } = Lane.State<Fraction>();

    protected override double OwnVariance
    {
        get
        {
            Span<double> share = stackalloc double[States];
            Generator.Stationary(_rates, States, share);
            var intensity = share[0] * p.CalmJumpIntensity.Value + share[1] * p.BusyJumpIntensity.Value
                + share[2] * p.WildJumpIntensity.Value;
            return share[0] * Squared(p.CalmVolatility.Value) + share[1] * Squared(p.BusyVolatility.Value)
                + share[2] * Squared(p.WildVolatility.Value) + intensity * Jumps.Variance;
        }
    }

    protected override double OwnGrowth => 0;

    private NormalJumps Jumps => new(p.JumpMean.Value, p.JumpVolatility.Value);

    public override void Start(in Tick tick)
    {
        base.Start(tick);
        Span<double> share = stackalloc double[States];
        Generator.Stationary(_rates, States, share);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var u = p.IsShared ? tick.SharedUniform(SharedStart, i) : tick.Uniform(StartDraw, i);
            Publish(i, (u > share[0]).AsOne() + (u > share[0] + share[1]).AsOne());
        }
    }

    public override void Step(in Tick tick)
    {
        if (_years != tick.Years)
        {
            _years = tick.Years;
            Generator.Transition(_rates, States, _years, _transition);
        }

        Vecs state = State.Vecs, stress = Stress.Vecs, dial = CorrelationStress.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var u = p.IsShared ? tick.SharedUniform(SharedState, i) : tick.Uniform(StateDraw, i);
            Publish(i, Next(state[i], u));
            var own = Vec.Where(state[i] >= 1.5, p.WildStress.Value);
            stress[i] = 1.0 - (1.0 - Vec.Clamp(dial[i], Vec.Zero, 1.0)) * (1.0 - own);
        }

        Walk(tick, new Process(this, p, tick.Years), stress);
    }

    private static Vec Pick(Vec state, Vec calm, Vec busy, Vec wild) =>
        Vec.Select(state < 0.5, calm, Vec.Select(state < 1.5, busy, wild));

    private Vec Next(Vec state, Vec u)
    {
        var t = _transition;
        var first = Pick(state, t[0], t[3], t[6]);
        var second = Pick(state, t[0] + t[1], t[3] + t[4], t[6] + t[7]);
        return (u > first).AsOne() + (u > second).AsOne();
    }

    private void Publish(int i, Vec state)
    {
        Vecs states = State.Vecs, wild = IsWild.Vecs, liquidity = LiquidityScale.Vecs, demand = DemandScale.Vecs;
        states[i] = state;
        wild[i] = (state >= 1.5).AsOne();
        liquidity[i] = Pick(state, p.CalmLiquidity.Value, p.BusyLiquidity.Value, p.WildLiquidity.Value);
        demand[i] = Pick(state, p.CalmDemand.Value, p.BusyDemand.Value, p.WildDemand.Value);
    }

    private readonly ref struct Process(RegimeMarket market, Parameters p, double dt) : IPriceProcess
    {
        private readonly Vecs _state = market.State.Vecs;
        private readonly Vec _calm = p.CalmVolatility.Value * Math.Sqrt(dt);
        private readonly Vec _busy = p.BusyVolatility.Value * Math.Sqrt(dt);
        private readonly Vec _wild = p.WildVolatility.Value * Math.Sqrt(dt);
        private readonly double _calmCount = p.CalmJumpIntensity.Value * dt;
        private readonly double _busyCount = p.BusyJumpIntensity.Value * dt;
        private readonly double _wildCount = p.WildJumpIntensity.Value * dt;
        private readonly NormalJumps _jumps = market.Jumps;
        private readonly double _growth = market.Jumps.Growth;

        private bool HasJumps => _calmCount + _busyCount + _wildCount > 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal)
        {
            var deviation = multiple * Pick(_state[i], _calm, _busy, _wild);
            return x + deviation * normal - 0.5 * deviation * deviation;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Jump(in Tick tick, int i, Vec x, Vec clock)
        {
            if (!HasJumps)
            {
                return x;
            }

            var count = clock * Pick(_state[i], _calmCount, _busyCount, _wildCount);
            return x + _jumps.Sum(tick.Words(OwnJumps, i), count) - count * _growth;
        }
    }
}
