namespace ScenarioGrid.Cli;

/// <summary>A cluster did not answer; asking again may help.</summary>
/// <param name="message">What happened, in a few words.</param>
/// <param name="isBusy">True when it answered that it has too much to do.</param>
/// <param name="wait">When to ask again, if it said so.</param>
public sealed class LostConnectionException(string message, bool isBusy = false, TimeSpan? wait = null)
    : Exception(message)
{
    public bool IsBusy { get; } = isBusy;

    public TimeSpan? Wait { get; } = wait;
}
