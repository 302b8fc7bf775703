namespace ScenarioGrid.Reports.Runs;

/// <summary>Files that are whole or not there: written beside their name, synced, renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file under its final name only when all of it is on disk.</summary>
    /// <exception cref="IOException">The disk is full or the folder is not writable; nothing is left under the final
    /// name.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var partial = path + ".partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // A limit on the size of files arrives as an argument out of range.
            File.Delete(partial);
            throw new IOException($"{path}: {e.Message}", e);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
