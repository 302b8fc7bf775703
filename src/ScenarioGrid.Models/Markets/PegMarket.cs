using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Markets;

/// <summary>Price of a token that should be worth something else: a stablecoin, a staked or a bridged token, and the
/// run on it.</summary>
/// <remarks>
/// <para>Per path, over a tick of D years; H holders, R queue, B reserve in tokens at par, y log of price over par; v,
/// Z, the systemic jumps and the feedback are those of every market:</para>
/// <code>
/// left   = H (1 - exp(-runSpeed max(0, 1 - ratio - threshold) D))          ratio = price/par of the last tick
/// sold   = sellShare left                                  goes to venue.sell and stays outstanding
/// paid   = min(R + left - sold, capacity supply0 D, what the support can pay)
/// H' = H - (left - sold),   R' = R + left - sold - paid,   run = R'/(H' + R')
/// reserve: paid at most B (1 - loss),   B' = B - paid,   backing = min(1, B' (1 - loss)/(H' + R')) bridge.backing
/// sister:  paid at most M/(e impact),   M = sister price x sister supply / par
///          z = -q exp(-z),  q = impact paid/M,   P' = P exp(z) exp(s sqrt(D) Z' - s^2 D/2)
///          minted = paid par/(P exp(z)),         backing = min(1, M'/(H' + R')) bridge.backing
/// k  = pegReversion (1 - run)
/// y' = y + (ln backing - y)(1 - exp(-k D)) + v sigma sqrt((1 - exp(-2 k D))/(2 k)) Z + J - runImpact sold/(H + R)
/// price = par exp(y') underlying/underlying0 exp(logShift)
/// </code>
/// <para>Who redeems gets par, whatever the backing, until nothing is left: that is what makes holders run. A run takes
/// the arbitrage away too, as those who would buy below par cannot redeem. It feeds itself where sales push harder than
/// arbitrage pulls: runSpeed sellShare runImpact above pegReversion (1 - run). With a sister token every redemption
/// makes the next one dearer; there is no price at which the market takes more than M/(e impact) at once, and below a
/// backing of a millionth nobody mints.</para>
/// <para>Shapes: every lane is [paths]. The underlying is another market, of which the last tick is read; par is one
/// token of it where the start of par is its price.</para>
/// <para>Source: mean reversion: L. S. Ornstein and G. E. Uhlenbeck (1930); run: D. W. Diamond and P. H. Dybvig, "Bank
/// runs, deposit insurance, and liquidity", Journal of Political Economy 91 (1983), in flow form; own derivation of the
/// spiral. Defaults: USDC in March 2023.</para>
/// </remarks>
[Component("peg-market")]
public sealed partial class PegMarket(PegMarket.Parameters p) : Market(p)
{
    private const int OwnJumps = 0, SisterDraw = 1;

    /// <summary>Backing below which nobody mints sister tokens any more.</summary>
    private const double MintingLeast = 1e-6;

    /// <summary>Prices and backing end here, so that no run makes them 0 or infinite.</summary>
    private const double WorthLeast = 1e-30;

    /// <summary>Price of what the token stands for, at the last tick; a dollar that is always worth one.</summary>
    public Lane<UsdPerToken> UnderlyingPrice { get; } = Lane.Input<UsdPerToken>("underlying.price", absent: 1);

    /// <summary>Share of the tokens that the bridge holds assets for.</summary>
    public Lane<Fraction> BridgeBacking { get; } = Lane.Input<Fraction>("bridge.backing", absent: 1);

    /// <summary>Share of the reserve that cannot be reached.</summary>
    public Lane<Fraction> ReserveLoss { get; } = Lane.Dial<Fraction>(0);

    /// <summary>Tokens that run away by selling in the tick.</summary>
    public Lane<Token> Sell { get; } = Lane.Push<Token>("venue.sell", Over.Total);

    /// <summary>Tokens of those who stay.</summary>
    [Holds("base")] public Lane<Token> Holders { get; } = Lane.State<Token>();

    /// <summary>Tokens that wait for redemption.</summary>
    [Holds("base")] [Bounds(0, double.MaxValue)]
    public Lane<Token> Queue { get; } = Lane.Output<Token>(0, Over.Max);

    /// <summary>Tokens redeemed in the tick.</summary>
    [Leaves("base")] [Bounds(0, double.MaxValue)]
    public Lane<Token> Redeemed { get; } = Lane.Output<Token>(0, Over.Total);

    /// <summary>Tokens outstanding, those in the queue included.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Token> Supply { get; } = Lane.Output<Token>(0, Over.Final);

