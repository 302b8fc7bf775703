namespace ScenarioGrid.Silo;

/// <summary>Checks who else can see or change a file that access depends on.</summary>
public static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode Writers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // Container engines mount secrets there, with modes that the silo cannot change.
    private static readonly string[] s_mounts = ["/run/secrets/", "/var/run/secrets/"];

    /// <summary>What is wrong with a file that only its owner may read; null for nothing.</summary>
    public static string? Problem(string file) => Problem(file, Others, "read");

    /// <summary>What is wrong with a file that only its owner may change; null for nothing.</summary>
    public static string? WriteProblem(string file) => Problem(file, Writers, "change");

    private static string? Problem(string file, UnixFileMode refused, string verb)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            return $"{file} does not exist";
        }

        try
        {
            using var _ = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be read: {e.Message}";
        }

        var isMounted = s_mounts.Any(m => path.StartsWith(m, StringComparison.Ordinal));
        return !OperatingSystem.IsWindows() && !isMounted && (Mode(path) & refused) != 0
            ? $"others can {verb} {file}: chmod 600 {file}"
            : null;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode Mode(string path) =>
        File.GetUnixFileMode(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
}
