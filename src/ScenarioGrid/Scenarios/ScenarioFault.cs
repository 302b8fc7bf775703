namespace ScenarioGrid.Scenarios;

/// <summary>A broken invariant: it ends the cell and says where and with what numbers.</summary>
/// <param name="code">"numeric-fault" or "conservation".</param>
/// <param name="instance">Name of the instance.</param>
/// <param name="subject">Port or asset.</param>
/// <param name="path">Path, counted over the campaign.</param>
/// <param name="tick">Tick, or -1 where only the window is known.</param>
/// <param name="numbers">The offending numbers in words.</param>
public sealed class ScenarioFault(string code, string instance, string subject, int path, int tick, string numbers)
    : Exception($"{code}: {instance}.{subject} at path {path}, tick {tick}: {numbers}")
{
    public string Code { get; } = code;

    public string Instance { get; } = instance;

    public string Subject { get; } = subject;

    public int Path { get; } = path;

    public int TickIndex { get; } = tick;
}
