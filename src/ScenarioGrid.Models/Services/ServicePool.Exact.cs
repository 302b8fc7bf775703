using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <content>Request by request: tries and phases of service in random order.</content>
public sealed partial class ServicePool
{
    private const int StepDraw = 1000, StepDraws = 16, EventDraw = 10_000, EventDraws = 12, EventsMost = 32_768;

    /// <summary>Tries beyond this many times the services of a step find every line full anyway.</summary>
    private const double TriesPerService = 4;

    private void Follow(in Tick tick, int i, in Clock clock, ref Flow flow)
    {
        Span<Vec> ranks = stackalloc Vec[_rows];
        Span<Vec> left = stackalloc Vec[2 + (int)p.Retries.Value];
        var count = Rank(i, ranks, ref flow);
        for (var row = 0; row < _rows; row++)
        {
            var sent = Sent.Row(row);
            sent[i] = Vec.Zero;
        }

        for (var step = 0; step < clock.Steps; step++)
        {
            Draw(tick, i, step, clock, left, ref flow);
            Report(i, clock);
            var tries = Sum(left[1..]);
            Gate(i, clock, tries, ref flow);
            var (admitted, failed) = (flow.Tokens, flow.Failed);
            var total = tries + left[0];
            for (var number = 0; number < EventsMost && (total > 0.5).Any; number++)
            {
                Happen(tick, i, (step * EventsMost + number) * EventDraws + EventDraw, clock, ranks, count, left,
                    ref total, ref flow);
            }

            Learn(i, clock, tries, flow.Tokens - admitted, flow.Failed - failed);
            flow.Herd += HerdOf(i, ranks, count) * (1.0 / clock.Steps);
        }

        Spread(i, ranks, count, ref flow);
        CountWaiting(i);
    }

    private static Vec Sum(ReadOnlySpan<Vec> left)
    {
        var sum = left[0];
        for (var k = 1; k < left.Length; k++)
        {
            sum += left[k];
        }

        return sum;
    }

    /// <summary>Numbers the servers that get requests from 0, the others are -1; returns how many there are and sums up
    /// their capacity.</summary>
    private Vec Rank(int i, Span<Vec> ranks, ref Flow flow)
    {
        Vec count = 0.0;
        var used = Scaling.Row(0)[i];
        for (var row = 0; row < _rows; row++)
        {
            var isUsable = (Listed.Row(row)[i] > 0.5) & (used > row);
            ranks[row] = Vec.Select(isUsable, count, -1.0);
            count += isUsable.AsOne();
            flow.Capacity += Vec.Where(isUsable & (Down.Row(row)[i] <= Vec.Zero), _speeds[row] * _size);
        }

        return count;
    }

    /// <summary>How many phases of service, fresh tries and further tries a step brings.</summary>
    private void Draw(in Tick tick, int i, int step, in Clock clock, Span<Vec> left, ref Flow flow)
    {
        var draw = StepDraw + step * StepDraws;
        var services = _rows * clock.TokenRate * clock.Seconds;
        var room = new Vec(Math.Ceiling(TriesPerService * services) + 32);
        left[0] = LaneMath.Poisson(Vec.Where(ChainIsUp.Vecs[i] > 0.5, services), tick.Uniform(draw, i));
        var fresh = LaneMath.Poisson(flow.Rate * clock.Seconds, tick.Uniform(draw + 1, i));
        Earn(i, fresh, flow.Rate);
        left[1] = Vec.Min(fresh, room);
        var surplus = fresh - left[1];
        flow.Fresh += fresh;
        flow.Tries += surplus;
        flow.Rejected += surplus;
        flow.Failed += surplus;
        TryAgain(i, 0, surplus, whole: true);
        room -= left[1];
        for (var again = 0; again < left.Length - 2; again++)
        {
            left[2 + again] = Vec.Zero;
            var pending = Pending.Row(again);
            if ((pending[i] > Vec.Zero).None)
            {
                continue;
            }

            var share = -LaneMath.Expm1(-clock.Seconds / PauseOf(again));
            var due = Vec.Min(LaneMath.Binomial(pending[i], share, tick.Uniform(draw + 2 + again, i)), room);
            pending[i] -= due;
            room -= due;
            left[2 + again] = due;
            flow.Again += due;
        }
    }

    /// <summary>Servers report what is outstanding when the last report is old.</summary>
    private void Report(int i, in Clock clock)
    {
        var age = ReportAge.Vecs;
        age[i] += clock.Seconds;
        var isOld = age[i] >= p.ReportDelay.Value;
        age[i] = Vec.Where(!isOld, age[i]);
        Vecs jobs = Jobs.AllVecs, reported = Reported.AllVecs;
        for (var at = i; at < jobs.Length; at += Stride)
        {
            reported[at] = Vec.Select(isOld, jobs[at], reported[at]);
        }
    }