    /// <summary>Reserve in tokens at par.</summary>
    public Lane<Token> Reserve { get; } = Lane.State<Token>();

    /// <summary>Price of the underlying at the start.</summary>
    public Lane<UsdPerToken> UnderlyingStart { get; } = Lane.State<UsdPerToken>();

    /// <summary>Log of par over its start, at the last tick.</summary>
    public Lane<Number> LogPar { get; } = Lane.State<Number>();

    /// <summary>Change of par less the impact of sales: what the tick adds to the log-price at once.</summary>
    public Lane<Number> Pressure { get; } = Lane.State<Number>();

    /// <summary>Price over par; its lowest is the depth of the depeg.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Number> PegRatio { get; } = Lane.Output<Number>(1, Over.Min);

    /// <summary>Share of the tokens outstanding that waits for redemption.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Run { get; } = Lane.Output<Fraction>(0, Over.Max);

    /// <summary>What stands behind a token outstanding, as a share of par, at most 1.</summary>
    [Bounds(0, 1)] public Lane<Fraction> Backing { get; } = Lane.Output<Fraction>(1, Over.Min);

    /// <summary>Time of the tick that the price is below par by more than the threshold of the run.</summary>
    [Bounds(0, double.MaxValue)] public Lane<Second> DepegTime { get; } = Lane.Output<Second>(0, Over.Total);

    /// <summary>Price of the sister token; what it starts at where there is none.</summary>
    [Bounds(0, double.MaxValue)]
    public Lane<UsdPerToken> SisterPrice { get; } = Lane.Output<UsdPerToken>(0, Over.Final);

    /// <summary>Sister tokens outstanding.</summary>
    [Holds("sister")] [Bounds(0, double.MaxValue)]
    public Lane<Token> SisterSupply { get; } = Lane.Output<Token>(0, Over.Final);

    /// <summary>Sister tokens minted in the tick.</summary>
    [Enters("sister")] public Lane<Token> Minted { get; } = Lane.State<Token>();

    protected override double OwnVariance =>
        Squared(p.PegVolatility.Value) + p.JumpIntensity.Value * Jumps.Variance;

    protected override double OwnGrowth => 0;

    private NormalJumps Jumps => new(p.JumpMean.Value, p.JumpVolatility.Value);

    private double RatioStart => p.Spot.Value / p.Par.Value;

