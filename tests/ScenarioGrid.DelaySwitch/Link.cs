namespace ScenarioGrid.DelaySwitch;

/// <summary>The way from one port to another: decides by seed what happens to each frame on it.</summary>
/// <remarks>The n-th frame of a link meets the same fate in every run with the same seed and rule.</remarks>
internal sealed class Link(ulong seed)
{
    private ulong _state = seed;
    private long _lastDue;

    /// <summary>When copies of a frame are due, in ticks of the clock that <paramref name="now"/> is of.</summary>
    /// <param name="rule">What holds for this link.</param>
    /// <param name="now">Current time, milliseconds.</param>
    /// <param name="due">Times of at most two copies.</param>
    /// <returns>How many copies leave: 0, 1 or 2.</returns>
    public int Decide(Rule rule, long now, Span<long> due)
    {
        // Four draws for every frame, so that one rule's choice does not shift the others.
        double loss = Next(), copy = Next(), reorder = Next(), jitter = Next();
        if (loss < rule.Loss)
        {
            return 0;
        }

        if (reorder < rule.Reorder)
        {
            due[0] = now;
        }
        else
        {
            var late = Math.Max(0, rule.DelayMs + (((2 * jitter) - 1) * rule.JitterMs));
            _lastDue = Math.Max(_lastDue, now + (long)late);
            due[0] = _lastDue;
        }

        due[1] = due[0];
        return copy < rule.Copy ? 2 : 1;
    }

    // SplitMix64: Steele, Lea, Flood, Fast splittable pseudorandom number generators (2014), figure 16.
    private double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