    /// <summary>One event of each path: any of those left in the step, each as likely.</summary>
    private void Happen(
        in Tick tick, int i, int draw, in Clock clock, ReadOnlySpan<Vec> ranks, Vec count, Span<Vec> left,
        ref Vec total, ref Flow flow)
    {
        var words = tick.Words(draw, i);
        var active = total > 0.5;
        var at = words.Coarse0 * total;
        var serves = active & (at < left[0]);
        var position = at / Vec.Max(left[0], 1.0) * _rows;
        Vec stream = -1.0, below = left[0];
        left[0] -= serves.AsOne();
        total -= active.AsOne();
        for (var k = 1; k < left.Length; k++)
        {
            var hit = active & (at >= below) & (at < below + left[k]);
            below += left[k];
            stream = Vec.Select(hit, k - 1, stream);
            left[k] -= hit.AsOne();
        }

        var phases = Vec.Select(words.Coarse3 < _service.ChanceOfMore, _service.More, _service.Less);
        if (serves.Any)
        {
            Complete(i, serves, position, phases, ref flow);
        }

        var arrives = active & (stream >= Vec.Zero);
        if (arrives.Any)
        {
            Arrive(tick, i, draw, clock, ranks, count, arrives, stream, phases, words, ref flow);
        }
    }

    /// <summary>One phase of one server, whichever the position points at; slow servers let some pass.</summary>
    private void Complete(int i, Mask serves, Vec position, Vec phases, ref Flow flow)
    {
        var target = Vec.Floor(position);
        var part = position - target;
        Vecs jobs = Jobs.AllVecs, urgent = Urgent.AllVecs, remaining = Phases.AllVecs, down = Down.AllVecs;
        Vecs bad = Bad.AllVecs;
        var stride = Stride;
        var waits = Line.Vecs[i] > Vec.Zero;
        Vec served = 0.0, refilled = 0.0, dirty = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var at = row * stride + i;
            var here = jobs[at];
            var hit = serves & Vec.Equal(target, row) & (part < _paces[row]) & (here > Vec.Zero)
                & (down[at] <= Vec.Zero);
            var phasesLeft = remaining[at] - hit.AsOne();
            var done = hit & (phasesLeft < 0.5);
            var refills = done & waits;
            here -= (done & !refills).AsOne();
            var first = urgent[at];
            jobs[at] = here;
            urgent[at] = first - (done & (first > Vec.Zero)).AsOne();
            remaining[at] = Vec.Select(done, Vec.Where(here > Vec.Zero, phases), phasesLeft);
            served += done.AsOne();
            refilled += refills.AsOne();
            dirty += Vec.Where(done, bad[at]);
        }

        Vecs line = Line.Row(0), lineUrgent = Line.Row(1), tainted = Tainted.Vecs;
        line[i] -= refilled;
        lineUrgent[i] -= Vec.Min(lineUrgent[i], refilled);
        tainted[i] += dirty;
        flow.Served += served;
    }

    private Vec HerdOf(int i, ReadOnlySpan<Vec> ranks, Vec count)
    {
        var jobs = Jobs.AllVecs;
        Vec sum = 0.0, squares = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var here = Vec.Where(ranks[row] >= Vec.Zero, jobs[row * Stride + i]);
            sum += here;
            squares += here * here;
        }

        var mean = sum / Vec.Max(count, 1.0);
        var variance = squares / Vec.Max(count, 1.0) - mean * mean;
        return Vec.Where(mean > Vec.Zero, Vec.Sqrt(Vec.Max(variance, 0.0) / Vec.Max(mean * (1.0 + mean), 1e-9)));
    }

    private void Spread(int i, ReadOnlySpan<Vec> ranks, Vec count, ref Flow flow)
    {
        Vec sum = 0.0, most = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var sent = Vec.Where(ranks[row] >= Vec.Zero, Sent.Row(row)[i]);
            sum += sent;
            most = Vec.Max(most, sent);
        }

        flow.Fairness = Vec.Select(sum > Vec.Zero, most * count / Vec.Max(sum, 1.0), 1.0);
    }

    private void CountWaiting(int i)
    {
        var waiting = Waiting.Vecs;
        var sum = Line.Row(0)[i];
        for (var row = 0; row < _rows; row++)
        {
            sum += Vec.Where(Down.Row(row)[i] <= Vec.Zero, Jobs.Row(row)[i]);
        }

        waiting[i] = sum;
    }
}
