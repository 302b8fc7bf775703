using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <content>As shares: what a tick has served, and how long requests took.</content>
public sealed partial class ServicePool
{
    /// <summary>Every request is turned away, served or waits: what the servers did not get done waits while there is
    /// room.</summary>
    private void Settle(int i, in Clock clock, double seconds, Vec servers, Vec enters, ref Flow flow)
    {
        Vecs waiting = Waiting.Vecs, tainted = Tainted.Vecs;
        var turned = Vec.Min(flow.Turned, 1.0) * enters;
        var available = waiting[i] + enters - turned;
        var served = Vec.Min(flow.Busy * servers * (clock.Rate * seconds), available);
        var rest = available - served;
        waiting[i] = Vec.Min(rest, servers * p.QueueLimit.Value);
        turned += rest - waiting[i];
        flow.Served += served;
        flow.Rejected += turned;
        flow.Failed += turned;
        tainted[i] += served * BadShare(i);
        Hold(i, waiting[i] / Vec.Max(servers, 1e-9));
    }

    /// <summary>Makes the shares hold so many requests per server: what is missing fills the lowest levels, what is too
    /// much leaves the highest.</summary>
    private void Hold(int i, Vec requests)
    {
        var beyond = Beyond.Vecs;
        var missing = requests - beyond[i];
        for (var k = 0; k < Levels; k++)
        {
            missing -= Shares.Row(k)[i];
        }

        var taken = Vec.Min(beyond[i], Vec.Max(-missing, 0.0));
        beyond[i] -= taken;
        missing += taken;
        for (var k = Levels - 1; k >= 0; k--)
        {
            var share = Shares.Row(k);
            taken = Vec.Min(share[i], Vec.Max(-missing, 0.0));
            share[i] -= taken;
            missing += taken;
        }

        var last = (int)Math.Min(p.QueueLimit.Value, Levels);
        for (var k = 0; k < last; k++)
        {
            var share = Shares.Row(k);
            var added = Vec.Min(Vec.Max(1.0 - share[i], 0.0), Vec.Max(missing, 0.0));
            share[i] += added;
            missing -= added;
        }

        beyond[i] += Vec.Max(missing, 0.0);
    }

    private Vec BadShare(int i)
    {
        Vec bad = 0.0, all = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var works = (Down.Row(row)[i] <= Vec.Zero).AsOne();
            bad += works * Bad.Row(row)[i];
            all += works;
        }

        return bad / Vec.Max(all, 1.0);
    }

    /// <summary>Mean and second moment of the time of a request, by what it finds.</summary>
    private void TimeShares(int i, in Clock clock, Vec load, in Rule rule, ref Flow flow)
    {
        Vec ahead = 0.0, pairs = 0.0, last = 0.0;
        for (var k = 1; k <= Levels; k++)
        {
            last = Joins(Shares.Row(k - 1)[i], k, rule);
            ahead += last;
            pairs += 2.0 * k * last;
        }

        var more = last * Beyond.Vecs[i] / Vec.Max(Shares.Row(Levels - 1)[i], 1e-9);
        ahead += more;
        pairs += more * (2.0 * Levels + more);
        var variability = p.ServiceVariability.Value;
        var (service, stretch) = (1 / clock.Rate, (1 + variability) / 2);
        var trip = TripOf(out var tripSquare);
        var wait = ahead * service * stretch;
        var waitSquare = pairs * (service * service * stretch * stretch);
        flow.Mean = wait + service + trip;
        flow.Square = waitSquare + 2.0 * wait * service + service * service * (1 + variability)
            + 2.0 * trip * (wait + service) + tripSquare;
        flow.Count = 1.0;
        flow.CriticalCount = 1.0;
        (flow.CriticalMean, flow.CriticalSquare) = (flow.Mean, flow.Square);
        if (p.Priority != Order.Fifo)
        {
            var first = p.CriticalShare.Value + (p.Priority == Order.CancelsFirst ? p.CancelShare.Value : 0);
            var urgent = Vec.Min(Vec.Min(load, 1.0 / first) * first, 0.95);
            var before = Vec.Min(urgent / (1.0 - urgent) * service * stretch, wait);
            flow.CriticalMean = before + service + trip;
            flow.CriticalSquare = 2.0 * before * before + 2.0 * before * service
                + service * service * (1 + variability) + 2.0 * trip * (before + service) + tripSquare;
        }
    }

    /// <summary>Mean round trip of a try, and its square: the nearest region, or any.</summary>
    private double TripOf(out double square)
    {
        double regions = p.Regions.Value, hot = p.RegionSkew.Value, mean = 0;
        square = 0;
        for (var from = 0; from < regions; from++)
        {
            var share = regions == 1 ? 1 : from == 0 ? hot : (1 - hot) / (regions - 1);
            for (var to = 0; to < regions; to++)
            {
                var goes = p.Policy == Dispatch.GeoNearest ? (from == to ? 1 : 0) : 1 / regions;
                var trip = p.LocalTrip.Value + p.RegionTrip.Value * Math.Abs(from - to);
                mean += share * goes * trip;
                square += share * goes * trip * trip;
            }
        }

        return mean;
    }

    /// <summary>Tries that wait longer than their clients.</summary>
    private Vec Late(in Flow flow, Vec tries, Vec enters)
    {
        var share = GammaTime.Tail(flow.Mean, flow.Square - flow.Mean * flow.Mean, p.Timeout.Value);
        return Vec.Min(share * enters, Vec.Max(tries - flow.Rejected - flow.Lost, 0.0));
    }

    /// <summary>What failed comes again, each try in proportion.</summary>
    private void Fail(
        int i, in Clock clock, Vec tries, Vec admitted, Vec late, Vec dark, ReadOnlySpan<Vec> due, ref Flow flow)
    {
        var full = flow.Failed;
        var failed = Vec.Min(full + late + dark + (tries - admitted), tries);
        var share = failed / Vec.Max(tries, 1e-9);
        TryAgain(i, 0, flow.Fresh * share, whole: false);
        for (var again = 1; again < TriesMost; again++)
        {
            TryAgain(i, again, due[again - 1] * share, whole: false);
        }

        flow.Failed = failed;
        Learn(i, clock, tries, admitted, failed);
    }
}
