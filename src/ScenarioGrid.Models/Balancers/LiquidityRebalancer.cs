using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Balancers;

/// <summary>Moves liquidity between venues towards a target, through a bridge that takes its time.</summary>
/// <remarks>
/// <para>Per path and tick of h seconds, over the venues that are up, value T_v of their reserves, demand f_v (orders
/// and volume of a tick, smoothed with half-life demandMemory; for root-mean-square its square is):</para>
/// <code>
/// total     = sum T_v + in flight            target_v = total * w_v,   w_v = 1/V, f_v/sum f, or rms(f_v)/sum rms(f)
/// gap_v     = target_v - T_v
/// moving    starts when a |gap_v| is above band * target_v, ends when all are below a tenth of that; and only while
///           2 sum f_v^2 (1/T_v - 1/target_v) * horizon/h > cost * sum of what is to move     (horizon 0: always)
/// taken_v   = (1 - exp(-speed h)) * max(-gap_v, 0), at most outflowLimit * T_v
/// in flight grows by taken * (1 - cost) and arrives after delay + bridge.delay, at most delayMax
/// placed_v  = arrived * max(gap_v, 0)/sum max(gap, 0)      what a venue does not take is tried again
/// </code>
/// <para>Liquidity in flight serves nobody. It is kept as value: the price does not move it. What leaves within 1/47 of
/// delayMax travels together, or within a tick where that is longer. Assumes one rebalancer for a venue.</para>
/// <para>The square of demand over liquidity is the slippage of constant-product pools, f^2/y with y = T/2; the target
/// that is best against it is in proportion to demand (LiquidityPlacement).</para>
/// <para>Source: own derivation; (s, S) rule after Scarf, "The optimality of (s, S) policies" (1960).</para>
/// </remarks>
[Component("liquidity-rebalancer")]
public sealed partial class LiquidityRebalancer(LiquidityRebalancer.Parameters p) : Component
{
    private const int VenuesMax = 16, Slots = 48;
    private const double EndsAt = 0.1;

    /// <summary>Where liquidity shall be.</summary>
    public enum Rule
    {
        /// <summary>The same value in every venue.</summary>
        Equal,

        /// <summary>In proportion to the mean demand.</summary>
        Demand,

        /// <summary>In proportion to the root of the mean squared demand: bursts count.</summary>
        RootMeanSquare,
    }

    public sealed record Parameters : IChecked
    {
        /// <summary>Where liquidity shall be.</summary>
        public Rule Target { get; init; } = Rule.Demand;

        /// <summary>Rate at which a gap is closed; 24 a day, own choice.</summary>
        [Bounds(0, 1e6)] public Quantity<PerYear> Speed { get; init; } = new(24 * 365);

        /// <summary>Cost of moving, as a share of what is moved; 5 bps, own choice.</summary>
        [Bounds(0, 0.1)] public Quantity<Fraction> Cost { get; init; } = new(0.0005);

        /// <summary>Gap over target at which moving starts, 20 %.</summary>
        [Bounds(0, 10)] public Quantity<Fraction> Band { get; init; } = new(0.2);

        /// <summary>Time on the way, besides that of the bridge.</summary>
        [Bounds(0, 2_592_000)] public Quantity<Second> Delay { get; init; } = new(900);

        /// <summary>Longest time on the way: what is later arrives then.</summary>
        [Bounds(1, 2_592_000)] public Quantity<Second> DelayMax { get; init; } = new(14_400);

        /// <summary>Largest share of a venue that is taken out in a tick.</summary>
        [Bounds(0, 0.9)] public Quantity<Fraction> OutflowLimit { get; init; } = new(0.2);

        /// <summary>Time over which the saved slippage must pay for moving; 0 moves without asking.</summary>
        [Bounds(0, 31_536_000)] public Quantity<Second> Horizon { get; init; } = new(0);

