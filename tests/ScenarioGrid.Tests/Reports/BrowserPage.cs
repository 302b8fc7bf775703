using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ScenarioGrid.Tests.Reports;

/// <summary>One page of a browser, which keeps whatever the page complained about or asked the network for.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Browser _browser;
    private readonly string _target, _session;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrowserPage(Browser browser, string target, string session) =>
        (_browser, _target, _session) = (browser, target, session);

    /// <summary>Console errors and warnings, exceptions, and violations of the content policy.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Every address that was requested.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Opens an address at a size in a colour scheme and waits until it is loaded.</summary>
    public static async Task<BrowserPage> OpenAsync(Browser browser, Uri address, int width, string scheme)
    {
        var target = (string)(await browser.CallAsync(
            "Target.createTarget", new() { ["url"] = "about:blank" }))["targetId"]!;
        var session = (string)(await browser.CallAsync(
            "Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!;
        var page = new BrowserPage(browser, target, session);
        browser.Heard += page.Hear;
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await page.CallAsync($"{domain}.enable");
        }

        await page.CallAsync("Emulation.setDeviceMetricsOverride", new()
        {
            ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false,
        });
        await page.CallAsync("Emulation.setEmulatedMedia", new()
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
        });
        await page.CallAsync("Page.navigate", new() { ["url"] = address.AbsoluteUri });
        await page._loaded.Task.WaitAsync(Patience);
        return page;
    }

    /// <summary>Value of an expression or of the promise it gives.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await CallAsync("Runtime.evaluate", new()
        {
            ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true,
        });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"];
    }

    /// <summary>Writes the whole page as a picture.</summary>
    public async Task ScreenshotAsync(string file)
    {
        var size = (await CallAsync("Page.getLayoutMetrics"))["cssContentSize"]!;
        var shot = await CallAsync("Page.captureScreenshot", new()
        {
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject
            {
                ["x"] = 0,
                ["y"] = 0,
                ["scale"] = 1,
                ["width"] = size["width"]!.DeepClone(),
                ["height"] = size["height"]!.DeepClone(),
            },
        });
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, Convert.FromBase64String((string)shot["data"]!));
    }

    public Task<JsonNode> CallAsync(string method, JsonObject? parameters = null) =>
        _browser.CallAsync(method, parameters, _session);

    public async ValueTask DisposeAsync()
    {
        _browser.Heard -= Hear;
        await _browser.CallAsync("Target.closeTarget", new() { ["targetId"] = _target });
    }

    private void Hear(string session, JsonNode message)
    {
        if (session != _session)
        {
            return;
        }

        var body = message["params"]!;
        switch ((string)message["method"]!)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                _requests.Enqueue((string)body["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                _complaints.Enqueue(body["exceptionDetails"]!.ToJsonString());
                break;
            case "Log.entryAdded":
                _complaints.Enqueue(body["entry"]!["text"]!.ToString());
                break;
            case "Runtime.consoleAPICalled" when (string)body["type"]! is "error" or "warning" or "assert":
                _complaints.Enqueue($"{(string)body["type"]!}: {body["args"]!.ToJsonString()}");
                break;
            default:
                break;
        }
    }
}
