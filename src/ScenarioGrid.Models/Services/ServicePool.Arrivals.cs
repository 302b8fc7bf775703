using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <content>One try: gate, dispatch, queue, and how long it will take.</content>
public sealed partial class ServicePool
{
    /// <summary>Above the normal quantile of every coarse uniform, which are at most 1 - 2^-33.</summary>
    private const double Slowest = 7;

    /// <summary>Jobs, requests that go first, speed and region of the server that a try goes to.</summary>
    private struct Host
    {
        public Vec Jobs, Urgent, Speed, Region;
    }

    private void Arrive(
        in Tick tick, int i, int draw, in Clock clock, ReadOnlySpan<Vec> ranks, Vec count, Mask arrives, Vec stream,
        Vec phases, in Words4 words, ref Flow flow)
    {
        var more = tick.Words(draw + 1, i);
        var isCritical = words.Coarse2 < p.CriticalShare.Value;
        var isUrgent = p.Priority switch
        {
            Order.CriticalFirst => isCritical,
            Order.CancelsFirst => words.Coarse2 < p.CriticalShare.Value + p.CancelShare.Value,
            _ => words.Coarse2 < 0.0,
        };
        var admitted = arrives & (words.Coarse1 < Vec.Select(isCritical, flow.AdmitUrgent, flow.Admit));
        var origin = OriginOf(more.Coarse2);
        var target = Choose(tick, i, draw + 2, ranks, count, admitted, more.Coarse0, origin, clock.IsLive);
        var toLine = WaitInLine(i, admitted & (target < Vec.Zero), isUrgent, count);
        var host = Join(i, admitted, target, isUrgent, phases, out var joined, out var dead);
        var takes = TimeOf(i, clock, host, isUrgent, toLine, count, out var variance);
        var trip = p.LocalTrip.Value + p.RegionTrip.Value * Vec.Abs(origin - host.Region);
        trip = Vec.Select(toLine, p.LocalTrip.Value, trip);
        var accepted = joined | toLine;
        var late = IsLate(takes, variance, trip, accepted, more.Coarse1);
        var rejected = arrives & !(accepted | dead);
        var failed = rejected | dead | late;
        flow.Tries += arrives.AsOne();
        flow.Tokens += (p.Priority == Order.Fifo ? admitted : admitted & !isCritical).AsOne();
        flow.Rejected += rejected.AsOne();
        flow.Lost += dead.AsOne();
        flow.Late += (late | dead).AsOne();
        flow.Failed += failed.AsOne();
        Record(takes + trip, variance, accepted, isCritical, ref flow);
        for (var k = 0; k < p.Retries.Value && failed.Any; k++)
        {
            TryAgain(i, k, (failed & Vec.Equal(stream, k)).AsOne(), whole: true);
        }
    }

    /// <summary>Accepted tries whose time, at a random quantile, passes the timeout. The quantile is drawn only where
    /// the slowest would.</summary>
    private Mask IsLate(Vec takes, Vec variance, Vec trip, Mask accepted, Vec u)
    {
        var may = accepted & (GammaTime.Quantile(takes, variance, Slowest) + trip > p.Timeout.Value);
        return may.None ? may
            : accepted & (GammaTime.Quantile(takes, variance, LaneMath.NormalInverse(u)) + trip > p.Timeout.Value);
    }

    /// <summary>With one line for all, a try that finds no idle server waits in it while there is room.</summary>
    private Mask WaitInLine(int i, Mask asks, Mask isUrgent, Vec count)
    {
        if (p.Policy != Dispatch.CentralQueue)
        {
            return asks & !asks;
        }

        Vecs line = Line.Row(0), urgent = Line.Row(1);
        var joins = asks & (count > Vec.Zero) & (line[i] < count * (p.QueueLimit.Value - 1));
        line[i] += joins.AsOne();
        urgent[i] += (joins & isUrgent).AsOne();
        return joins;
    }

