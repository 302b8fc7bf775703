using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo.Tests.Store;
using StackExchange.Redis;
using Role = ScenarioGrid.Grains.Role;

namespace ScenarioGrid.Silo.Tests;

/// <summary>The silo as a process of its own.</summary>
public sealed class SiloProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenariogrid-silo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("without tokens everybody would be the operator", "--http", "http://0.0.0.0:8080")]
    [InlineData("did you mean '--redis'?", "--reddis", "x:1")]
    [InlineData("every network", "--address", "0.0.0.0")]
    public async Task Settings_that_cannot_be_used_end_it_with_78_and_one_line(string part, params string[] flags)
    {
        using var silo = Start(flags);
        await silo.WaitForExitAsync();
        var lines = (await silo.StandardError.ReadToEndAsync()).TrimEnd().Split('\n');
        Assert.Equal(78, silo.ExitCode);
        Assert.Contains(part, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("siloPort", "--silo-port")]
    [InlineData("gatewayPort", "--gateway-port")]
    [InlineData("http", "--http")]
    public async Task A_port_that_somebody_has_ends_it_with_78_before_it_can_push_out_the_silo_that_has_it(
        string key, string flag)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var free = new Dictionary<string, string>
        {
            ["--silo-port"] = "0", ["--gateway-port"] = "0", ["--http"] = "none",
            [flag] = flag == "--http" ? $"http://127.0.0.1:{port}" : $"{port}",
        };
        using var silo = Start([.. free.SelectMany(f => new[] { f.Key, f.Value })]);
        await silo.WaitForExitAsync();
        var line = (await silo.StandardError.ReadToEndAsync()).TrimEnd();
        Assert.Equal(78, silo.ExitCode);
        Assert.StartsWith(
            $"scenariogrid silo: {key}: 127.0.0.1:{port} is in use", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public async Task The_settings_are_shown_with_their_origin()
    {
        using var silo = Start(["--show-config", "--workers", "3"]);
        await silo.WaitForExitAsync();
        Assert.Equal(0, silo.ExitCode);
        Assert.Matches("(?m)^workers +3 +--workers\r?$", await silo.StandardOutput.ReadToEndAsync());
    }

    [SkippableFact]
    public async Task It_serves_under_the_deployed_rights_opens_only_HTTP_to_others_and_ends_on_SIGTERM_with_0()
    {
        Skip.IfNot(RedisServer.IsRedis && OperatingSystem.IsLinux(), "needs redis-server and /proc");
        const string password = "canary-redis";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
        var deployed = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "users.acl"));
        var users = Secret("users.acl", deployed.Replace(">PASSWORD ", $"#{hash} ", StringComparison.Ordinal)
            + "user auditor on >auditor ~* &* +@all\n");
        var redis = new RedisServer(redis: true, "--aclfile", users);
        await redis.InitializeAsync();
        var (token, line) = TokenFile.NewLine("alice", Role.Submitter, DateTimeOffset.UtcNow.AddHours(1));
        var port = RedisServer.FreePort();
        using var silo = Start(
        [
            "--redis", redis.Address, "--redis-user", "scenariogrid",
            "--redis-password-file", Secret("password", password), "--tokens-file", Secret("tokens", line),
            "--http", $"http://0.0.0.0:{port}", "--silo-port", "0", "--gateway-port", "0", "--workers", "1",
        ]);
        var log = await ReadyLine(silo);
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/campaigns")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/campaigns")).StatusCode);

        var open = Listeners(silo.Id);
        Assert.Equal([port], open.Where(l => !l.IsLoopback).Select(l => l.Port));
        Assert.True(open.Count >= 3, "silo, gateway and HTTP listen");

        using var kill = Process.Start("kill", ["-TERM", $"{silo.Id}"]);
        await silo.WaitForExitAsync();
        log += await silo.StandardError.ReadToEndAsync();
        Assert.Equal(0, silo.ExitCode);
        Assert.DoesNotContain("canary", log, StringComparison.Ordinal);
        Assert.DoesNotContain(token[3..], log, StringComparison.Ordinal);
        Assert.DoesNotContain(" error ", log, StringComparison.Ordinal);
        Assert.Empty(await Denials(redis));
        await redis.DisposeAsync();
    }

    private static async Task<string> ReadyLine(Process silo)
    {
        var log = new StringBuilder();
        while (await silo.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            log.AppendLine(line);
            if (line.Contains("of cluster scenariogrid works on", StringComparison.Ordinal))
            {
                return log.ToString();
            }
        }

        Assert.Fail($"The silo ended before it was ready:\n{log}");
        return "";
    }

    private static async Task<string[]> Denials(RedisServer redis)
    {
        await using var auditor = await ConnectionMultiplexer.ConnectAsync(
            $"{redis.Address},user=auditor,password=auditor");
        var log = (RedisResult[])(await auditor.GetDatabase().ExecuteAsync("ACL", "LOG"))!;
        return [.. log.Select(l => string.Join(' ', ((RedisResult[])l!).Select(f => f.ToString())))];
    }

    /// <summary>What <c>ss -ltnp</c> says of a process.</summary>
    private static List<(int Port, bool IsLoopback)> Listeners(int process)
    {
        const string listening = "0A";
        var sockets = Directory.GetFiles($"/proc/{process}/fd")
            .Select(f => File.ResolveLinkTarget(f, false)?.Name ?? "")
            .Where(n => n.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(n => n["socket:[".Length..^1]).ToHashSet();
        return [.. new[] { "tcp", "tcp6" }.Select(t => $"/proc/{process}/net/{t}").Where(File.Exists)
            .SelectMany(f => File.ReadAllLines(f).Skip(1))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w[3] == listening && sockets.Contains(w[9]))
            .Select(w => w[1].Split(':'))
            .Select(a => (int.Parse(a[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), IsLoopback(a[0])))];
    }

    /// <summary>127.0.0.1 as itself or mapped into IPv6, or ::1, as the kernel prints them.</summary>
    private static bool IsLoopback(string hex) =>
        hex is "0100007F" or "0000000000000000FFFF00000100007F" or "00000000000000000000000001000000";

    private string Secret(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }

    private Process Start(string[] flags) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "ScenarioGrid.Silo.dll"), .. flags])
    {
        RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder,
    })!;
}
