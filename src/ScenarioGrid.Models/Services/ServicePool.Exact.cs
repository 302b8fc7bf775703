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
        Span<Vec> usable = stackalloc Vec[_rows];
        Span<Vec> left = stackalloc Vec[2 + TriesMost];
        var count = Usable(i, usable, ref flow);
        for (var row = 0; row < _rows; row++)
        {
            var sent = Sent.Row(row);
            sent[i] = Vec.Zero;
        }

        for (var step = 0; step < clock.Steps; step++)
        {
            Draw(tick, i, step, clock, left, ref flow);
            Report(i, clock);
            var tries = Sum(left) - left[0];
            Gate(i, clock, tries, ref flow);
            var (admitted, failed) = (flow.Tokens, flow.Failed);
            for (var number = 0; number < EventsMost; number++)
            {
                var total = Sum(left);
                if ((total > 0.5).None)
                {
                    break;
                }

                Happen(tick, i, (step * EventsMost + number) * EventDraws + EventDraw, clock, usable, count, left,
                    total, ref flow);
            }

            Learn(i, clock, tries, flow.Tokens - admitted, flow.Failed - failed);
            flow.Herd += HerdOf(i, usable, count) * (1.0 / clock.Steps);
        }

        Spread(i, usable, count, ref flow);
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

    /// <summary>Marks the servers that get requests; returns their number and sums up their capacity.</summary>
    private Vec Usable(int i, Span<Vec> usable, ref Flow flow)
    {
        Vec count = 0.0;
        var used = Scaling.Row(0)[i];
        for (var row = 0; row < _rows; row++)
        {
            var isUsable = (Listed.Row(row)[i] > 0.5) & (used > row);
            usable[row] = isUsable.AsOne();
            count += usable[row];
            flow.Capacity += Vec.Where(isUsable & (Down.Row(row)[i] <= Vec.Zero), SpeedOf(row) * _size);
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
        for (var again = 0; again < TriesMost; again++)
        {
            left[2 + again] = Vec.Zero;
            var pending = Pending.Row(again);
            if (again >= p.Retries.Value || !(pending[i] > Vec.Zero).Any)
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
        for (var row = 0; row < _rows; row++)
        {
            var reported = Reported.Row(row);
            reported[i] = Vec.Select(isOld, Jobs.Row(row)[i], reported[i]);
        }
    }

    /// <summary>One event of each path: any of those left in the step, each as likely.</summary>
    private void Happen(
        in Tick tick, int i, int draw, in Clock clock, ReadOnlySpan<Vec> usable, Vec count, Span<Vec> left, Vec total,
        ref Flow flow)
    {
        var words = tick.Words(draw, i);
        var active = total > 0.5;
        var at = words.Coarse0 * total;
        var serves = active & (at < left[0]);
        var position = at / Vec.Max(left[0], 1.0) * _rows;
        Vec stream = -1.0, below = left[0];
        left[0] -= serves.AsOne();
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
            Arrive(tick, i, draw, clock, usable, count, arrives, stream, phases, words, ref flow);
        }
    }

    /// <summary>One phase of one server, whichever the position points at; slow servers let some pass.</summary>
    private void Complete(int i, Mask serves, Vec position, Vec phases, ref Flow flow)
    {
        var target = Vec.Floor(position);
        var part = position - target;
        var fastest = _rows > 1 ? 1 + p.SpeedSpread.Value : 1;
        Vecs line = Line.Row(0), lineUrgent = Line.Row(1), tainted = Tainted.Vecs;
        for (var row = 0; row < _rows; row++)
        {
            Vecs jobs = Jobs.Row(row), urgent = Urgent.Row(row), remaining = Phases.Row(row);
            var hit = serves & Vec.Equal(target, row) & (part < SpeedOf(row) / fastest) & (jobs[i] > Vec.Zero)
                & (Down.Row(row)[i] <= Vec.Zero);
            remaining[i] -= hit.AsOne();
            var done = hit & (remaining[i] < 0.5);
            var refills = done & (line[i] > Vec.Zero);
            line[i] -= refills.AsOne();
            lineUrgent[i] -= (refills & (lineUrgent[i] > Vec.Zero)).AsOne();
            jobs[i] -= (done & !refills).AsOne();
            urgent[i] -= (done & (urgent[i] > Vec.Zero)).AsOne();
            remaining[i] = Vec.Select(done, Vec.Where(jobs[i] > Vec.Zero, phases), remaining[i]);
            flow.Served += done.AsOne();
            tainted[i] += (done & (Bad.Row(row)[i] > 0.5)).AsOne();
        }
    }

    private Vec HerdOf(int i, ReadOnlySpan<Vec> usable, Vec count)
    {
        Vec sum = 0.0, squares = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var jobs = usable[row] * Jobs.Row(row)[i];
            sum += jobs;
            squares += jobs * jobs;
        }

        var mean = sum / Vec.Max(count, 1.0);
        var variance = squares / Vec.Max(count, 1.0) - mean * mean;
        return Vec.Where(mean > Vec.Zero, Vec.Sqrt(Vec.Max(variance, 0.0) / Vec.Max(mean * (1.0 + mean), 1e-9)));
    }

    private void Spread(int i, ReadOnlySpan<Vec> usable, Vec count, ref Flow flow)
    {
        Vec sum = 0.0, most = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            var sent = usable[row] * Sent.Row(row)[i];
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
