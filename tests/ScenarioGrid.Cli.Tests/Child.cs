using System.Diagnostics;
using System.Text;

namespace ScenarioGrid.Cli.Tests;

/// <summary>The console as a process of its own, with a time limit; it is ended by its id.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly Task<string> _out;
    private readonly Task _reading;

    private Child(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _out = _process.StandardOutput.ReadToEndAsync();
        _reading = ReadError();
    }

    public int Id => _process.Id;

    /// <summary>Starts the console.</summary>
    public static Child Start(params string[] args) => With(new Dictionary<string, string>(), args);

    /// <summary>Starts the console with environment variables.</summary>
    public static Child With(Dictionary<string, string> environment, params string[] args) =>
        // A shell may have started the tests in the background with SIGINT ignored, which children would inherit.
        OperatingSystem.IsLinux()
            ? Launch("env", environment, ["--default-signal=INT", "dotnet", "exec", Dll, .. args])
            : Launch("dotnet", environment, ["exec", Dll, .. args]);

    /// <summary>Starts the console in a folder.</summary>
    public static Child In(string folder, params string[] args) =>
        Launch("dotnet", [], ["exec", Dll, .. args], folder);

    /// <summary>Starts a shell line in which "$SG" is the console.</summary>
    public static Child Shell(string line) =>
        Launch("bash", new Dictionary<string, string> { ["SG"] = $"dotnet exec {Dll}", ["SG_DLL"] = Dll },
            ["-c", line]);

    /// <summary>Completes when a line of standard error contains the text.</summary>
    public async Task Says(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_awaited)
        {
            if (_error.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        var first = await Task.WhenAny(seen.Task, _reading).WaitAsync(s_limit);
        Assert.True(first == seen.Task || seen.Task.IsCompleted, $"'{text}' was never said, but:\n{_error}");
    }

    /// <summary>Sends a signal: INT, KILL.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start(
            "kill", [$"-{name}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="most">Longest time; 90 s when left out.</param>
    public async Task<Ended> End(TimeSpan? most = null)
    {
        using var limit = new CancellationTokenSource(most ?? s_limit);
        await _process.WaitForExitAsync(limit.Token);
        await _reading.WaitAsync(limit.Token);
        return new Ended(_process.ExitCode, await _out.WaitAsync(limit.Token), _error.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Dll => Path.Combine(AppContext.BaseDirectory, "ScenarioGrid.Cli.dll");

    private static Child Launch(
        string program, Dictionary<string, string> environment, string[] args, string folder = "")
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new Child(start);
    }

    private async Task ReadError()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_awaited)
            {
                _error.Append(line).Append('\n');
                foreach (var (_, seen) in _awaited.Where(a => line.Contains(a.Text, StringComparison.Ordinal)))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
