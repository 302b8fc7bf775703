using ScenarioGrid.Campaigns;
using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>
/// Turns the dials of a scenario: every tick, every dial that a shock strikes is the product or the sum of its shocks.
/// </summary>
/// <remarks>
/// Shocks of one dial act in the order of the campaign file, so the result has one order of rounding.
/// </remarks>
public sealed class ShockCalendar
{
    /// <summary>A shock as it is in one cell.</summary>
    public sealed record Entry(
        Shock Shock, string Target, string Dial, StressMoment Moment,
        IReadOnlyList<(double Seconds, PhiloxKey Key)> Jitters)
    {
        /// <summary>What the dial is turned by so many seconds after the onset.</summary>
        public double At(double seconds) => Shock.At(seconds / Moment.Scale, Moment.Severity);
    }

    private readonly List<DialTurns> _dials = [];

    public ShockCalendar(IReadOnlyList<Entry> entries, IReadOnlyList<Instance> instances)
    {
        foreach (var group in entries.GroupBy(e => (e.Target, e.Dial)))
        {
            var instance = instances.First(i => i.Name == group.Key.Target);
            _dials.Add(new DialTurns(instance.Port(group.Key.Dial)[0], [.. group]));
        }
    }

    /// <summary>Sets every struck dial for this tick.</summary>
    public void Turn(in Tick tick)
    {
        foreach (var dial in _dials)
        {
            dial.Turn(tick);
        }
    }

    private sealed class DialTurns(Lane dial, Entry[] entries)
    {
        private readonly bool _multiplies = dial.Initial != 0;

        public void Turn(in Tick tick)
        {
            dial.Span.Fill(dial.Initial);
            foreach (var entry in entries)
            {
                if (entry.Jitters.Count > 0)
                {
                    TurnEachPath(entry, tick);
                }
                else if (tick.Start >= entry.Moment.Onset)
                {
                    TurnAll(entry.At(tick.Start - entry.Moment.Onset));
                }
            }
        }

        private void TurnAll(double value)
        {
            foreach (ref var path in dial.Span)
            {
                path = _multiplies ? path * value : path + value;
            }
        }

        private void TurnEachPath(Entry entry, in Tick tick)
        {
            for (var i = 0; i < tick.Vectors; i++)
            {
                var later = Vec.Zero;
                foreach (var (seconds, key) in entry.Jitters)
                {
                    var own = new Tick(tick.Index, tick.Count, tick.Seconds, tick.FirstPath, tick.Paths, key, key);
                    later += own.PathUniform(0, i) * seconds;
                }

                for (var lane = 0; lane < Vec.Width; lane++)
                {
                    var since = tick.Start - entry.Moment.Onset - later[lane];
                    if (since >= 0)
                    {
                        ref var path = ref dial.Span[i * Vec.Width + lane];
                        var value = entry.At(since);
                        path = _multiplies ? path * value : path + value;
                    }
                }
            }
        }
    }
}
