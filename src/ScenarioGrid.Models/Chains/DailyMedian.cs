using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>Median of the last 24 hourly values: what a bidder with a fixed rule looks at.</summary>
/// <remarks>
/// <code>
/// sample(h mod 24) = value          whenever an hour h ends
/// median           = mean of the 12th and the 13th of the 24 samples in order
/// </code>
/// <para>Ranks are counted, sample against sample, once an hour: no order of the samples is kept.</para>
/// <para>Source: definition of the median.</para>
/// </remarks>
public static class DailyMedian
{
    /// <summary>Samples of a day.</summary>
    public const int Samples = 24;

    private const double Hour = 3600;

    /// <summary>Hours that end within a tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <returns>Number of the first hour that ends in it, from 0, and how many do.</returns>
    public static (int First, int Count) Hours(in Tick tick)
    {
        var first = (int)Math.Floor(tick.Start / Hour + 1e-9);
        return (first, (int)Math.Floor((tick.Start + tick.Seconds) / Hour + 1e-9) - first);
    }

    /// <summary>Puts a value in the place of the oldest samples.</summary>
    /// <param name="samples">Lane of 24 rows.</param>
    /// <param name="hours">Hours that ended, as <see cref="Hours"/> tells them.</param>
    /// <param name="i">Which vector of paths.</param>
    /// <param name="value">The value at the end of the tick.</param>
    public static void Record(Lane samples, (int First, int Count) hours, int i, Vec value)
    {
        for (var hour = 0; hour < Math.Min(hours.Count, Samples); hour++)
        {
            var row = samples.Row((hours.First + hour) % Samples);
            row[i] = value;
        }
    }

    /// <summary>The median of the samples.</summary>
    /// <param name="samples">Lane of 24 rows.</param>
    /// <param name="i">Which vector of paths.</param>
    public static Vec Of(Lane samples, int i)
    {
        var sum = Vec.Zero;
        for (var sample = 0; sample < Samples; sample++)
        {
            var value = samples.Row(sample)[i];
            var rank = Vec.Zero;
            for (var other = 0; other < Samples; other++)
            {
                var against = samples.Row(other)[i];
                rank += (other < sample ? against <= value : against < value).AsOne();
            }

            sum += Vec.Where(Vec.Equal(rank, Samples / 2 - 1) | Vec.Equal(rank, Samples / 2), value);
        }

        return 0.5 * sum;
    }
}
