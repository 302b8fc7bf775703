using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Services;

/// <content>Parameters.</content>
public sealed partial class ServicePool
{
    /// <summary>Most servers with a queue of their own; more are followed in racks and as shares.</summary>
    private const int RowsMost = 64;

    /// <summary>Who gets the next request.</summary>
    public enum Dispatch
    {
        /// <summary>The servers in turn.</summary>
        RoundRobin,

        /// <summary>In turn, in proportion to their speeds.</summary>
        Weighted,

        /// <summary>One at random.</summary>
        Random,

        /// <summary>The fewest requests by the last report.</summary>
        LeastOutstanding,

        /// <summary>The fewest requests by the last report among a few at random.</summary>
        PowerOfD,

        /// <summary>The least expected delay, known at once.</summary>
        Jsq,

        /// <summary>An idle server if there is one, else one at random.</summary>
        Jiq,

        /// <summary>The home of its key, or the next on the ring below its bound.</summary>
        ConsistentHash,

        /// <summary>One at random in the nearest region that has any.</summary>
        GeoNearest,

        /// <summary>One line for all servers: the best there can be.</summary>
        CentralQueue,
    }

    /// <summary>What is served first.</summary>
    public enum Order
    {
        /// <summary>First come, first served.</summary>
        Fifo,

        /// <summary>Critical requests first; neither rate limit nor throttle holds them back.</summary>
        CriticalFirst,

        /// <summary>Critical requests and cancellations first, as in a matching engine.</summary>
        CancelsFirst,
    }

    /// <summary>How the queues are followed.</summary>
    public enum Detail
    {
        /// <summary>Request by request up to 128 services a server and tick, else as shares.</summary>
        Auto,

        /// <summary>Request by request up to 1280 services a server and tick, else as shares.</summary>
        Exact,

        /// <summary>As shares of servers with at least k requests.</summary>
        MeanField,
    }

    public sealed record Parameters : IChecked
    {
        /// <summary>Servers at the start.</summary>
        [Bounds(1, 4096, Whole = true)] public Quantity<Count> Servers { get; init; } = new(8);

        /// <summary>Requests that a server completes per second while busy.</summary>
        [Bounds(0.001, 1e6)] public Quantity<PerSecond> ServiceRate { get; init; } = new(100);

        /// <summary>Squared coefficient of variation of the service time; RPC 4, matching engine 0.25 (from
        /// memory).</summary>
        [Bounds(0.05, 25)] public Quantity<Number> ServiceVariability { get; init; } = new(1);

        /// <summary>Speeds lie evenly between 1 - spread and 1 + spread times the mean.</summary>
        [Bounds(0, 0.9)] public Quantity<Fraction> SpeedSpread { get; init; } = new(0);

        /// <summary>Requests that a server holds at most; more are rejected.</summary>
        [Bounds(1, 10_000, Whole = true)] public Quantity<Count> QueueLimit { get; init; } = new(200);

        /// <summary>Fresh requests per second in calm times; default 60 % of the capacity.</summary>
        [Bounds(0, 1e7)] public Quantity<PerSecond> BaseLoad { get; init; } = new(480);

        /// <summary>Rise of the load in percent when volatility rises by one percent.</summary>
        [Bounds(0, 5)] public Quantity<Number> VolatilityElasticity { get; init; } = new(1.5);

        /// <summary>Volatility at which the load is the base load. Default: ETH 2020-2023, hourly.</summary>
        [Bounds(0.01, 10)] public Quantity<Volatility> CalmVolatility { get; init; } = new(0.93);

        /// <summary>Load in a burst over that between bursts.</summary>
        [Bounds(1, 100)] public Quantity<Number> BurstMultiple { get; init; } = new(5);

        /// <summary>Mean time between bursts.</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> BurstGap { get; init; } = new(600);

        /// <summary>Mean length of a burst.</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> BurstLength { get; init; } = new(60);

