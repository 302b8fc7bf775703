using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <content>What is published.</content>
public sealed partial class ServicePool
{
    /// <summary>Normal quantile of 50 %.</summary>
    private const double Middle = 0;

    /// <summary>Normal quantile of the tail that p99 and its kin tell.</summary>
    private readonly double _high = LaneMath.NormalInverse(1 - p.TailShare.Value);

    /// <summary>Tries over fresh requests above which retries feed themselves, and the time they have to die
    /// out.</summary>
    private const double RetryShareMost = 0.1, TriggerSeconds = 600;

    /// <summary>Failures below which the pool has recovered.</summary>
    private const double RareShare = 0.01;

    private void Publish(in Tick tick, int i, in Clock clock, in Flow flow)
    {
        Count(tick, i, clock, flow);
        Time(i, flow);
        Recover(tick, i, clock, flow);
        Vecs cost = ServerCost.Vecs, inUse = ServersInUse.Vecs, isUp = IsUp.Vecs;
        inUse[i] = Scaling.Row(0)[i] * _size;
        cost[i] += inUse[i] * (p.ServerPrice.Value * tick.Seconds);
        isUp[i] = ((flow.Capacity > Vec.Zero) & (ChainIsUp.Vecs[i] > 0.5)).AsOne();
    }

    private void Count(in Tick tick, int i, in Clock clock, in Flow flow)
    {
        Vecs tries = Tries.Vecs, served = Served.Vecs, rejected = Rejected.Vecs, lost = LostInFlight.Vecs;
        Vecs retries = Retries.Vecs, arrivals = Arrivals.Vecs, utilisation = Utilisation.Vecs;
        Vecs rejectShare = RejectShare.Vecs, timeoutShare = TimeoutShare.Vecs, available = Availability.Vecs;
        Vecs fairness = Fairness.Vecs, herd = HerdIndex.Vecs;
        (tries[i], served[i], rejected[i], lost[i]) = (flow.Tries, flow.Served, flow.Rejected, flow.Lost);
        retries[i] = flow.Again;
        arrivals[i] = flow.Tries * (1 / tick.Seconds);
        var capacity = flow.Capacity * (clock.Rate * tick.Seconds);
        utilisation[i] = Vec.Where(capacity > Vec.Zero, Vec.Min(flow.Served / Vec.Max(capacity, 1e-9), 1.0));
        var per = 1.0 / Vec.Max(flow.Tries, 1.0);
        rejectShare[i] = Vec.Min(flow.Rejected * per, 1.0);
        timeoutShare[i] = Vec.Min(flow.Late * per, 1.0);
        available[i] = 1.0 - Vec.Min(flow.Failed * per, 1.0);
        fairness[i] = clock.IsExact ? flow.Fairness : FairnessOfShares();
        herd[i] = clock.IsExact ? flow.Herd : HerdOfShares(i);
    }

    /// <summary>Quantiles of the times of the tick; without requests they stay.</summary>
    private void Time(int i, in Flow flow)
    {
        Vecs p50 = P50.Vecs, p99 = P99.Vecs, critical = CriticalP99.Vecs, most = CriticalP99Max.Vecs;
        Vecs delay = Delay.Vecs, loss = StaleLoss.Vecs;
        var any = flow.Count > Vec.Zero;
        var mean = flow.Mean / Vec.Max(flow.Count, 1.0);
        var variance = flow.Square / Vec.Max(flow.Count, 1.0) - mean * mean;
        p50[i] = Vec.Select(any, GammaTime.Quantile(mean, variance, Middle), p50[i]);
        p99[i] = Vec.Select(any, Hedged(mean, variance), p99[i]);
        var anyCritical = flow.CriticalCount > Vec.Zero;
        var criticalMean = flow.CriticalMean / Vec.Max(flow.CriticalCount, 1.0);
        var criticalVariance = flow.CriticalSquare / Vec.Max(flow.CriticalCount, 1.0) - criticalMean * criticalMean;
        critical[i] = Vec.Select(anyCritical, Hedged(criticalMean, criticalVariance), critical[i]);
        most[i] = critical[i];

        // Each failed try costs its timeout and its pause before the next.
        var fails = Vec.Min(1.0 - Availability.Vecs[i], 1 - 1e-5);
        var failing = fails / (1.0 - fails) * PauseOf(0);
        delay[i] = Vec.Min(Vec.Select(anyCritical, criticalMean, critical[i]) + failing, DelayMost);
        loss[i] = StaleQuote.MeanMove(Vec.Max(MarketVolatility.Vecs[i], 0.0), delay[i]);
    }

