using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ScenarioGrid.Cli;

/// <summary>
/// A process by its id and when it started: an id alone may have gone to another process meanwhile, which nobody wants
/// to end.
/// </summary>
/// <param name="Pid">Process id.</param>
/// <param name="Started">When it started, in words that only ever are compared for equality.</param>
public sealed record ProcessStamp(int Pid, string Started)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    /// <summary>A signal that asks a process to end in order.</summary>
    public const int Terminate = 15;

    /// <summary>A signal that ends a process at once.</summary>
    public const int Kill = 9;

    /// <summary>True while that very process lives.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>The process that has an id now, or null when none lives.</summary>
    public static ProcessStamp? Of(int pid)
    {
        if (pid <= 0)
        {
            return null;
        }

        return OperatingSystem.IsLinux() ? OfLinux(pid) : OfOther(pid);
    }

    /// <summary>Sends a signal, unless the process is gone or its id belongs to another one.</summary>
    public void Signal(int signal)
    {
        if (IsAlive)
        {
            _ = SendSignal(Pid, signal);
        }
    }

    private static ProcessStamp? OfLinux(int pid)
    {
        try
        {
            // After the name in brackets, which may hold anything: the state first, the start in clock ticks 20th.
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var words = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var isDead = words[0] is "Z" or "X";
            return isDead ? null : new ProcessStamp(pid, $"{File.ReadAllText(BootFile).Trim()}/{words[19]}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ProcessStamp? OfOther(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            var started = process.StartTime.ToUniversalTime().ToString("s", CultureInfo.InvariantCulture);
            return process.HasExited ? null : new ProcessStamp(pid, started);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