        /// <summary>Share of critical requests: liquidations, oracle updates, withdrawals (own assumption).</summary>
        [Bounds(0.001, 0.9)] public Quantity<Fraction> CriticalShare { get; init; } = new(0.05);

        /// <summary>Share of cancellations (own assumption).</summary>
        [Bounds(0, 0.1)] public Quantity<Fraction> CancelShare { get; init; } = new(0.1);

        /// <summary>What is served first.</summary>
        public Order Priority { get; init; } = Order.CriticalFirst;

        /// <summary>Who gets the next request.</summary>
        public Dispatch Policy { get; init; } = Dispatch.PowerOfD;

        /// <summary>Servers that power-of-d looks at.</summary>
        [Bounds(1, 8, Whole = true)] public Quantity<Count> Choices { get; init; } = new(2);

        /// <summary>Age at which reports of outstanding requests are renewed; 0 is at once.</summary>
        [Bounds(0, 60)] public Quantity<Second> ReportDelay { get; init; } = new(0.05);

        /// <summary>Most of the mean load that a server takes from consistent hashing.</summary>
        [Bounds(1.01, 10)] public Quantity<Number> BoundFactor { get; init; } = new(1.25);

        /// <summary>How uneven the keys are: the first home gets 1 + skew, the last 1 - skew times its
        /// share (own assumption).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> KeySkew { get; init; } = new(0.5);

        /// <summary>Regions, in a row; servers are dealt over them in blocks.</summary>
        [Bounds(1, 8, Whole = true)] public Quantity<Count> Regions { get; init; } = new(3);

        /// <summary>Share of the requests that comes from the first region; the others share the rest.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> RegionSkew { get; init; } = new(0.5);

        /// <summary>Round trip inside a region (own assumption).</summary>
        [Bounds(0, 10)] public Quantity<Second> LocalTrip { get; init; } = new(0.002);

        /// <summary>Round trip added per region in between (own assumption).</summary>
        [Bounds(0, 10)] public Quantity<Second> RegionTrip { get; init; } = new(0.08);

        /// <summary>Time after which a client gives a try up; the server goes on with it.</summary>
        [Bounds(0.001, 3600)] public Quantity<Second> Timeout { get; init; } = new(1);

        /// <summary>Tries after the first.</summary>
        [Bounds(0, 8, Whole = true)] public Quantity<Count> Retries { get; init; } = new(3);

        /// <summary>Pause before the first try again, doubled for each further one.</summary>
        [Bounds(0.001, 3600)] public Quantity<Second> Backoff { get; init; } = new(0.1);

        /// <summary>Tries again allowed as a share of fresh requests; 10 is no limit.</summary>
        [Bounds(0, 10)] public Quantity<Fraction> RetryBudget { get; init; } = new(0.1);

        /// <summary>Clients hold back when little of what they send is accepted.</summary>
        public bool Throttle { get; init; }

        /// <summary>Requests that a throttled client sends for each accepted one (SRE: 2).</summary>
        [Bounds(1, 100)] public Quantity<Number> ThrottleMultiple { get; init; } = new(2);

        /// <summary>Time over which throttle and breaker count.</summary>
        [Bounds(0.1, 3600)] public Quantity<Second> Window { get; init; } = new(10);

        /// <summary>Nothing is sent for a while when too much fails.</summary>
        public bool Breaker { get; init; }

        /// <summary>Share of failures that opens the breaker.</summary>
        [Bounds(0.01, 1)] public Quantity<Fraction> BreakerThreshold { get; init; } = new(0.5);

        /// <summary>Time that the breaker stays open; doubled each time that the probe fails.</summary>
        [Bounds(0.1, 3600)] public Quantity<Second> BreakerPause { get; init; } = new(5);

        /// <summary>Requests per second that the token bucket lets in; 0 is no limit.</summary>
        [Bounds(0, 1e7)] public Quantity<PerSecond> RateLimit { get; init; } = new(0);

        /// <summary>Requests that the token bucket lets in at once.</summary>
        [Bounds(1, 1e7)] public Quantity<Count> BucketSize { get; init; } = new(1000);