    /// <summary>Puts tries into the queues they go to; at a dead server they hang.</summary>
    private Host Join(int i, Mask admitted, Vec target, Mask isUrgent, Vec phases, out Mask joined, out Mask dead)
    {
        var none = admitted & !admitted;
        (joined, dead) = (none, none);
        Vecs jobs = Jobs.AllVecs, urgent = Urgent.AllVecs, remaining = Phases.AllVecs, sent = Sent.AllVecs;
        var down = Down.AllVecs;
        var stride = Stride;
        Vec limit = p.QueueLimit.Value, ahead = 0.0, first = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var at = row * stride + i;
            var hit = admitted & Vec.Equal(target, row);
            Vec here = jobs[at], urgentHere = urgent[at];
            var isDead = hit & (down[at] > Vec.Zero);
            var joins = hit & !isDead & (here < limit);
            ahead += Vec.Where(hit, here);
            first += Vec.Where(hit, urgentHere);
            remaining[at] = Vec.Select(joins & (here <= Vec.Zero), phases, remaining[at]);
            jobs[at] = here + (joins | isDead).AsOne();
            urgent[at] = urgentHere + (joins & isUrgent).AsOne();
            sent[at] += hit.AsOne();
            (joined, dead) = (joined | joins, dead | isDead);
        }

        var isSent = admitted & (target >= Vec.Zero);
        return new Host
        {
            Jobs = ahead,
            Urgent = first,
            Speed = Vec.Where(isSent, _speedLine.First + _speedLine.Step * target),
            Region = Vec.Where(isSent, Vec.Floor(target * p.Regions.Value / _rows)),
        };
    }

    /// <summary>Mean and variance of the time of a try with so many before it: one service each, the one in service
    /// begun long ago.</summary>
    private Vec TimeOf(
        int i, in Clock clock, in Host host, Mask isUrgent, Mask inLine, Vec count, out Vec variance)
    {
        var variability = p.ServiceVariability.Value;
        var service = 1.0 / (clock.Rate * Vec.Select(inLine, 1.0, Vec.Max(host.Speed, 0.1)));
        var ahead = Vec.Select(isUrgent, host.Urgent, host.Jobs);
        var residual = Vec.Where(ahead > Vec.Zero, (variability - 1) / 2);

        // Those that come later and go first take their share of the server from those that wait.
        var first = p.Priority switch
        {
            Order.CriticalFirst => p.CriticalShare.Value,
            Order.CancelsFirst => p.CriticalShare.Value + p.CancelShare.Value,
            _ => 0,
        };
        var slower = Vec.Select(isUrgent, 1.0, 1.0 / (1.0 - first * Vec.Min(Utilisation.Vecs[i], 0.9)));
        var wait = Vec.Max(ahead + residual, 0.0) * service * slower;
        variance = (ahead * slower * slower + 1.0) * variability * service * service;
        if (p.Policy == Dispatch.CentralQueue)
        {
            var share = 1.0 / (clock.Rate * Vec.Max(count, 1.0));
            var place = Vec.Select(isUrgent, Line.Row(1)[i], Line.Row(0)[i]);
            wait = Vec.Select(inLine, place * share * slower * ((1 + variability) / 2), wait);
            variance = Vec.Select(inLine, (place * share * share + service * service) * variability, variance);
        }

        return wait + service;
    }

    private static void Record(Vec takes, Vec variance, Mask accepted, Mask isCritical, ref Flow flow)
    {
        var square = variance + takes * takes;
        var critical = accepted & isCritical;
        flow.Count += accepted.AsOne();
        flow.Mean += Vec.Where(accepted, takes);
        flow.Square += Vec.Where(accepted, square);
        flow.CriticalCount += critical.AsOne();
        flow.CriticalMean += Vec.Where(critical, takes);
        flow.CriticalSquare += Vec.Where(critical, square);
    }
}
