using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <content>Requests that come, are let in, and come again.</content>
public sealed partial class ServicePool
{
    private const int BurstDraw = 0;

    /// <summary>Share of the requests that an open breaker lets through to see whether they succeed.</summary>
    private const double ProbeShare = 0.1;

    /// <summary>Most times that the pause of the breaker doubles.</summary>
    private const double TripsMost = 6;

    /// <summary>Fresh requests a second: burst, volatility and shock. The chance of a burst is that of the Markov chain
    /// after the whole tick, so its length does not matter.</summary>
    private void Come(in Tick tick, int i, ref Flow flow)
    {
        double start = 1 / p.BurstGap.Value, end = 1 / p.BurstLength.Value;
        var mixed = -LaneMath.Expm1(-(start + end) * tick.Seconds) / (start + end);
        var burst = IsBurst.Vecs;
        var inBurst = burst[i] > 0.5;
        var turns = tick.Uniform(BurstDraw, i) < Vec.Select(inBurst, end * mixed, start * mixed);
        burst[i] = Vec.Select(turns, 1.0 - burst[i], burst[i]);
        var volatility = MarketVolatility.Vecs[i];
        var known = volatility > Vec.Zero;
        var ratio = Vec.Select(known, volatility * (1 / p.CalmVolatility.Value), 1.0);
        var byVolatility = Vec.Min(LaneMath.Pow(ratio, p.VolatilityElasticity.Value), LoadMost);
        flow.Rate = p.BaseLoad.Value * byVolatility * Vec.Max(LoadMultiple.Vecs[i], 0.0)
            * Vec.Select(burst[i] > 0.5, p.BurstMultiple.Value, 1.0);
    }

    /// <summary>Mean pause of the k-th try again: a client finds out, then backs off.</summary>
    private double PauseOf(int again) => p.Timeout.Value + p.Backoff.Value * (1 << again);

    /// <summary>Share of the tries of a step that gets past the gate.</summary>
    private void Gate(int i, in Clock clock, Vec tries, ref Flow flow)
    {
        Vecs bucket = Bucket.Vecs, left = Breaking.Row(0), trips = Breaking.Row(1);
        Vecs asked = Counted.Row(0), accepted = Counted.Row(1);
        Vec gate = 1.0, shared = 1.0;
        if (p.Breaker)
        {
            gate = Vec.Select(left[i] > Vec.Zero, 0.0, Vec.Select(trips[i] > Vec.Zero, ProbeShare, 1.0));
        }

        if (p.Throttle)
        {
            shared = 1.0 - ClientThrottle.Rejects(asked[i], accepted[i], p.ThrottleMultiple.Value);
        }

        if (p.RateLimit.Value > 0)
        {
            bucket[i] = Vec.Min(bucket[i] + p.RateLimit.Value * clock.Seconds, p.BucketSize.Value);
            shared *= Vec.Min(bucket[i] / Vec.Max(tries, 1.0), 1.0);
        }

        flow.Admit = gate * shared;
        flow.AdmitUrgent = p.Priority == Order.Fifo ? flow.Admit : gate;
    }

    /// <summary>Counts the outcome of a step for bucket, throttle and breaker.</summary>
    private void Learn(int i, in Clock clock, Vec tries, Vec admitted, Vec failed)
    {
        Vecs bucket = Bucket.Vecs, asked = Counted.Row(0), accepted = Counted.Row(1), failures = Counted.Row(2);
        bucket[i] = Vec.Max(bucket[i] - admitted, 0.0);
        asked[i] = asked[i] * clock.Forget + tries;
        accepted[i] = accepted[i] * clock.Forget + Vec.Max(tries - failed, 0.0);
        failures[i] = failures[i] * clock.Forget + failed;
        if (!p.Breaker)
        {
            return;
        }

        Vecs left = Breaking.Row(0), trips = Breaking.Row(1);
        var isOpen = left[i] > Vec.Zero;
        var isProbing = !isOpen & (trips[i] > Vec.Zero);
        var counted = Vec.Select(isProbing, tries, asked[i]);
        var share = Vec.Select(isProbing, failed - tries * (1 - ProbeShare), failures[i])
            / Vec.Max(Vec.Select(isProbing, tries * ProbeShare, counted), 1e-9);
        var isBad = (counted >= 1.0) & (share > p.BreakerThreshold.Value);
        var opens = !isOpen & isBad;
        var pause = p.BreakerPause.Value * LaneMath.Pow(2.0, trips[i]);
        left[i] = Vec.Select(opens, pause, Vec.Max(left[i] - clock.Seconds, 0.0));
        trips[i] = Vec.Select(opens, Vec.Min(trips[i] + 1.0, TripsMost),
            Vec.Where(!(isProbing & !isBad & (counted >= 1.0)), trips[i]));
        var clears = opens | isProbing;
        asked[i] = Vec.Where(!clears, asked[i]);
        accepted[i] = Vec.Where(!clears, accepted[i]);
        failures[i] = Vec.Where(!clears, failures[i]);
    }

    /// <summary>Puts failed tries in line for their next one, as far as the budget goes.</summary>
    /// <param name="i">Vector.</param>
    /// <param name="again">Number of the next try, from 0.</param>
    /// <param name="failed">Tries that failed.</param>
    /// <param name="whole">True when tries are counted one by one.</param>
    private void TryAgain(int i, int again, Vec failed, bool whole)
    {
        if (again >= p.Retries.Value)
        {
            return;
        }

        Vecs budget = Budget.Vecs, pending = Pending.Row(again);
        var allowed = Vec.Min(failed, whole ? Vec.Floor(budget[i]) : budget[i]);
        budget[i] -= allowed;
        pending[i] += allowed;
    }

    /// <summary>Fresh requests earn tries again; a reserve of ten seconds can be saved up.</summary>
    private void Earn(int i, Vec fresh, Vec rate)
    {
        var budget = Budget.Vecs;
        var share = p.RetryBudget.Value;
        budget[i] = Vec.Min(budget[i] + share * fresh, Vec.Max(share * rate * 10.0, 1.0) + share * fresh);
    }
}
