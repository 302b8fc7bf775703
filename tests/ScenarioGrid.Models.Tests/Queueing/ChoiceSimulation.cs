namespace ScenarioGrid.Models.Tests.Queueing;

/// <summary>The slow obvious form: one queue after the other, one event after the other, no vectors.</summary>
internal static class ChoiceSimulation
{
    /// <summary>Mean time in mean service times, by Little's law, of servers with the shortest of a few distinct
    /// random queues; the first tenth of the events warms up.</summary>
    public static double MeanTime(int servers, int choices, double load, int events, ulong seed = 1)
    {
        var queues = new int[servers];
        var (inSystem, sum, counted) = (0, 0.0, 0);
        var state = seed * 0x9E3779B97F4A7C15;
        var picked = new int[choices];
        for (var e = 0; e < events; e++)
        {
            if (Next(ref state) * (1 + load) < load)
            {
                queues[Shortest(queues, picked, ref state)]++;
                inSystem++;
            }
            else
            {
                ref var queue = ref queues[(int)(Next(ref state) * servers)];
                inSystem -= Math.Min(queue, 1);
                queue -= Math.Min(queue, 1);
            }

            if (e >= events / 10)
            {
                sum += inSystem;
                counted++;
            }
        }

        return sum / counted / (servers * load);
    }

    private static int Shortest(int[] queues, int[] picked, ref ulong state)
    {
        var best = -1;
        for (var c = 0; c < picked.Length; c++)
        {
            do
            {
                picked[c] = (int)(Next(ref state) * queues.Length);
            }
            while (picked.AsSpan(0, c).Contains(picked[c]));
            best = best < 0 || queues[picked[c]] < queues[best] ? picked[c] : best;
        }

        return best;
    }

    private static double Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) * (1.0 / 9007199254740992.0);
    }
}
