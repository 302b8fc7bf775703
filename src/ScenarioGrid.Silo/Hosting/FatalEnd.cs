using Orleans.Runtime;

namespace ScenarioGrid.Silo;

/// <summary>
/// Ends a silo that Orleans gives up, such as one that the others have declared dead: with its own exit code and one
/// line instead of an abort with a core dump.
/// </summary>
/// <remarks>What its workers still offer is refused by the ledger if their cells are others' by now.</remarks>
public sealed class FatalEnd(SiloEnd end) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => exception is not OperationCanceledException;

    public void OnFatalException(object? sender, string? context, Exception? exception) =>
        end.Because(SiloExit.LostMembership, $"{context} {exception?.Message}".Trim());
}
