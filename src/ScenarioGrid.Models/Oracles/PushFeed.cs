using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <summary>Feed of many nodes whose median is pushed to the chain when it has moved, or when its heartbeat is due:
/// the oracle of Chainlink, with the delay of Maker's security module as an option.</summary>
/// <remarks>
/// <para>Per path and tick of h seconds, market price P, node j of M:</para>
/// <code>
/// seen_j   = ln P with probability 1 - exp(-h/nodeDelay), else as it was
/// vote_j   = seen_j + bias_j + nodeNoise Z           bias_j ~ N(0, nodeBias) once a path; Z standard normal
///            ln P + byzantineShift of a byzantine node, which is always up
/// m        = vote number floor(n/2) of the n that are up, counted from 0 in rising order;  n at least quorum M
/// report   = clip(exp m, minAnswer, maxAnswer)
/// sent     when |report/last sent - 1| &gt; deviation, or heartbeat seconds after the last one; one at a time
/// lands    after latency + congestionShare * chain delay; not while the chain is down or its gas above gasPriceMax
/// price    = last landed;  with osmDelay the one that had landed at the full osmDelay before the last full one
/// fresh    = chain up for gracePeriod at least (a guard: frozen), and the last landed at most staleAge old
/// </code>
/// <para>Nodes fail and come back as two-state chains that are up nodeAvailability of the time, in outages of
/// nodeOutage on average. Fewer than half of the nodes that vote, whatever they say, keep the median among honest
/// votes.</para>
/// <para>Driftless pushes by deviation alone are (deviation/volatility)^2 apart in the mean.</para>
/// <para>Sources: Chainlink ETH/USD on mainnet (heartbeat 3600 s, 31 nodes; deviation from memory), offchain reporting
/// (median, quorum 2/3); Maker OSM (3600 s); LUNA 2022 for the least answer; nodes: own model.</para>
/// </remarks>
[Component("push-feed")]
public sealed partial class PushFeed(PushFeed.Parameters p) : PriceOracle
{
    private const int NodesMax = 63, UpDraw = NodesMax, BiasDraw = 0;

    private readonly int[] _order = SortingNetwork.Of((int)p.Nodes.Value);

    public sealed record Parameters : IChecked
    {
        /// <summary>Nodes, 31 (Chainlink ETH/USD).</summary>
        [Bounds(1, NodesMax, Whole = true)] public Quantity<Count> Nodes { get; init; } = new(31);

        /// <summary>Share of the nodes that must be up for a report, 2/3 (offchain reporting).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Quorum { get; init; } = new(2.0 / 3);

        /// <summary>Standard deviation of the lasting bias of a node in ln price (own assumption).</summary>
        [Bounds(0, 0.5)] public Quantity<Number> NodeBias { get; init; } = new(0.0003);

        /// <summary>Standard deviation of the error of one vote in ln price (own assumption).</summary>
        [Bounds(0, 0.5)] public Quantity<Number> NodeNoise { get; init; } = new(0.0003);

        /// <summary>Mean age of the price a node has seen (own assumption).</summary>
        [Bounds(0, 3600)] public Quantity<Second> NodeDelay { get; init; } = new(6);

        /// <summary>Share of the time that a node is up (own assumption).</summary>
        [Bounds(0.01, 1)] public Quantity<Fraction> NodeAvailability { get; init; } = new(0.99);

        /// <summary>Mean length of an outage of a node (own assumption).</summary>
        [Bounds(1, 2_592_000)] public Quantity<Second> NodeOutage { get; init; } = new(3600);

        /// <summary>Nodes that say what an attacker wants.</summary>
        [Bounds(0, NodesMax, Whole = true)] public Quantity<Count> ByzantineNodes { get; init; } = new(0);

        /// <summary>Distance of their votes from ln of the market price.</summary>
        [Bounds(-5, 5)] public Quantity<Number> ByzantineShift { get; init; } = new(0.5);

        /// <summary>Relative move of the report that makes a push, 0.5 % (mainnet; 0.05 to 0.25 % on
        /// rollups).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Deviation { get; init; } = new(0.005);

        /// <summary>Longest time between two pushes, 3600 s (ETH/USD; 86,400 s for USDC/USD).</summary>
        [Bounds(1, 604_800)] public Quantity<Second> Heartbeat { get; init; } = new(3600);

        /// <summary>Time from the report to its inclusion on a calm chain, 40 s.</summary>
        [Bounds(0, 86_400)] public Quantity<Second> Latency { get; init; } = new(40);

        /// <summary>Share of the chain's delay of a standard bid that a push also waits: 0 for nodes that outbid all,
        /// above 1 for a gas policy that lags (own assumption).</summary>
        [Bounds(0, 100)] public Quantity<Number> CongestionShare { get; init; } = new(1);

        /// <summary>Gas price above which nodes do not push; 0 is no limit.</summary>
        [Bounds(0, 1e6)] public Quantity<Gwei> GasPriceMax { get; init; } = new(0);

        /// <summary>Gas of a push (from memory).</summary>
        [Bounds(0, 1e8)] public Quantity<Gas> PushGas { get; init; } = new(300_000);

        /// <summary>Least price the feed answers; 0 is no limit (LUNA: 0.10 USD).</summary>
        [Bounds(0, 1e9)] public Quantity<UsdPerToken> MinAnswer { get; init; } = new(0);

        /// <summary>Highest price the feed answers; 0 is no limit.</summary>
        [Bounds(0, 1e12)] public Quantity<UsdPerToken> MaxAnswer { get; init; } = new(0);

