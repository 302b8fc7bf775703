using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <summary>Pool of servers behind a load balancer: RPC gateway, matching engine, sequencer, keeper fleet.</summary>
/// <remarks>
/// <para>Fresh requests a second, m a two-state Markov burst, and tries again from the k-th failure on:</para>
/// <code>
/// lambda = base m min(50, (sigma/sigma0)^beta) shock,     again_k = pending_k (1 - exp(-h/(timeout + backoff 2^k)))
/// </code>
/// <para>Admission: breaker (open when failures pass the threshold, probes after pause 2^j), client throttle
/// max(0, (asked - K accepted)/(asked + 1)), token bucket. Dispatch by the policy over listed servers. A try fails when
/// it is turned away, sent to a dead server, or sojourn + round trip pass the timeout; the server goes on working on
/// it. Tries again are bounded by budget times fresh requests.</para>
/// <para>Request by request (up to 64 servers): in each sub-step, tries and phases of service, both Poisson, come in
/// random order, which is the Markov chain itself. A service takes one of two numbers of phases, which gives any
/// variation. The time of an accepted request with n before it is gamma with mean (n + 1)/mu; quantiles of a tick are
/// those of a gamma with the mean and variance of all requests in it.</para>
/// <para>As shares s_k of servers with at least k requests, k up to 64, y requests beyond, rho the load of a
/// server:</para>
/// <code>
/// ds_k/dt = rho (F(s_(k-1)) - F(s_k)) - (s_k - s_(k+1)),   dy/dt = rho F(s_64) - s_64 y/(s_64 + y)
/// random, geo-nearest F = s; power-of-d s^d; least-outstanding, jsq, central-queue s^8; reports older than a service
/// mix in s; jiq s_1^8 s/s_1; round-robin, weighted s sigma/rho (GI/M/1); consistent hashing s below its bound
/// </code>
/// <para>by Runge-Kutta of second order, at most 64 steps a tick: where a tick is many services the shares come to
/// rest within it, while y moves in real time. Waits are scaled by (1 + c^2)/2 (Allen and Cunneen).</para>
/// <para>Health: checks find a failed or repaired server after threshold checks and the timeout of one, so within
/// interval threshold + timeout. What is in flight at a failing server is lost or tried again. Compromised servers work
/// on, are found at a rate, cleaned and readmitted. Autoscaling: N* = ceil(N utilisation/target).</para>
/// <para>Presets: RPC gateway servers 16, serviceVariability 4, hedge 5 %; matching engine servers 1, serviceRate
/// 100000/s, serviceVariability 0.25, priority cancels-first; sequencer servers 1, standby true, serviceRate = gas per
/// second over gas per request (Arbitrum 7 Mgas/s: 50/s at 140k gas); keeper fleet servers 4, serviceRate 1 per block
/// time, timeout some blocks, market and chain set.</para>
/// <para>Shapes: lanes of servers are [min(servers, 64)][paths]; more servers are followed in racks that fail together.
/// Sources: Dobrushin, Karpelevich, Vvedenskaya (1996); Mitzenmacher (2001); Mirrokni et al. (2016); Beyer et al.,
/// "Site Reliability Engineering" (2016); parameters from memory where they say so.</para>
/// </remarks>
[Component("service-pool")]
public sealed partial class ServicePool(ServicePool.Parameters p) : Component
{
    private const int Levels = 64, TriesMost = 8, SubStepsMost = 64;
    private const double DelayMost = 86_400, LoadMost = 50, ServicesPerStep = 20;

    private readonly int _rows = RowsOf(p);
    private readonly double _size = SizeOf(p);
    private readonly double[] _speeds = SpeedsOf(p), _slowness = [.. SpeedsOf(p).Select(s => 1 / s)];
    private readonly (double First, double Step) _speedLine = SpeedLineOf(p);
    private readonly double[] _paces = [.. SpeedsOf(p).Select(s => s / FastestOf(p))];
    private readonly double[] _regions = RegionsOf(p);
    private readonly PhaseService _service = new(p.ServiceVariability.Value);

    /// <summary>What happened on eight paths in a tick.</summary>
    private struct Flow
    {
        public Vec Rate, Fresh, Again, Tries, Served, Rejected, Lost, Late, Failed;
        public Vec CriticalCount, CriticalMean, CriticalSquare, Count, Mean, Square;
        public Vec Admit, AdmitUrgent, Tokens, Busy, Turned, Herd, Fairness, Capacity;
    }