    /// <summary>Quantile of the tail, the slowest requests asked twice.</summary>
    private Vec Hedged(Vec mean, Vec variance)
    {
        var plain = GammaTime.Quantile(mean, variance, _high);
        return p.Hedge.Value > p.TailShare.Value
            ? Replicas.HedgedQuantile(
                plain, GammaTime.Quantile(mean, variance, LaneMath.NormalInverse(1 - p.Hedge.Value)))
            : plain;
    }

    /// <summary>Recovery after the last shock, and retries that keep themselves up.</summary>
    private void Recover(in Tick tick, int i, in Clock clock, in Flow flow)
    {
        Vecs since = Since.Row(0), done = Since.Row(1), recovery = RecoveryTime.Vecs, stuck = Metastable.Vecs;
        var struck = (LoadMultiple.Vecs[i] > 1.0 + 1e-9) | (ServersDown.Vecs[i] > Vec.Zero)
            | (ChainIsUp.Vecs[i] < 0.5);
        var began = struck | (since[i] >= Vec.Zero);
        since[i] = Vec.Select(struck, 0.0, Vec.Select(began, since[i] + tick.Seconds, since[i]));
        done[i] = Vec.Where(!struck, done[i]);
        var hasRetries = flow.Again > flow.Fresh * RetryShareMost;
        var isWell = !struck & !hasRetries & (Availability.Vecs[i] >= 1 - RareShare);
        var waits = began & (done[i] < 0.5);
        recovery[i] = Vec.Select(waits, since[i], Vec.Where(began, recovery[i]));
        done[i] = Vec.Select(began & isWell, 1.0, done[i]);
        stuck[i] = (began & (since[i] >= TriggerSeconds) & hasRetries).AsOne();

        Vec backlog = Waiting.Vecs[i];
        for (var again = 0; again < p.Retries.Value; again++)
        {
            backlog += Pending.Row(again)[i];
        }

        var drain = DrainTime.Vecs;
        var slack = Vec.Where(ChainIsUp.Vecs[i] > 0.5, flow.Capacity * clock.Rate) - flow.Rate;
        drain[i] = Vec.Where(backlog > Vec.Zero,
            Vec.Select(slack > Vec.Zero, Vec.Min(backlog / Vec.Max(slack, 1e-9), DelayMost), DelayMost));
    }

    /// <summary>Homes and regions get unequal shares; the other policies even them out over a tick.</summary>
    private double FairnessOfShares() => p.Policy switch
    {
        Dispatch.ConsistentHash => Math.Min(1 + p.KeySkew.Value, p.BoundFactor.Value),
        Dispatch.GeoNearest when p.Regions.Value > 1 =>
            Math.Max(p.RegionSkew.Value, (1 - p.RegionSkew.Value) / (p.Regions.Value - 1)) * p.Regions.Value,
        _ => 1,
    };

    private Vec HerdOfShares(int i)
    {
        Vec mean = 0.0, squares = 0.0;
        for (var k = 0; k < Levels; k++)
        {
            var share = Shares.Row(k)[i];
            mean += share;
            squares += (2.0 * k + 1.0) * share;
        }

        var variance = Vec.Max(squares - mean * mean, 0.0);
        return Vec.Where(mean > Vec.Zero, Vec.Sqrt(variance / Vec.Max(mean * (1.0 + mean), 1e-9)));
    }
}