        /// <summary>Age from which the answer is not used, 14,400 s (Liquity).</summary>
        [Bounds(1, 2_592_000)] public Quantity<Second> StaleAge { get; init; } = new(14_400);

        /// <summary>Delay of a security module that takes the price over at full multiples of it; 0 is none (Maker:
        /// 3600 s).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> OsmDelay { get; init; } = new(0);

        /// <summary>Time after an outage of the chain in which the price is not used (sequencer grace period of
        /// rollups: 3600 s).</summary>
        [Bounds(0, 86_400)] public Quantity<Second> GracePeriod { get; init; } = new(0);

        /// <summary>Distance in ln price from the market above which a fresh price counts as false, 5 % (Liquity's
        /// limit between two oracles).</summary>
        [Bounds(0.0001, 10)] public Quantity<Number> FalseLimit { get; init; } = new(0.05);

        /// <inheritdoc/>
        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (ByzantineNodes.Value > Nodes.Value)
            {
                yield return ("byzantineNodes", FormattableString.Invariant(
                    $"is {ByzantineNodes.Value}, but there are {Nodes.Value} nodes"));
            }

            if (MaxAnswer.Value > 0 && MaxAnswer.Value < MinAnswer.Value)
            {
                yield return ("maxAnswer", FormattableString.Invariant(
                    $"is {MaxAnswer.Value} USD, below the minAnswer of {MinAnswer.Value} USD"));
            }
        }
    }

    /// <summary>Market price.</summary>
    public Lane<UsdPerToken> MarketPrice { get; } = Lane.Input<UsdPerToken>("market.price");

    /// <summary>1 while the chain is up; 1 without a chain.</summary>
    public Lane<Fraction> ChainIsUp { get; } = Lane.Input<Fraction>("chain.isUp", absent: 1);

    /// <summary>Expected delay of a standard bid; 0 without a chain.</summary>
    public Lane<Second> ChainDelay { get; } = Lane.Input<Second>("chain.delay", absent: 0);

    /// <summary>Gas price of a standard bid; 0 without a chain.</summary>
    public Lane<Gwei> GasPrice { get; } = Lane.Input<Gwei>("chain.gasPrice", absent: 0);

    /// <summary>Price of the chain's native token; 0 without a chain.</summary>
    public Lane<UsdPerToken> NativePrice { get; } = Lane.Input<UsdPerToken>("chain.nativePrice", absent: 0);

    /// <summary>ln of the price a node has seen, over that of the start.</summary>
    public Lane<Number> Seen { get; } = Lane.State<Number>(rows: (int)p.Nodes.Value);

    /// <summary>Lasting bias of a node.</summary>
    public Lane<Number> Bias { get; } = Lane.State<Number>(rows: (int)p.Nodes.Value);

    /// <summary>1 while a node is up.</summary>
    public Lane<Fraction> NodeIsUp { get; } = Lane.State<Fraction>(1, (int)p.Nodes.Value);

    /// <summary>Market price at the start.</summary>
    public Lane<UsdPerToken> PriceStart { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Last report sent.</summary>
    public Lane<UsdPerToken> Sent { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Seconds since it was sent.</summary>
    public Lane<Second> SinceSent { get; } = Lane.State<Second>();

    /// <summary>1 while it is on its way.</summary>
    public Lane<Fraction> InFlight { get; } = Lane.State<Fraction>();

    /// <summary>Seconds that its way still takes.</summary>
    public Lane<Second> Left { get; } = Lane.State<Second>();

    /// <summary>Last report landed.</summary>
    public Lane<UsdPerToken> Landed { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Seconds since it was made.</summary>
    public Lane<Second> LandedAge { get; } = Lane.State<Second>();

    /// <summary>Price that the security module shows.</summary>
    public Lane<UsdPerToken> Shown { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>Price that it shows next.</summary>
    public Lane<UsdPerToken> Next { get; } = Lane.State<UsdPerToken>(1);

    /// <summary>1 while the module has to take over a price.</summary>
    public Lane<Fraction> IsDue { get; } = Lane.State<Fraction>();

    /// <summary>Seconds since the chain came up.</summary>
    public Lane<Second> SinceUp { get; } = Lane.State<Second>();

    /// <summary>Pushes landed.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Count> Pushes { get; } = Lane.Output<Count>(0, Over.Total);

    /// <summary>Gas paid for pushes.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Usd> PushCost { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>1 while too few nodes are up for a report; share of time as a measure.</summary>
    [Bounds(0, 1)] public Lane<Fraction> WithoutQuorum { get; } = Lane.Output<Fraction>(0, Over.Mean);

    public override void Start(in Tick tick)
    {
        foreach (var lane in new Lane[] { PriceStart, Sent, Landed, Shown, Next, Price })
        {
            MarketPrice.Span.CopyTo(lane.Span);
        }

        SinceUp.Span.Fill(p.GracePeriod.Value);
        for (var j = 0; j < Bias.Rows; j++)
        {
            Vecs bias = Bias.Row(j), up = NodeIsUp.Row(j);
            for (var i = 0; i < tick.Vectors; i++)
            {
                bias[i] = p.NodeBias.Value * LaneMath.NormalInverse(tick.PathUniform(BiasDraw + j, i));
                up[i] = (tick.PathUniform(UpDraw + j, i) < p.NodeAvailability.Value).AsOne();
            }
        }
    }
}
