using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>Base chain with slots, a fee market that clears by EIP-1559, and finality by epochs of votes.</summary>
/// <remarks>
/// <para>Gas is counted in targets (limit / elasticity) per slot. In a slot, with p the share of slots that carry a
/// block:</para>
/// <code>
/// d      = exp(X) min(1 + beta (sigma/sigma0 - 1)+, dMax) shock       X an Ornstein-Uhlenbeck process with median 0
/// want   = d (b/b0)^-e + Q,     used = min(elasticity p, want)
/// b'     = b (1 + (used - p)/denominator),  at least 7 wei            steady state b = b0 (d/p)^(1/e)
/// Q'     = (want - used) min(1, (b'/b)^-e) exp(-slot/life)            those who still bid and have not given up
/// share  = used/want of the tick
/// tip    = max(floor, tip0 (b/b0) exp(s N^-1(1 - share)))             bid that the last one served has made
/// q      = (1 - attackers) (a share + (1-a) [k A >= b + tip])         A the slow geometric mean of b + tip
/// delay  = slot/(q p) + time halted so far, at most a day
/// final  = (epochs + 1/2) epoch + time since the last final epoch     votes below 2/3 or a halt stop finality,
///                                                                     which comes back after two good epochs
/// </code>
/// <para>Bidders of share a see the market and bid with it; the others hold to a fixed multiple k of a slow average, as
/// the keepers did whose bids failed in March 2020. Votes are participation times (1 - attackers) times what a staking
/// system reports. A tick shorter than a slot makes blocks only at the ends of slots; demand waits for them.</para>
/// <para>Shapes: every lane is [paths]. Assumes that missed slots come evenly, and that a bid above the clearing price
/// is never passed over except by attackers, who censor.</para>
/// <para>Source: EIP-1559; Buterin and Griffith, "Casper the friendly finality gadget" (2017); the Ethereum consensus
/// specification. Log-demand: daily average gas price 2020-2021 (Etherscan), autoregression 0.9406 a day, innovation
/// 0.312, times the elasticity. Coupling: gas times 6 at a volatility of 497 % (12-13 March 2020) and times 3.4 at 376
/// % (19 May 2021) give beta 0.33 and 0.28.</para>
/// </remarks>
[Component("proof-of-stake-chain")]
public sealed partial class ProofOfStakeChain(ProofOfStakeChain.Parameters p) : Component
{
    private const double DelayLimit = 86_400, VotesMin = 2.0 / 3, GweiPerToken = 1e9;

    private readonly FeeMarket _market = new(
        p.Elasticity.Value, p.FeeDenominator.Value, p.DemandElasticity.Value, p.ReferenceBaseFee.Value,
        LaneMath.Exp(-p.Slot.Value / p.BacklogLife.Value));

    private readonly double _logMultiple = LaneMath.Log(p.BidMultiple.Value);

    public sealed record Parameters
    {
        /// <summary>Time from slot to slot.</summary>
        [Bounds(0.2, 600)] public Quantity<Second> Slot { get; init; } = new(12);

        /// <summary>Slots of an epoch, the unit of voting.</summary>
        [Bounds(1, 1024, Whole = true)] public Quantity<Count> EpochSlots { get; init; } = new(32);

        /// <summary>Epochs of votes that make a block final; half an epoch is waited for on average besides.</summary>
        [Bounds(1, 100, Whole = true)] public Quantity<Count> FinalityEpochs { get; init; } = new(2);

        /// <summary>Most gas of a block (from memory; 30M until 2025).</summary>
        [Bounds(1e6, 1e10)] public Quantity<Gas> GasLimit { get; init; } = new(60e6);

        /// <summary>Gas limit over gas target (EIP-1559).</summary>
        [Bounds(1.1, 2)] public Quantity<Number> Elasticity { get; init; } = new(2);

        /// <summary>Divisor of the change of the base fee per block (EIP-1559).</summary>
        [Bounds(8, 1024)] public Quantity<Number> FeeDenominator { get; init; } = new(8);

        /// <summary>Base fee at which ordinary demand just fills the target; also the base fee at the start.</summary>
        [Bounds(0.001, 10_000)] public Quantity<Gwei> ReferenceBaseFee { get; init; } = new(20);

        /// <summary>Fall of demand in percent when the base fee rises by one percent.</summary>
        [Bounds(0.1, 2)] public Quantity<Number> DemandElasticity { get; init; } = new(0.5);

        /// <summary>
        /// Long-run standard deviation of log-demand. Default: 0.92 in log gas price times the elasticity.
        /// </summary>
        [Bounds(0, 3)] public Quantity<Number> DemandDeviation { get; init; } = new(0.46);

        /// <summary>
        /// Time in which log-demand loses half of its distance from the usual. Default: 11.3 days, fitted.
        /// </summary>
        [Bounds(60, 31_536_000)] public Quantity<Second> DemandHalfLife { get; init; } = new(978_000);

        /// <summary>Rise of demand per unit of volatility above calm, in units of the calm volatility.</summary>
        [Bounds(0, 10)] public Quantity<Number> VolatilityCoupling { get; init; } = new(0.3);

