using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>Base chain with slots, a fee market that clears by EIP-1559, and finality by epochs of votes.</summary>
/// <remarks>
/// <para>Gas is counted in targets (limit / elasticity) per slot. In a slot, with p the share of slots that carry a
/// block:</para>
/// <code>
/// d      = exp(X) min(1 + beta (sigma/sigma0 - 1)+, dMax) shock regime   X an Ornstein-Uhlenbeck process with median 0
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
/// <para>Without a base fee (auction: first-price) a block holds the target, g is the price at which demand fits, and a
/// bid B is included with probability N(ln(B/g)/s): that of those who follow the market with bidConfidence, which makes
/// their bid. Blobs have a fee market of their own.</para>
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
public sealed partial class ProofOfStakeChain(ProofOfStakeChain.Parameters p) : FeeChain(p)
{
    private const double VotesMin = 2.0 / 3, GweiPerToken = 1e9;

    private readonly FeeMarket _market = new(
        p.Elasticity.Value, p.FeeDenominator.Value, p.DemandElasticity.Value, p.ReferenceBaseFee.Value,
        LaneMath.Exp(-p.Slot.Value / p.BacklogLife.Value));

    private readonly FirstPriceMarket _firstPrice = new(
        p.DemandElasticity.Value, p.ReferenceBaseFee.Value, LaneMath.Exp(-p.Slot.Value / p.BacklogLife.Value));

    private readonly BlobMarket _blobs = new(
        p.BlobTarget.Value, p.BlobMax.Value, p.BlobUpdateFraction.Value, p.BlobElasticity.Value,
        p.ReferenceBlobFee.Value);

    private readonly double _logMultiple = LaneMath.Log(p.BidMultiple.Value);

    private readonly double _logConfidence = p.BidDeviation.Value * LaneMath.NormalInverse(p.BidConfidence.Value);

    private double EpochSeconds => p.EpochSlots.Value * p.Slot.Value;

    public override void Start(in Tick tick)
    {
        var isFirstPrice = p.Auction == BlockAuction.FirstPrice;
        double fee = isFirstPrice ? 0 : p.ReferenceBaseFee.Value;
        var tip = isFirstPrice ? p.ReferenceBaseFee.Value * LaneMath.Exp(_logConfidence) : p.TipFloor.Value;
        var price = fee + tip;
        var delay = Math.Min(DelayLimit, p.Slot.Value / (p.Participation.Value * (1 - p.AttackerShare.Value)));
        Fill(BaseFee, fee);
        Fill(Tip, tip);
        Fill(ClearingPrice, isFirstPrice ? p.ReferenceBaseFee.Value : 0);
        Fill(GasPrice, price);
        Fill(GasPriceMax, price);
        Fill(LogPrice, LaneMath.Log(price));
        Fill(LogSlowPrice, LaneMath.Log(price));
        HourlyLogPrice.AllRows.Fill(LaneMath.Log(price));
        Fill(LogMedianPrice, LaneMath.Log(price));
        Fill(LogBlobFee, p.BlobDemand.Value > 0 ? _blobs.AtLevel(p.BlobDemand.Value) : 0);
        BlobFee.Span.Fill(1e-9 * LaneMath.Exp(LogBlobFee.Span[0]));
        Fill(Inclusion, 1 - p.AttackerShare.Value);
        Fill(StaticInclusion, 1 - p.AttackerShare.Value);
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
        var slots = SlotsOf(tick);
        Vec dt = tick.Seconds;
        Vecs downtime = Downtime.Vecs, blocks = Blocks.Vecs, halted = Halted.Vecs, stake = StakeParticipation.Vecs;
        Vecs gasPrice = GasPrice.Vecs, gasPriceMax = GasPriceMax.Vecs, fee = BaseFee.Vecs, tip = Tip.Vecs;
        Vecs burned = FeesBurned.Vecs, slow = LogSlowPrice.Vecs, logPrice = LogPrice.Vecs;
        var fixedRule = StaticInclusion.Vecs;
        Vec fresh = -LaneMath.Expm1(-LaneMath.Log(2.0) * tick.Seconds / p.BidHalfLife.Value);
        var hours = DailyMedian.Hours(tick);
        MoveLog(tick, LogDemand, p.DemandDeviation.Value, draw: 0);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var online = p.Participation.Value * stake[i];
            var up = (halted[i] < 0.5) & (online > Vec.Zero);
            var proposing = Vec.Where(up, online);
            CountHalt(i, up, tick.Seconds);
            downtime[i] = Vec.Select(up, Vec.Zero, dt);
            blocks[i] = slots * proposing;
            if (slots > 0)
            {
                var demand = Demand(i);
                MakeBlocks(i, slots, demand, proposing, out var used, out var want);
                SetTip(i, up, used, want);
                SetInclusion(i, up, proposing, used, want);
                SetBlobFee(i, slots, demand, proposing);
            }
            else
            {
                burned[i] = Vec.Zero;
            }

            gasPrice[i] = gasPriceMax[i] = fee[i] + tip[i];
            slow[i] += fresh * (logPrice[i] - slow[i]);
            RememberPrice(i, hours);
            fixedRule[i] = Vec.Where(up, fixedRule[i]);
            WaitWhileHalted(i, up);
            Finalise(i, up & (online * (1 - p.AttackerShare.Value) >= VotesMin), dt);
        }
    }

    private static void Fill(Lane lane, double value) => lane.Span.Fill(value);

    private Vec Demand(int i) =>
        LaneMath.Exp(LogDemand.Vecs[i]) * ByVolatility(i) * DemandMultiple.Vecs[i] * MarketDemand.Vecs[i];

    /// <summary>Clears the slots of a tick; used and want are sums over them, in targets.</summary>
    private void MakeBlocks(int i, int slots, Vec demand, Vec proposing, out Vec used, out Vec want)
    {
        var isFirstPrice = p.Auction == BlockAuction.FirstPrice;
        Vecs fee = isFirstPrice ? ClearingPrice.Vecs : BaseFee.Vecs;
        Vecs willingness = Willingness.Vecs, backlog = Backlog.Vecs, burned = FeesBurned.Vecs;
        var market = new FeeMarket.State { Fee = fee[i], Willing = willingness[i], Waiting = backlog[i] };
        if (isFirstPrice)
        {
            _firstPrice.Clear(ref market, slots, demand, proposing);
            market.Paid = Vec.Zero;
        }
        else
        {
            _market.Clear(ref market, slots, demand, proposing);
        }

        (fee[i], willingness[i], backlog[i]) = (market.Fee, market.Willing, market.Waiting);
        (used, want) = (market.Used, market.Want);
        burned[i] = market.Paid * MarketPrice.Vecs[i] * (p.GasLimit.Value / p.Elasticity.Value / GweiPerToken);
        var made = slots * proposing;
        var utilisation = Utilisation.Vecs;
        utilisation[i] = Vec.Select(made > Vec.Zero, Vec.Min(used / made, p.Elasticity.Value), Vec.Zero);
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