        /// <summary>Mean time between failures of a server.</summary>
        [Bounds(60, 3.2e9)] public Quantity<Second> Mtbf { get; init; } = new(2_592_000);

        /// <summary>Mean time to repair a server.</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> Mttr { get; init; } = new(300);

        /// <summary>Time between health checks.</summary>
        [Bounds(0.1, 3600)] public Quantity<Second> HealthInterval { get; init; } = new(5);

        /// <summary>Checks in a row that must say the same.</summary>
        [Bounds(1, 100, Whole = true)] public Quantity<Count> HealthThreshold { get; init; } = new(3);

        /// <summary>Time that a check waits for its answer.</summary>
        [Bounds(0, 3600)] public Quantity<Second> HealthTimeout { get; init; } = new(1);

        /// <summary>Requests in flight at a server that fails are tried again; otherwise they are gone.</summary>
        public bool RetriesInFlight { get; init; } = true;

        /// <summary>Compromises of each server per year (own assumption).</summary>
        [Bounds(0, 1e5)] public Quantity<PerYear> CompromiseRate { get; init; } = new(0.05);

        /// <summary>Mean time until a compromised server is found and taken out (own assumption).</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> CompromiseDetection { get; init; } = new(3600);

        /// <summary>Mean time until a compromised server is clean and back (own assumption).</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> CleanTime { get; init; } = new(7200);

        /// <summary>The number of servers follows their utilisation.</summary>
        public bool Autoscale { get; init; }

        /// <summary>Utilisation that autoscaling aims at, as a mean over 60 s.</summary>
        [Bounds(0.05, 0.95)] public Quantity<Fraction> TargetUtilisation { get; init; } = new(0.6);

        /// <summary>Fewest servers that autoscaling leaves.</summary>
        [Bounds(1, 4096, Whole = true)] public Quantity<Count> ServersLeast { get; init; } = new(1);

        /// <summary>Most servers that autoscaling orders.</summary>
        [Bounds(1, 4096, Whole = true)] public Quantity<Count> ServersMost { get; init; } = new(16);

        /// <summary>Time from order to service of new servers.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> ScaleOutDelay { get; init; } = new(120);

        /// <summary>Time between two cuts of servers.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> ScaleInCooldown { get; init; } = new(600);

        /// <summary>A passive copy takes over from a server found down: the sequencer.</summary>
        public bool Standby { get; init; }

        /// <summary>Mean time of election and catching up after detection (own assumption).</summary>
        [Bounds(0.1, 86_400)] public Quantity<Second> FailoverTime { get; init; } = new(30);

        /// <summary>Chance that the copy can take over; in January 2022 that of Arbitrum could not.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> FailoverSuccess { get; init; } = new(0.98);

        /// <summary>Share of requests, the slowest, that is asked of a second server too; 0 is none.</summary>
        [Bounds(0, 0.5)] public Quantity<Fraction> Hedge { get; init; } = new(0);

        /// <summary>Share of requests that are slower than p99, criticalP99 and criticalP99Max tell: 1 %, or 0.1 % to
        /// make them 99.9 % quantiles.</summary>
        [Bounds(0.0001, 0.2)] public Quantity<Fraction> TailShare { get; init; } = new(0.01);

        /// <summary>Price of a server (own assumption).</summary>
        [Bounds(0, 1)] public Quantity<UsdPerSecond> ServerPrice { get; init; } = new(1.0 / 3600);

        /// <summary>How the queues are followed.</summary>
        public Detail Resolution { get; init; } = Detail.Auto;

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (Autoscale && ServersMost.Value < Servers.Value)
            {
                yield return ("serversMost", $"{ServersMost.Value} are fewer than the {Servers.Value} servers");
            }

            if (Autoscale && ServersLeast.Value > Servers.Value)
            {
                yield return ("serversLeast", $"{ServersLeast.Value} are more than the {Servers.Value} servers");
            }
        }
    }
}