        /// <summary>Volatility at and below which demand is ordinary. Default: ETH 2020-2023, hourly.</summary>
        [Bounds(0.01, 10)] public Quantity<Volatility> CalmVolatility { get; init; } = new(0.93);

        /// <summary>
        /// Largest multiple of demand by volatility. Default: 15 in gas, the largest daily innovation of 2015-2021.
        /// </summary>
        [Bounds(1, 100)] public Quantity<Number> VolatilityDemandMax { get; init; } = new(3.9);

        /// <summary>Mean time after which a transaction that waits is given up.</summary>
        [Bounds(1, 86_400)] public Quantity<Second> BacklogLife { get; init; } = new(1800);

        /// <summary>Tip of a bid when blocks are not full.</summary>
        [Bounds(0, 1000)] public Quantity<Gwei> TipFloor { get; init; } = new(0.1);

        /// <summary>
        /// Median tip in the book of bids when blocks are full, at the reference base fee; in proportion to it.
        /// </summary>
        [Bounds(0, 10_000)] public Quantity<Gwei> TipMedian { get; init; } = new(2);

        /// <summary>Standard deviation of the log of the bids in the book.</summary>
        [Bounds(0.01, 5)] public Quantity<Number> BidDeviation { get; init; } = new(1);

        /// <summary>
        /// Share of standard bidders who follow the market; the rest bid by a fixed rule (own assumption).
        /// </summary>
        [Bounds(0, 1)] public Quantity<Fraction> AdaptiveBidders { get; init; } = new(0.8);

        /// <summary>
        /// Fixed rule: highest price offered over the slow average of the gas price (own assumption).
        /// </summary>
        [Bounds(0.1, 100)] public Quantity<Number> BidMultiple { get; init; } = new(2);

        /// <summary>
        /// Fixed rule: half-life of the slow geometric average; 12 hours stand for a median over 24 hours.
        /// </summary>
        [Bounds(12, 31_536_000)] public Quantity<Second> BidHalfLife { get; init; } = new(43_200);

        /// <summary>Share of stake that proposes and votes (from memory).</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Participation { get; init; } = new(0.99);

        /// <summary>Share of stake that withholds its votes and leaves standard bids out of its blocks.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> AttackerShare { get; init; } = new(0);
    }

    private double EpochSeconds => p.EpochSlots.Value * p.Slot.Value;

    public override void Start(in Tick tick)
    {
        double fee = p.ReferenceBaseFee.Value, price = fee + p.TipFloor.Value;
        var delay = Math.Min(DelayLimit, p.Slot.Value / (p.Participation.Value * (1 - p.AttackerShare.Value)));
        Fill(BaseFee, fee);
        Fill(Tip, p.TipFloor.Value);
        Fill(GasPrice, price);
        Fill(GasPriceMax, price);
        Fill(LogPrice, LaneMath.Log(price));
        Fill(LogSlowPrice, LaneMath.Log(price));
        Fill(Inclusion, 1 - p.AttackerShare.Value);
        Fill(Delay, delay);
        Fill(DelayMax, delay);
        Fill(FinalityDelay, (p.FinalityEpochs.Value + 0.5) * EpochSeconds);
        Fill(GoodTime, p.FinalityEpochs.Value * EpochSeconds);
        Fill(Willingness, 1);
        Fill(Utilisation, 1);
        Fill(IsUp, 1);
        foreach (var lane in (Lane[])[LogDemand, Backlog, HaltTime, StallTime, Blocks, Downtime, FeesBurned])
        {
            Fill(lane, 0);
        }

        MarketPrice.Span.CopyTo(NativePrice.Span);
    }

