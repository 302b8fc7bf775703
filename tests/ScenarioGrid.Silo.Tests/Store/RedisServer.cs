using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;

namespace ScenarioGrid.Silo.Tests.Store;

/// <summary>
/// A Redis of the test's own: <c>redis-server</c> with every write on disk before its answer, or Garnet where it is not
/// installed or <c>SCENARIOGRID_TEST_STORE=garnet</c> is set.
/// </summary>
public sealed class RedisServer : IAsyncLifetime
{
    private const int Tries = 300;

    private readonly string[] options;
    private readonly bool redis;
    private readonly string folder = Directory.CreateTempSubdirectory("scenariogrid-redis-").FullName;
    private Process? process;

    public RedisServer()
        : this(IsRedis)
    {
    }

    /// <summary>A server of one kind.</summary>
    /// <param name="redis">Whether it is redis-server.</param>
    /// <param name="options">Further options of redis-server, such as <c>--aclfile path</c>.</param>
    internal RedisServer(bool redis, params string[] options) => (this.redis, this.options) = (redis, options);

    /// <summary>Whether redis-server is there and wanted.</summary>
    public static bool IsRedis { get; } = Environment.GetEnvironmentVariable("SCENARIOGRID_TEST_STORE") != "garnet"
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(p => File.Exists(Path.Combine(p, "redis-server")));

    /// <summary>Path of the program that is Garnet.</summary>
    public static string StoreProgram { get; } = typeof(RedisServer).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "StoreProgram").Value!;

    /// <summary>Loopback port, the same for all its lives.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Where it is, as a client reads it.</summary>
    public string Address => $"127.0.0.1:{Port}";

    public Task InitializeAsync() => Start();

    public Task DisposeAsync()
    {
        Kill();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts it on what is in its folder, and returns when it answers.</summary>
    public async Task Start()
    {
        process = Process.Start(redis ? Redis() : Garnet())!;
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var left = Tries; left > 0 && !process.HasExited; left--)
        {
            if (await Answers())
            {
                return;
            }

            await ticks.WaitForNextTickAsync();
        }

        Assert.Fail($"The test's Redis on {Address} does not answer.\n{Log()}");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        process?.Kill(entireProcessTree: true);
        process?.WaitForExit();
        process?.Dispose();
        process = null;
    }

    /// <summary>Asks it to end, and returns its exit code.</summary>
    public int Terminate()
    {
        Signal("TERM");
        process!.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Stops it where it is: connections stay, nothing is answered.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process!.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private ProcessStartInfo Redis() => new("redis-server",
    [
        "--bind", "127.0.0.1", "--port", $"{Port}", "--dir", folder, "--logfile", "server.log", "--save", "",
        "--appendonly", "yes", "--appendfsync", "always", .. options,
    ]);

    private ProcessStartInfo Garnet() =>
        new("dotnet", [StoreProgram, "--port", $"{Port}", "--folder", folder]);

    private string Log() => redis ? File.ReadAllText(Path.Combine(folder, "server.log")) : "";

    /// <summary>Whether something on the port answers PING; a refusal of a stranger is an answer too.</summary>
    private async Task<bool> Answers()
    {
        try
        {
            using var client = new TcpClient();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await client.ConnectAsync(IPAddress.Loopback, Port, limit.Token);
            await client.GetStream().WriteAsync("*1\r\n$4\r\nPING\r\n"u8.ToArray(), limit.Token);
            var answer = new byte[64];
            var length = await client.GetStream().ReadAsync(answer, limit.Token);
            return Encoding.ASCII.GetString(answer, 0, length) is var text
                && (text.StartsWith("+PONG", StringComparison.Ordinal)
                    || text.StartsWith("-NOAUTH", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>A loopback port that nobody has now.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
