using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Http;

/// <summary>The way in over HTTP as it is deployed, on a free loopback port, before a grid that is not there.</summary>
public sealed class TestFront : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _tokens;
    private readonly StringWriter _log = new();

    private TestFront(WebApplication app, string tokens, StringWriter log)
    {
        (_app, _tokens, _log) = (app, tokens, log);
        Address = new(HttpFront.Address(app)!);
    }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public FakeFront Front => (FakeFront)Services.GetRequiredService<ICampaignFront>();

    public FakeHealth Health => (FakeHealth)Services.GetRequiredService<ISiloHealth>();

    /// <summary>A token of each role; all are alice's.</summary>
    public Dictionary<Role, string> Tokens { get; } = [];

    /// <summary>All that was logged.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="limits">Its limits; wide ones when left out.</param>
    /// <param name="time">Its clock; the machine's when left out.</param>
    /// <param name="hasTokens">Whether it asks for tokens.</param>
    /// <param name="logEverything">Whether it logs all that any part of it says.</param>
    public static async Task<TestFront> Start(
        HttpLimits? limits = null, TimeProvider? time = null, bool hasTokens = true, bool logEverything = false)
    {
        var tokens = Path.GetTempFileName();
        var made = new Dictionary<Role, string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            (made[role], var line) = TokenFile.NewLine(FakeFront.Owner, role, DateTimeOffset.UtcNow.AddDays(1));
            await File.AppendAllTextAsync(tokens, line + "\n");
        }

        var log = new StringWriter();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.AddLines(TextWriter.Synchronized(log));
        if (logEverything)
        {
            builder.Logging.ClearProviders().AddProvider(new LineLog(TextWriter.Synchronized(log), TimeProvider.System))
                .Services.Configure<LoggerFilterOptions>(o =>
                {
                    o.Rules.Clear();
                    o.MinLevel = LogLevel.Trace;
                });
        }

        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<ICampaignFront>(new FakeFront());
        builder.Services.AddSingleton<ISiloHealth>(new FakeHealth());
        builder.Services.AddSingleton<SiloFence>();
        builder.Services.AddSingleton<ILedgerStore>(new MemoryStore(TimeProvider.System));
        builder.Services.AddSingleton<StoreProbe>();
        builder.AddHttpFront(new HttpSettings(IPAddress.Loopback, 0, hasTokens ? tokens : null)
        {
            Hosts = ["grid.example"],
            Limits = limits
                ?? new() { RequestsPerSecond = 10_000, SubmitsPerMinute = 10_000, FailuresPerMinute = 10_000 },
        });
        var app = builder.Build().UseHttpFront();
        await app.StartAsync();
        await app.Services.GetRequiredService<StoreProbe>().Ask();
        var front = new TestFront(app, tokens, log);
        foreach (var (role, token) in made)
        {
            front.Tokens[role] = token;
        }

        return front;
    }

    /// <summary>A client with the token of a role, or without one.</summary>
    public HttpClient Client(Role? role)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
        if (role is { } known)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens[known]);
        }

        return client;
    }

    /// <summary>Maps a route as somebody would who forgot who may use it.</summary>
    public void MapUnguarded(string path) => _app.MapGet(path, () => "open");

    /// <summary>Rewrites the tokens file.</summary>
    public void EditTokens(Func<string, string> edit) => File.WriteAllText(_tokens, edit(File.ReadAllText(_tokens)));

    /// <summary>The code of a refusal.</summary>
    public static async Task<string?> Code(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    /// <summary>Ends it as a signal would.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_tokens);
    }
}
