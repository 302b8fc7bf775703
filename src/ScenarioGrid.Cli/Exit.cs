namespace ScenarioGrid.Cli;

/// <summary>Exit codes, as documented in the help.</summary>
public static class Exit
{
    public const int Ok = 0;

    /// <summary>Cells failed, or the disk is full.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or an invalid campaign file.</summary>
    public const int Usage = 2;

    /// <summary>No such run, cell or kind.</summary>
    public const int NotFound = 4;

    /// <summary>A fault of the program itself.</summary>
    public const int Internal = 70;

    /// <summary>Output could not be written.</summary>
    public const int CannotWrite = 74;

    /// <summary>The recommended cell breaks a threshold.</summary>
    public const int Threshold = 99;

    public const int Interrupted = 130;
}

/// <summary>Ends a command with one line and a code.</summary>
public sealed class CommandException(int exit, string message) : Exception(message)
{
    public int ExitCode { get; } = exit;
}