    public override void Step(in Tick tick)
    {
        var slots = (int)(SlotsUntil(tick.Start + tick.Seconds) - SlotsUntil(tick.Start));
        Vec dt = tick.Seconds;
        Vecs isUp = IsUp.Vecs, haltTime = HaltTime.Vecs, downtime = Downtime.Vecs, blocks = Blocks.Vecs;
        Vecs price = MarketPrice.Vecs, native = NativePrice.Vecs, halted = Halted.Vecs, stake = StakeParticipation.Vecs;
        Vecs gasPrice = GasPrice.Vecs, gasPriceMax = GasPriceMax.Vecs, fee = BaseFee.Vecs, tip = Tip.Vecs;
        Vecs burned = FeesBurned.Vecs, slow = LogSlowPrice.Vecs, logPrice = LogPrice.Vecs;
        Vec fresh = -LaneMath.Expm1(-LaneMath.Log(2.0) * tick.Seconds / p.BidHalfLife.Value);
        MoveLogDemand(tick);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var online = p.Participation.Value * stake[i];
            var up = (halted[i] < 0.5) & (online > Vec.Zero);
            var proposing = Vec.Where(up, online);
            isUp[i] = up.AsOne();
            downtime[i] = Vec.Select(up, Vec.Zero, dt);
            haltTime[i] = Vec.Select(up, Vec.Zero, haltTime[i] + dt);
            native[i] = price[i];
            blocks[i] = slots * proposing;
            if (slots > 0)
            {
                MakeBlocks(i, slots, proposing, out var used, out var want);
                SetTip(i, up, used, want);
                SetInclusion(i, up, proposing, used, want);
            }
            else
            {
                burned[i] = Vec.Zero;
            }

            gasPrice[i] = gasPriceMax[i] = fee[i] + tip[i];
            slow[i] += fresh * (logPrice[i] - slow[i]);
            WaitWhileHalted(i, up);
            Finalise(i, up & (online * (1 - p.AttackerShare.Value) >= VotesMin), dt);
        }
    }

    private static void Fill(Lane lane, double value) => lane.Span.Fill(value);

    private double SlotsUntil(double seconds) => Math.Floor(seconds / p.Slot.Value + 1e-9);

    private void MoveLogDemand(in Tick tick)
    {
        var keep = LaneMath.Exp(-LaneMath.Log(2.0) * tick.Seconds / p.DemandHalfLife.Value);
        var noise = p.DemandDeviation.Value * Math.Sqrt(1 - keep * keep);
        if (noise == 0)
        {
            return;
        }

        var log = LogDemand.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            log[i] = log[i] * keep + noise * tick.Normal(0, i);
        }
    }

    private Vec Demand(int i)
    {
        var byVolatility = BlockDemand.ByVolatility(MarketVolatility.Vecs[i], p.CalmVolatility.Value,
            p.VolatilityCoupling.Value, p.VolatilityDemandMax.Value);
        return LaneMath.Exp(LogDemand.Vecs[i]) * byVolatility * DemandMultiple.Vecs[i];
    }

    /// <summary>Clears the slots of a tick; used and want are sums over them, in targets.</summary>
    private void MakeBlocks(int i, int slots, Vec proposing, out Vec used, out Vec want)
    {
        Vecs fee = BaseFee.Vecs, willingness = Willingness.Vecs, backlog = Backlog.Vecs, burned = FeesBurned.Vecs;
        var market = new FeeMarket.State { Fee = fee[i], Willing = willingness[i], Waiting = backlog[i] };
        _market.Clear(ref market, slots, Demand(i), proposing);
        (fee[i], willingness[i], backlog[i]) = (market.Fee, market.Willing, market.Waiting);
        (used, want) = (market.Used, market.Want);
        burned[i] = market.Paid * MarketPrice.Vecs[i] * (p.GasLimit.Value / p.Elasticity.Value / GweiPerToken);
        var made = slots * proposing;
        var utilisation = Utilisation.Vecs;
        utilisation[i] = Vec.Select(made > Vec.Zero, Vec.Min(used / made, p.Elasticity.Value), Vec.Zero);
    }

    private void SetTip(int i, Mask up, Vec used, Vec want)
    {
        var tip = Tip.Vecs;
        Vec floor = p.TipFloor.Value, clearing = floor;
        var isFull = up & (want > used);
        if (isFull.Any)
        {
            var median = BaseFee.Vecs[i] * (p.TipMedian.Value / p.ReferenceBaseFee.Value);
            var last = BlockDemand.LastTip(median, used, want, p.BidDeviation.Value, p.TipFloor.Value);
            clearing = Vec.Select(isFull, last, floor);
        }

        tip[i] = Vec.Select(up, clearing, tip[i]);
    }

    private void SetInclusion(int i, Mask up, Vec proposing, Vec used, Vec want)
    {
        Vecs inclusion = Inclusion.Vecs, delay = Delay.Vecs, logPrices = LogPrice.Vecs;
        var logPrice = LaneMath.Log(BaseFee.Vecs[i] + Tip.Vecs[i]);
        logPrices[i] = logPrice;
        var logOffered = LogSlowPrice.Vecs[i] + _logMultiple;
        var share = Vec.Select(want > used, used / want, 1.0);
        var adaptive = p.AdaptiveBidders.Value;
        var q = (1 - p.AttackerShare.Value) * (adaptive * share + Vec.Where(logOffered >= logPrice, 1 - adaptive));
        inclusion[i] = Vec.Where(up, q);
        delay[i] = Vec.Min(p.Slot.Value / (q * proposing), DelayLimit);
    }

    private void WaitWhileHalted(int i, Mask up)
    {
        Vecs inclusion = Inclusion.Vecs, delay = Delay.Vecs, delayMax = DelayMax.Vecs;
        if (!up.All)
        {
            inclusion[i] = Vec.Where(up, inclusion[i]);
            delay[i] = Vec.Select(up, delay[i], Vec.Min(p.Slot.Value + HaltTime.Vecs[i], DelayLimit));
        }

        delayMax[i] = delay[i];
    }

    private void Finalise(int i, Mask votes, Vec dt)
    {
        Vecs good = GoodTime.Vecs, stall = StallTime.Vecs, final = FinalityDelay.Vecs;
        Vec needed = p.FinalityEpochs.Value * EpochSeconds;
        var steady = Vec.Where(votes, Vec.Min(good[i] + dt, needed));
        var late = Vec.Select(steady >= needed, Vec.Zero, stall[i] + dt);
        (good[i], stall[i]) = (steady, late);
        final[i] = needed + 0.5 * EpochSeconds + late;
    }
}
