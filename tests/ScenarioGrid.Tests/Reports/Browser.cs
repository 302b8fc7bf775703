using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScenarioGrid.Tests.Reports;

/// <summary>A headless Chromium of its own, driven by DevTools; gone with children and files when disposed.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Places =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(d => new[] { "chromium", "chromium-browser", "google-chrome", "chrome" }
                .Select(n => Path.Combine(d, n))),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];

    private readonly Process _process;
    private readonly string _folder;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;
    private int _lastCall;

    private Browser(Process process, string folder) => (_process, _folder) = (process, folder);

    /// <summary>The program, or null when none is installed.</summary>
    public static string? Program { get; } = Places.FirstOrDefault(File.Exists);

    /// <summary>Every event, with the session it came from.</summary>
    public event Action<string, JsonNode>? Heard;

    public static async Task<Browser> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("scenariogrid-browser-").FullName;
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--remote-debugging-port=0", $"--user-data-dir={folder}", "about:blank",
        ];
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Program!, arguments)
            {
                RedirectStandardError = true, RedirectStandardOutput = true,
            },
        };
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            const string Mark = "DevTools listening on ";
            if (line.Data?.StartsWith(Mark, StringComparison.Ordinal) == true)
            {
                address.TrySetResult(line.Data[Mark.Length..].Trim());
            }
        };
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var browser = new Browser(process, folder);
        try
        {
            var uri = new Uri(await address.Task.WaitAsync(Patience));
            using var limit = new CancellationTokenSource(Patience);
            await browser._socket.ConnectAsync(uri, limit.Token);
            browser._reading = browser.ReadAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a DevTools method and gives its result.</summary>
    /// <exception cref="InvalidOperationException">The browser answers with an error.</exception>
    public async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _lastCall);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, _stop.Token);
        var result = await answer.Task.WaitAsync(Patience);
        return result["error"] is { } error
            ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}")
            : result["result"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var message = new MemoryStream();
                WebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer, _stop.Token);
                    message.Write(buffer, 0, part.Count);
                }
                while (!part.EndOfMessage);
                Hear(JsonNode.Parse(message.ToArray())!);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or JsonException)
        {
            foreach (var call in _calls.Values)
            {
                call.TrySetException(new InvalidOperationException("the browser is gone", gone));
            }
        }
    }

    private void Hear(JsonNode message)
    {
        if (message["id"] is { } id && _calls.TryRemove((int)id, out var call))
        {
            call.SetResult(message);
        }
        else if (message["method"] is not null)
        {
            Heard?.Invoke((string?)message["sessionId"] ?? "", message);
        }
    }
}
