using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Services;

/// <content>Lanes: what it reads, what turns it, what it keeps and publishes.</content>
public sealed partial class ServicePool
{
    /// <summary>Realised volatility of the market whose crashes bring requests; 0 stands for calm.</summary>
    public Lane<Volatility> MarketVolatility { get; } = Lane.Input<Volatility>("market.volatility", 0);

    /// <summary>1 while the chain that completes the requests makes blocks.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", 1);

    /// <summary>Multiplies the fresh requests.</summary>
    public Lane<Number> LoadMultiple { get; } = Lane.Dial<Number>(1);

    /// <summary>Share of the servers that is down, from the first on.</summary>
    public Lane<Fraction> ServersDown { get; } = Lane.Dial<Fraction>(0);

    /// <summary>Requests at each server, the one in service included; at a dead one those that hang.</summary>
    public Lane<Count> Jobs { get; } = Lane.State<Count>(0, RowsOf(p));

    /// <summary>Of these, requests that go first.</summary>
    public Lane<Count> Urgent { get; } = Lane.State<Count>(0, RowsOf(p));

    /// <summary>Phases left of the request in service.</summary>
    public Lane<Number> Phases { get; } = Lane.State<Number>(0, RowsOf(p));

    /// <summary>Requests at each server by the last report.</summary>
    public Lane<Count> Reported { get; } = Lane.State<Count>(0, RowsOf(p));

    /// <summary>Requests sent to each server in the tick.</summary>
    public Lane<Count> Sent { get; } = Lane.State<Count>(0, RowsOf(p));

    /// <summary>0 up, 1 failed, 2 being cleaned, 3 struck by a shock, 4 being replaced by its copy.</summary>
    public Lane<Number> Down { get; } = Lane.State<Number>(0, RowsOf(p));

    /// <summary>1 while the server is compromised.</summary>
    public Lane<Fraction> Bad { get; } = Lane.State<Fraction>(0, RowsOf(p));

    /// <summary>1 while the balancer sends requests to the server.</summary>
    public Lane<Fraction> Listed { get; } = Lane.State<Fraction>(1, RowsOf(p));

    /// <summary>Time until the health checks notice that the server has gone down or come back.</summary>
    public Lane<Second> Alarm { get; } = Lane.State<Second>(0, RowsOf(p));

    /// <summary>Share of servers with at least 1, 2, .. requests.</summary>
    public Lane<Fraction> Shares { get; } = Lane.State<Fraction>(0, Levels);

    /// <summary>Requests beyond the last of these levels, per server.</summary>
    public Lane<Count> Beyond { get; } = Lane.State<Count>();

    /// <summary>Tries that wait for their turn again, by their number.</summary>
    public Lane<Count> Pending { get; } = Lane.State<Count>(0, TriesMost);

    /// <summary>Requests in the one line of all servers, and those of them that go first.</summary>
    public Lane<Count> Line { get; } = Lane.State<Count>(0, 2);

    /// <summary>Tries again that the budget still allows.</summary>
    public Lane<Count> Budget { get; } = Lane.State<Count>();

    /// <summary>Requests that the token bucket still lets in.</summary>
    public Lane<Count> Bucket { get; } = Lane.State<Count>();

    /// <summary>Requests, accepted requests and failures counted over the window.</summary>
    public Lane<Count> Counted { get; } = Lane.State<Count>(0, 3);

    /// <summary>Time left of the open breaker, and how often it has opened in a row.</summary>
    public Lane<Number> Breaking { get; } = Lane.State<Number>(0, 2);

    /// <summary>1 in a burst.</summary>
    public Lane<Fraction> IsBurst { get; } = Lane.State<Fraction>();

    /// <summary>Age of the reports.</summary>
    public Lane<Second> ReportAge { get; } = Lane.State<Second>();

    /// <summary>Credit of each server for its turn.</summary>
    public Lane<Number> Credit { get; } = Lane.State<Number>(0, RowsOf(p));