        /// <summary>Half-life of the demand that is looked at.</summary>
        [Bounds(1, 2_592_000)] public Quantity<Second> DemandMemory { get; init; } = new(3600);

        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (Delay.Value > DelayMax.Value)
            {
                yield return ("delay", FormattableString.Invariant(
                    $"delay is {Delay.Value} s; it must not be above delayMax, {DelayMax.Value} s"));
            }
        }
    }

    /// <summary>Base reserve of each venue.</summary>
    public LaneList<Token> VenueBase { get; } = Lane.Inputs<Token>("venues.reserveBase");

    /// <summary>Quote reserve of each venue.</summary>
    public LaneList<Usd> VenueQuote { get; } = Lane.Inputs<Usd>("venues.reserveQuote");

    /// <summary>Marginal price of each venue.</summary>
    public LaneList<UsdPerToken> VenueSpot { get; } = Lane.Inputs<UsdPerToken>("venues.spot");

    /// <summary>1 for each venue that trades.</summary>
    public LaneList<Fraction> VenueIsUp { get; } = Lane.Inputs<Fraction>("venues.isUp");

    /// <summary>Quote that each venue paid for orders that sold.</summary>
    public LaneList<Usd> VenueProceeds { get; } = Lane.Inputs<Usd>("venues.proceeds");

    /// <summary>Quote that each venue took from orders that bought.</summary>
    public LaneList<Usd> VenueSpent { get; } = Lane.Inputs<Usd>("venues.spentQuote");

    /// <summary>All volume of each venue, where it tells it.</summary>
    public LaneList<Usd> VenueVolume { get; } = Lane.Inputs<Usd>("venues.volume");

    /// <summary>What each venue took in or gave out in the last tick.</summary>
    public LaneList<Usd> VenueMoved { get; } = Lane.Inputs<Usd>("venues.liquidityMoved");

    /// <summary>Value that each venue shall take in, or give out where negative.</summary>
    public LaneList<Usd> Flow { get; } = Lane.Pushes<Usd>("venues.liquidityFlow");

    /// <summary>Delay of the bridge that the liquidity goes through; 0 without one.</summary>
    public Lane<Second> BridgeDelay { get; } = Lane.Input<Second>("bridge.delay", absent: 0);

    /// <summary>Smoothed demand of each venue, or its square.</summary>
    public Lane<Number> Demand { get; } = Lane.State<Number>(rows: VenuesMax);

    /// <summary>Value on the way, by the time that it left.</summary>
    public Lane<Usd> Way { get; } = Lane.State<Usd>(rows: Slots);

    /// <summary>1 while liquidity is being moved.</summary>
    public Lane<Fraction> IsMoving { get; } = Lane.State<Fraction>();

    /// <summary>Value on the way or offered to a venue, mean over time.</summary>
    [Holds("usd")] [Bounds(0, double.PositiveInfinity)]
    public Lane<Usd> InFlight { get; } = Lane.Output<Usd>(0, Over.Mean);

    /// <summary>Value that was offered to venues in this tick.</summary>
    public Lane<Usd> Offered { get; } = Lane.State<Usd>();

    /// <summary>Value taken out of venues.</summary>
    [Enters("usd")] public Lane<Usd> Taken { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Value placed in venues.</summary>
    [Leaves("usd")] public Lane<Usd> Placed { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Cost of moving.</summary>
    [Leaves("usd")] public Lane<Usd> MovingCost { get; } = Lane.Output<Usd>(0, Over.Total);

    /// <summary>Largest gap of a venue over its target, mean over time.</summary>
    [Bounds(0, double.PositiveInfinity)] public Lane<Number> Imbalance { get; } = Lane.Output<Number>(0, Over.Mean);

    /// <exception cref="InvalidOperationException">More venues are named than can be balanced.</exception>
    public override void Start(in Tick tick)
    {
        if (VenueBase.Count > VenuesMax)
        {
            throw new InvalidOperationException(
                $"liquidity-rebalancer: venues names {VenueBase.Count} venues; at most {VenuesMax} can be balanced");
        }
    }

    public override void Step(in Tick tick)
    {
        var venues = VenueBase.Count;
        Span<Vec> value = stackalloc Vec[venues], gap = stackalloc Vec[venues], square = stackalloc Vec[venues];
        var memory = -LaneMath.Expm1(-0.6931471805599453 * tick.Seconds / p.DemandMemory.Value);
        var pace = -LaneMath.Expm1(-p.Speed.Value * tick.Years);
        var grid = Math.Max(tick.Seconds, p.DelayMax.Value / (Slots - 1));
        var slot = Math.Floor(tick.Start / grid);
        var isNewSlot = tick.Index > 0 && slot > Math.Floor((tick.Start - tick.Seconds) / grid);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var arrived = Receive(i, (int)(slot % Slots), isNewSlot, grid);
            Watch(i, memory, value, square);
            var inFlight = Aim(i, value, square, gap);
            Move(i, arrived, inFlight, pace, tick.Seconds, value, square, gap);
        }
    }
}
