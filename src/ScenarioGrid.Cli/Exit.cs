namespace ScenarioGrid.Cli;

/// <summary>Exit codes, as documented in the help.</summary>
public static class Exit
{
    public const int Ok = 0;

    /// <summary>Cells failed, or the disk is full.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or an invalid campaign file.</summary>
    public const int Usage = 2;

    /// <summary>The cluster does not answer; trying later makes sense.</summary>
    public const int Unreachable = 3;

    /// <summary>No such run, cell or kind.</summary>
    public const int NotFound = 4;

    /// <summary>The cluster wants a token, or the token's role does not suffice.</summary>
    public const int NotAllowed = 5;

    /// <summary>A fault of the program itself.</summary>
    public const int Internal = 70;

    /// <summary>Output could not be written.</summary>
    public const int CannotWrite = 74;

    /// <summary>The cluster takes no more work right now.</summary>
    public const int Busy = 75;

    /// <summary>The recommended cell breaks a threshold.</summary>
    public const int Threshold = 99;

    /// <summary>What was waited for did not happen in time.</summary>
    public const int TimedOut = 124;

    public const int Interrupted = 130;

    /// <summary>The exit code of a grid's refusal.</summary>
    public static int Of(string gridCode) => gridCode switch
    {
        "INVALID" or "CONFLICT" or "NOT_ENDED" or "TOO_LARGE" => Usage,
        "STORE_DOWN" or "TIMEOUT" => Unreachable,
        "UNKNOWN_CAMPAIGN" or "NOT_FOUND" => NotFound,
        "FORBIDDEN" or "UNAUTHENTICATED" or "HOST" or "ORIGIN" => NotAllowed,
        "BUSY" or "RATE_LIMITED" => Busy,
        _ => Failed,
    };
}

/// <summary>Ends a command with one line and a code.</summary>
public sealed class CommandException(int exit, string message) : Exception(message)
{
    public int ExitCode { get; } = exit;
}