    /// <summary>What is the same for all paths of a tick.</summary>
    private readonly struct Clock
    {
        public Clock(ServicePool pool, Parameters p, in Tick tick)
        {
            Rate = p.ServiceRate.Value / (1 + p.Hedge.Value);
            TokenRate = Rate * pool._service.Mean * FastestOf(p);
            var services = Rate * pool._service.Mean * tick.Seconds;
            IsExact = pool._rows * pool._size <= RowsMost && p.Resolution switch
            {
                Detail.Exact => services <= ServicesPerStep * SubStepsMost,
                Detail.Auto => services <= 128,
                _ => false,
            };
            var reports = p.ReportDelay.Value > 0 && p.Policy is Dispatch.PowerOfD or Dispatch.LeastOutstanding
                ? tick.Seconds / Math.Max(p.ReportDelay.Value, tick.Seconds / SubStepsMost) : 1;
            Steps = IsExact
                ? (int)Math.Clamp(Math.Ceiling(Math.Max(services / ServicesPerStep, reports) - 1e-9), 1, SubStepsMost)
                : 1;
            Seconds = tick.Seconds / Steps;
            IsLive = p.ReportDelay.Value < 0.5 * Seconds;
            Detection = p.HealthInterval.Value * (p.HealthThreshold.Value - 1) + p.HealthTimeout.Value;
            Forget = LaneMath.Exp(-Seconds / p.Window.Value);
        }

        /// <summary>Requests a second of a server, less what copies of requests cost.</summary>
        public double Rate { get; }

        /// <summary>Phases a second of the fastest server.</summary>
        public double TokenRate { get; }

        /// <summary>True when requests are followed one by one.</summary>
        public bool IsExact { get; }

        /// <summary>True when reports are younger than a sub-step.</summary>
        public bool IsLive { get; }

        /// <summary>Sub-steps of the tick.</summary>
        public int Steps { get; }

        /// <summary>Length of a sub-step.</summary>
        public double Seconds { get; }

        /// <summary>Time from the first check that sees a change to the last that is needed, and its answer.</summary>
        public double Detection { get; }

        /// <summary>What a sub-step leaves of the counts of the window.</summary>
        public double Forget { get; }
    }

    /// <inheritdoc/>
    public override void Start(in Tick tick)
    {
        foreach (var lane in (Lane[])[Jobs, Urgent, Phases, Reported, Sent, Down, Bad, Alarm, Shares, Beyond, Pending,
            Line, Counted, Breaking, IsBurst, ReportAge, Credit, Scaling, Budget, Waiting])
        {
            lane.AllRows.Clear();
        }

        Listed.AllRows.Fill(1);
        Since.AllRows.Fill(-1);
        Bucket.Span.Fill(p.BucketSize.Value);
        Busy.Span.Fill(Math.Min(p.BaseLoad.Value / (p.Servers.Value * p.ServiceRate.Value), 1));
        Scaling.Span.Fill(Math.Max(Math.Round(p.Servers.Value / _size), 1));
        ServersInUse.Span.Fill(p.Servers.Value);
        Utilisation.Span.Fill(Busy.Span[0]);
        Arrivals.Span.Fill(p.BaseLoad.Value);
        var service = 1 / p.ServiceRate.Value + p.LocalTrip.Value;
        foreach (var lane in (Lane[])[P50, P99, CriticalP99, CriticalP99Max, Delay])
        {
            lane.Span.Fill(Math.Min(service, DelayMost));
        }
    }

    /// <inheritdoc/>
    public override void Step(in Tick tick)
    {
        var clock = new Clock(this, p, tick);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var flow = default(Flow);
            Come(tick, i, ref flow);
            Check(tick, i, clock, ref flow);
            Scale(tick, i);
            if (clock.IsExact)
            {
                Follow(tick, i, clock, ref flow);
            }
            else
            {
                Relax(tick, i, clock, ref flow);
            }

            Publish(tick, i, clock, flow);
        }
    }

    /// <summary>Vectors from one row of a lane to the next.</summary>
    private int Stride => Jobs.Paths / Vec.Width;

    /// <summary>Servers that there may ever be.</summary>
    private static double MostOf(Parameters p) =>
        p.Autoscale ? Math.Max(p.Servers.Value, p.ServersMost.Value) : p.Servers.Value;

    private static int RowsOf(Parameters p) => (int)Math.Min(MostOf(p), RowsMost);

    /// <summary>Servers of a rack.</summary>
    private static double SizeOf(Parameters p) => MostOf(p) / RowsOf(p);

    /// <summary>Speed of the first server, and what each further one is faster.</summary>
    private static (double First, double Step) SpeedLineOf(Parameters p)
    {
        var rows = RowsOf(p);
        return rows > 1 ? (1 - p.SpeedSpread.Value, 2 * p.SpeedSpread.Value / (rows - 1)) : (1, 0);
    }

    private static double[] SpeedsOf(Parameters p)
    {
        var (first, step) = SpeedLineOf(p);
        return [.. Enumerable.Range(0, RowsOf(p)).Select(row => first + step * row)];
    }

    private static double FastestOf(Parameters p) => RowsOf(p) > 1 ? 1 + p.SpeedSpread.Value : 1;

    private static double[] RegionsOf(Parameters p)
    {
        var rows = RowsOf(p);
        return [.. Enumerable.Range(0, rows).Select(row => Math.Floor(row * p.Regions.Value / rows))];
    }
}
