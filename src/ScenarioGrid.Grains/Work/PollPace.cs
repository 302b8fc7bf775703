namespace ScenarioGrid.Grains;

/// <summary>How often one looks for results: more often while much comes in.</summary>
public sealed class PollPace
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = Least;

    /// <summary>Waits until it is time to look again.</summary>
    /// <param name="hasCome">True when the last look brought something.</param>
    /// <param name="stop">Ends the waiting.</param>
    public Task Wait(bool hasCome, CancellationToken stop)
    {
        _pause = hasCome ? Least : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, Most.Ticks));
        return Task.Delay(_pause, stop);
    }
}