    /// <summary>Racks in use, ordered, time until the order arrives, time until the next cut.</summary>
    public Lane<Number> Scaling { get; } = Lane.State<Number>(0, 4);

    /// <summary>Utilisation as a mean over 60 s.</summary>
    public Lane<Fraction> Busy { get; } = Lane.State<Fraction>();

    /// <summary>Time since the last shock on the pool, below 0 before the first; and 1 once it has recovered.</summary>
    public Lane<Number> Since { get; } = Lane.State<Number>(-1, 2);

    /// <summary>Requests that wait or are served.</summary>
    [Holds("requests")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> Waiting { get; } = Lane.Output<Count>(0, Over.Max);

    /// <summary>Tries made in the tick, first and further ones.</summary>
    [Enters("requests")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> Tries { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Tries of the tick served to the end, whether their clients still waited or not.</summary>
    [Leaves("requests")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> Served { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Tries of the tick turned away: by limit, throttle, breaker or a full queue.</summary>
    [Leaves("requests")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> Rejected { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Tries of the tick lost at dead servers: in flight when they died, or sent before it was
    /// noticed.</summary>
    [Leaves("requests")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> LostInFlight { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Further tries of the tick.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> Retries { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Tries per second, first and further ones.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<PerSecond> Arrivals { get; } = Lane.Output<PerSecond>(0, Over.Mean);

    /// <summary>Share of the capacity of the servers in use that is used.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> Utilisation { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Median time of a request, network included.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> P50 { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>99 % quantile of the time of a request, network included; another one by tailShare.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> P99 { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>99 % quantile of the time of a critical request; another one by tailShare.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> CriticalP99 { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>Its largest value of any tick.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> CriticalP99Max { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Share of tries turned away.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> RejectShare { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Share of tries that came too late or never.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> TimeoutShare { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Expected time of a critical request, with the tries that fail before one succeeds; at most a
    /// day.</summary>
    [Bounds(0, DelayMost)]
    public Lane<Second> Delay { get; } = Lane.Output<Second>(0, Over.Mean);

    /// <summary>1 while a listed server works and the chain is up.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> IsUp { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>Share of tries answered in time.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> Availability { get; } = Lane.Output<Fraction>(1, Over.Mean);

    /// <summary>Requests sent to the busiest server over the mean of those in use.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Number> Fairness { get; } = Lane.Output<Number>(1, Over.Mean);

    /// <summary>Deviation of the queue lengths over that of independent queues of the same mean: above 1 they herd.
    /// </summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Number> HerdIndex { get; } = Lane.Output<Number>(0, Over.Mean);

    /// <summary>Time from the end of the last shock until failures and tries again are rare.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Second> RecoveryTime { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>1 while, ten minutes after the last shock, tries are still a tenth more than fresh requests.</summary>
    [Bounds(0, 1)]
    public Lane<Fraction> Metastable { get; } = Lane.Output<Fraction>(0, Over.Mean);

    /// <summary>Time to work off what waits and will be tried again, at the present load; at most a day.</summary>
    [Bounds(0, DelayMost)]
    public Lane<Second> DrainTime { get; } = Lane.Output<Second>(0, Over.Max);

    /// <summary>Servers in use.</summary>
    [Bounds(0, 4096)]
    public Lane<Count> ServersInUse { get; } = Lane.Output<Count>(0, Over.Mean);

    /// <summary>Price of the servers so far.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> ServerCost { get; } = Lane.Output<Usd>(0, Over.Final);

    /// <summary>Requests of the tick served by a compromised server.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> Tainted { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Failures of the tick from which the copy could not take over.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Count> FailoversFailed { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Mean move of the price while a critical request is under way: what a stale quote loses.</summary>
    [Bounds(0, double.PositiveInfinity)]
    public Lane<Fraction> StaleLoss { get; } = Lane.Output<Fraction>(0, Over.Mean);
}
