using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <content>What bidders offer, and whether it is enough.</content>
public sealed partial class ProofOfStakeChain
{
    private void SetTip(int i, Mask up, Vec used, Vec want)
    {
        var tip = Tip.Vecs;
        var clearing = p.Auction == BlockAuction.FirstPrice
            ? ClearingPrice.Vecs[i] * LaneMath.Exp(_logConfidence)
            : LastTip(up & (want > used), BaseFee.Vecs[i], used, want);
        tip[i] = Vec.Select(up, clearing, tip[i]);
    }

    private void SetInclusion(int i, Mask up, Vec proposing, Vec used, Vec want)
    {
        Vecs inclusion = Inclusion.Vecs, delay = Delay.Vecs, logPrices = LogPrice.Vecs, rule = StaticInclusion.Vecs;
        var logPrice = LaneMath.Log(BaseFee.Vecs[i] + Tip.Vecs[i]);
        logPrices[i] = logPrice;
        var usual = p.BidRule == BidRule.DailyMedian ? LogMedianPrice.Vecs[i] : LogSlowPrice.Vecs[i];
        var logOffered = usual + _logMultiple;
        var isFirstPrice = p.Auction == BlockAuction.FirstPrice;
        var share = isFirstPrice ? p.BidConfidence.Value : Vec.Select(want > used, used / want, 1.0);
        var byRule = isFirstPrice
            ? FirstPriceMarket.Included(logOffered, LaneMath.Log(ClearingPrice.Vecs[i]), p.BidDeviation.Value)
            : (logOffered >= logPrice).AsOne();
        var adaptive = p.AdaptiveBidders.Value;
        var honest = 1 - p.AttackerShare.Value;
        var q = honest * (adaptive * share + (1 - adaptive) * byRule);
        inclusion[i] = Vec.Where(up, q);
        rule[i] = Vec.Where(up, honest * byRule);
        delay[i] = Vec.Min(p.Slot.Value / (q * proposing), DelayLimit);
    }

    /// <summary>Keeps the price of every hour, where somebody bids by their median.</summary>
    private void RememberPrice(int i, (int First, int Count) hours)
    {
        if (hours.Count == 0 || p.BidRule != BidRule.DailyMedian)
        {
            return;
        }

        var median = LogMedianPrice.Vecs;
        DailyMedian.Record(HourlyLogPrice, hours, i, LogPrice.Vecs[i]);
        median[i] = DailyMedian.Of(HourlyLogPrice, i);
    }

    private void SetBlobFee(int i, int slots, Vec demand, Vec proposing)
    {
        if (p.BlobDemand.Value == 0)
        {
            return;
        }

        Vecs log = LogBlobFee.Vecs, fee = BlobFee.Vecs;
        log[i] = _blobs.Next(log[i], slots, p.BlobDemand.Value * demand, proposing);
        fee[i] = BlobMarket.Fee(log[i]);
    }
}
