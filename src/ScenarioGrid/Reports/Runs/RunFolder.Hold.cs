namespace ScenarioGrid.Reports.Runs;

/// <content>One process at a time computes a run: it holds a file of the folder open.</content>
public sealed partial class RunFolder
{
    /// <summary>
    /// True while a process computes the run of a folder; the system ends the hold when that process dies.
    /// </summary>
    public static bool IsHeld(string path)
    {
        try
        {
            if (File.Exists(HoldPath(path)))
            {
                using var free = new FileStream(HoldPath(path), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            }

            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>True when it is this object that writes the run.</summary>
    public bool IsHolding => _hold is not null;

    private static string HoldPath(string path) => Path.Combine(path, "hold");

    private void Hold()
    {
        try
        {
            _hold = new FileStream(HoldPath(FullPath), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (IsHeld(FullPath))
        {
            throw new RunFolderException($"{Id} is being computed by another process right now");
        }
    }
}
