using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <content>What the users of the home app see, and the measures of all shards.</content>
public sealed partial class ShardedChain
{
    private void SetImbalance(int i, in Extremes extremes, in Traffic traffic)
    {
        Vecs imbalance = Imbalance.Vecs, most = ImbalanceMax.Vecs;
        imbalance[i] = most[i] = ImbalanceOf(extremes, traffic);
    }

    private void Publish(int i, int slots, Mask up, in Traffic traffic, in Sums sums)
    {
        PublishFees(i, slots, up, sums);
        PublishMessages(i, up, traffic, sums);
        Vecs throughput = Throughput.Vecs, dropped = DroppedTransactions.Vecs;
        dropped[i] = sums.Dropped * _transactionsPerTarget;
        throughput[i] = Vec.Min(sums.Used / (p.Elasticity.Value * slots * _shards), 1.0);
    }

    private void PublishFees(int i, int slots, Mask up, in Sums sums)
    {
        Vecs fee = BaseFee.Vecs, tip = Tip.Vecs, price = GasPrice.Vecs, priceMax = GasPriceMax.Vecs;
        Vecs hottest = HottestBaseFee.Vecs, utilisation = Utilisation.Vecs;
        fee[i] = sums.HomeFee;
        var last = LastTip(up & (sums.HomeWant > sums.HomeUsed), fee[i], sums.HomeUsed, sums.HomeWant);
        tip[i] = Vec.Select(up, last, tip[i]);
        price[i] = priceMax[i] = fee[i] + tip[i];
        hottest[i] = sums.Fee;
        utilisation[i] = Vec.Min(sums.HomeUsed * (1.0 / slots), p.Elasticity.Value);
    }

    private void PublishMessages(int i, Mask up, in Traffic traffic, in Sums sums)
    {
        Vecs delay = Delay.Vecs, inclusion = Inclusion.Vecs, message = CrossShardDelay.Vecs;
        Vecs share = CrossShardShare.Vecs, broken = BrokenMessages.Vecs;
        var isAsked = sums.Load > Vec.Zero;
        var waits = Vec.Select(isAsked, sums.Waits / sums.Load, 1.0);
        var late = Vec.Where(isAsked, sums.Late / sums.Load);
        var fails = 1.0 - (1 - p.Failure.Value) * (1.0 - late);
        var spread = Vec.Where(isAsked, traffic.Even * _shards / traffic.Sum);
        var cross = (p.Calls.Value + (1 - p.Calls.Value) * Vec.Min(spread, 1.0)) * (1 - 1.0 / _shards);
        var away = p.Slot.Value * (p.Rounds.Value + waits);
        var once = p.Slot.Value * Waits(sums.HomeUsed, sums.HomeWant) + cross * away;
        delay[i] = Vec.Min(once / (1.0 - cross * fails), DelayLimit);
        inclusion[i] = Vec.Where(up, Vec.Min(p.Slot.Value / delay[i], 1.0));
        message[i] = Vec.Min(away, DelayLimit);
        share[i] = cross;
        broken[i] = sums.Used * (_transactionsPerTarget * cross * fails);
    }

    private void SetStaticBid(int i)
    {
        var bid = StaticBid.Vecs;
        bid[i] = p.BidMultiple.Value * DailyMedian.Of(HourlyPrice, i);
    }
}