    public override void Start(in Tick tick)
    {
        base.Start(tick);
        Holders.Span.Fill(p.Supply.Value);
        Supply.Span.Fill(p.Supply.Value);
        Reserve.Span.Fill(p.Supply.Value * p.ReserveRatio.Value);
        UnderlyingPrice.Span.CopyTo(UnderlyingStart.Span);
        LogPar.Span.Clear();
        PegRatio.Span.Fill(RatioStart);
        SisterPrice.Span.Fill(p.SisterPriceStart.Value);
        SisterSupply.Span.Fill(p.SisterSupplyStart.Value);
        Vecs backing = Backing.Vecs, holders = Holders.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            backing[i] = BackingOf(i, holders[i]);
        }
    }

    public override void Step(in Tick tick)
    {
        Leave(tick);
        Walk(tick, new Process(this, p, tick.Years));
        Vecs ratio = PegRatio.Vecs, price = Price.Vecs, depeg = DepegTime.Vecs;
        Vecs underlying = UnderlyingPrice.Vecs, first = UnderlyingStart.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            ratio[i] = price[i] / (p.Par.Value * underlying[i] / first[i]);
            depeg[i] = Vec.Where(ratio[i] < 1.0 - p.RunThreshold.Value, tick.Seconds);
        }
    }

    /// <summary>Who leaves, who is paid, and what that does to par, reserve and sister token.</summary>
    private void Leave(in Tick tick)
    {
        Vecs holders = Holders.Vecs, queue = Queue.Vecs, redeemed = Redeemed.Vecs, supply = Supply.Vecs;
        Vecs sell = Sell.Vecs, run = Run.Vecs, backing = Backing.Vecs, ratio = PegRatio.Vecs, pressure = Pressure.Vecs;
        Vecs logPar = LogPar.Vecs, underlying = UnderlyingPrice.Vecs, first = UnderlyingStart.Vecs;
        double speed = p.RunSpeed.Value * tick.Years;
        Vec capacity = p.RedemptionCapacity.Value * tick.Years * p.Supply.Value;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var gap = Vec.Max(1.0 - ratio[i] - p.RunThreshold.Value, Vec.Zero);
            var left = (gap > Vec.Zero).Any ? -LaneMath.Expm1(-speed * gap) * holders[i] : Vec.Zero;
            var sold = p.SellShare.Value * left;
            var asked = queue[i] + (left - sold);
            var par = LaneMath.Log(underlying[i] / first[i]);
            var paid = Pay(tick, i, Vec.Min(asked, capacity), p.Par.Value * underlying[i] / first[i]);
            pressure[i] = par - logPar[i] - p.RunImpact.Value * sold / Vec.Max(supply[i], 1e-9);
            holders[i] -= left - sold;
            queue[i] = Vec.Max(asked - paid, Vec.Zero);
            var all = holders[i] + queue[i];
            (logPar[i], sell[i], redeemed[i], supply[i]) = (par, sold, paid, all);
            run[i] = Vec.Min(queue[i] / Vec.Max(all, 1e-9), 1.0);
            backing[i] = BackingOf(i, all);
        }
    }

    /// <summary>Tokens that are paid of those due.</summary>
    private Vec Pay(in Tick tick, int i, Vec due, Vec par)
    {
        Vecs reserve = Reserve.Vecs, price = SisterPrice.Vecs, supply = SisterSupply.Vecs, minted = Minted.Vecs;
        if (p.Support == PegSupport.Reserve)
        {
            var paid = Vec.Min(due, reserve[i] * (1.0 - Loss(i)));
            reserve[i] = Vec.Max(reserve[i] - paid, Vec.Zero);
            return paid;
        }

        var worth = price[i] * supply[i] / par;
        var isAlive = worth > MintingLeast * Supply.Vecs[i];
        var absorbed = Vec.Where(isAlive, Vec.Min(due, MintSpiral.Most / p.SisterImpact.Value * worth));
        var fall = MintSpiral.LogFall(Vec.Where(isAlive, p.SisterImpact.Value * absorbed / worth));
        var sold = price[i] * LaneMath.Exp(fall);
        var deviation = p.SisterVolatility.Value * Math.Sqrt(tick.Years);
        var move = LaneMath.Exp(deviation * tick.Normal(SisterDraw, i) - 0.5 * deviation * deviation);
        minted[i] = absorbed * par / sold;
        supply[i] += minted[i];
        price[i] = Vec.Clamp(sold * move, WorthLeast, 1 / WorthLeast);
        return absorbed;
    }

    private Vec Loss(int i) => Vec.Clamp(ReserveLoss.Vecs[i], Vec.Zero, 1.0);

    private Vec BackingOf(int i, Vec outstanding)
    {
        var par = p.Par.Value * UnderlyingPrice.Vecs[i] / UnderlyingStart.Vecs[i];
        var support = p.Support == PegSupport.Reserve
            ? Reserve.Vecs[i] * (1.0 - Loss(i))
            : SisterPrice.Vecs[i] * SisterSupply.Vecs[i] / par;
        return Vec.Min(support / Vec.Max(outstanding, 1e-9), 1.0) * Vec.Clamp(BridgeBacking.Vecs[i], Vec.Zero, 1.0);
    }

    private readonly ref struct Process(PegMarket market, Parameters p, double dt) : IPriceProcess
    {
        private readonly Vecs _run = market.Run.Vecs, _backing = market.Backing.Vecs;
        private readonly Vecs _pressure = market.Pressure.Vecs, _logPar = market.LogPar.Vecs;
        private readonly double _start = LaneMath.Log(market.RatioStart), _reversion = p.PegReversion.Value * dt;
        private readonly double _deviation = p.PegVolatility.Value * Math.Sqrt(dt);
        private readonly double _count = p.JumpIntensity.Value * dt;
        private readonly NormalJumps _jumps = market.Jumps;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal)
        {
            var pull = _reversion * (1.0 - _run[i]);
            var gone = -LaneMath.Expm1(-pull);

            // (1 - exp(-2a))/(2a) is 1 - a where a is so small that the quotient is rounding.
            var share = Vec.Select(pull < 1e-8, 1.0 - pull, gone * (2.0 - gone) / (2.0 * pull));
            var moved = x + _pressure[i];
            var ratio = moved + _start - _logPar[i];
            var aim = LaneMath.Log(Vec.Max(_backing[i], WorthLeast));
            return moved + (aim - ratio) * gone + multiple * _deviation * Vec.Sqrt(share) * normal;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Jump(in Tick tick, int i, Vec x, Vec clock) =>
            _count > 0 ? x + _jumps.Sum(tick.Words(OwnJumps, i), _count * clock) : x;
    }
}
