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
        Shock Shock, string Target, string Dial, double Onset, double Severity, double Jitter, PhiloxKey Key);

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
                if (entry.Jitter > 0)
                {
                    TurnEachPath(entry, tick);
                }
                else if (tick.Start >= entry.Onset)
                {
                    TurnAll(entry.Shock.At(tick.Start - entry.Onset, entry.Severity));
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
            var own = new Tick(tick.Index, tick.Count, tick.Seconds, tick.FirstPath, tick.Paths, entry.Key, entry.Key);
            for (var i = 0; i < tick.Vectors; i++)
            {
                var later = own.PathUniform(0, i) * entry.Jitter;
                for (var lane = 0; lane < Vec.Width; lane++)
                {
                    var since = tick.Start - entry.Onset - later[lane];
                    if (since >= 0)
                    {
                        ref var path = ref dial.Span[i * Vec.Width + lane];
                        var value = entry.Shock.At(since, entry.Severity);
                        path = _multiplies ? path * value : path + value;
                    }
                }
            }
        }
    }
}
