using System.Diagnostics;
using ScenarioGrid.Cli.Commands;

namespace ScenarioGrid.Cli;

/// <summary>Starts processes that outlive the console and its terminal.</summary>
public static class Daemon
{
    /// <summary>A session of its own: no Ctrl-C and no closed terminal reaches it. The shell becomes the program, so
    /// the process id is the program's.</summary>
    private const string Script = """
        log=$1; shift
        exec </dev/null >>"$log" 2>&1
        if command -v setsid >/dev/null; then exec setsid "$@"; else exec nohup "$@"; fi
        """;

    /// <summary>Starts a program.</summary>
    /// <param name="log">File that gets what it says.</param>
    /// <param name="command">Program and arguments.</param>
    /// <exception cref="CommandException">It cannot be started here.</exception>
    public static ProcessStamp Start(string log, IReadOnlyList<string> command)
    {
        CommonOptions.Check(!OperatingSystem.IsWindows(), "cluster up needs Linux or macOS; here use 'run', or WSL");
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, .. command]);
        using var process = Process.Start(start)
            ?? throw new CommandException(Exit.Failed, $"cannot start {command[0]}");
        return ProcessStamp.Of(process.Id)
            ?? throw new CommandException(Exit.Failed, $"{command[0]} ended at once: {LastLines(log)}");
    }

    /// <summary>The last lines of a log, to say why something did not start.</summary>
    public static string LastLines(string log)
    {
        const int most = 5;
        try
        {
            return string.Join('\n', File.ReadLines(log).TakeLast(most).Select(l => $"  {l}"));
        }
        catch (IOException)
        {
            return "  (it said nothing)";
        }
    }

    /// <summary>Ends processes in order, and those that do not go after a while at once.</summary>
    /// <param name="processes">The processes.</param>
    /// <param name="patience">Time to go by themselves.</param>
    /// <returns>Those that had to be killed.</returns>
    public static async Task<IReadOnlyList<ProcessStamp>> End(
        IReadOnlyList<ProcessStamp> processes, TimeSpan patience)
    {
        foreach (var process in processes)
        {
            process.Signal(ProcessStamp.Terminate);
        }

        await Gone(processes, patience);
        var stubborn = processes.Where(p => p.IsAlive).ToList();
        foreach (var process in stubborn)
        {
            process.Signal(ProcessStamp.Kill);
        }

        await Gone(stubborn, patience);
        return stubborn;
    }

    private static async Task Gone(IReadOnlyList<ProcessStamp> processes, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < patience && processes.Any(p => p.IsAlive))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
