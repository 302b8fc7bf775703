using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ScenarioGrid.Cli;

/// <summary>The store of a laptop cluster: redis-server if it is installed, else the store program of
/// ScenarioGrid.</summary>
public static class StoreProgram
{
    private const string Redis = "redis-server";
    private const string PasswordFile = "store.password";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan ReadyMost = TimeSpan.FromSeconds(30);

    /// <summary>Starts the store on loopback, with its data in a folder: what an earlier one accepted is there
    /// again.</summary>
    /// <param name="folder">Folder of the laptop cluster.</param>
    /// <param name="port">Port.</param>
    /// <exception cref="CommandException">There is no program for it, or it does not start.</exception>
    public static LocalStore Start(string folder, int port)
    {
        var log = Path.Combine(folder, "store.log");
        var data = Path.Combine(folder, "store");
        Directory.CreateDirectory(data);
        if (Installed(Redis) is { } redis)
        {
            return new LocalStore(
                Daemon.Start(log, [redis, Configuration(folder, data, port)]), port, Redis);
        }

        var program = OwnStore() ?? throw new CommandException(Exit.Usage,
            "the cluster needs a store: install redis-server (apt-get install redis-server), "
            + "or build the small one: dotnet build -c Release src/ScenarioGrid.Store");
        return new LocalStore(
            Daemon.Start(log, [.. Programs.Dotnet(program), "--port", Programs.Text(port), "--folder", data]), port,
            Path.GetFileNameWithoutExtension(program));
    }

    /// <summary>The flags by which a silo finds the store.</summary>
    public static IReadOnlyList<string> SiloFlags(string folder, LocalStore store) =>
    [
        "--redis", $"127.0.0.1:{Programs.Text(store.Port)}",
        .. store.Program == Redis
            ? new[] { "--redis-password-file", Path.GetFullPath(Path.Combine(folder, PasswordFile)) }
            : [],
    ];

    /// <summary>Waits until the store takes connections.</summary>
    /// <exception cref="CommandException">It ends, or stays silent.</exception>
    public static async Task Ready(string folder, LocalStore store, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ReadyMost);
        while (true)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", store.Port, limit.Token);
                return;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                stop.ThrowIfCancellationRequested();
                if (!store.Process.IsAlive || limit.IsCancellationRequested)
                {
                    throw new CommandException(Exit.Failed,
                        $"{store.Program} did not start:\n{Daemon.LastLines(Path.Combine(folder, "store.log"))}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
            }
        }
    }

    /// <summary>Writes the configuration of Redis: every write is on disk before it is answered, and other users of
    /// this machine need the password.</summary>
    private static string Configuration(string folder, string data, int port)
    {
        var password = Path.Combine(folder, PasswordFile);
        if (!File.Exists(password))
        {
            Write(password, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
        }

        var file = Path.Combine(folder, "redis.conf");
        Write(file, $"""
            bind 127.0.0.1
            port {Programs.Text(port)}
            dir "{Path.GetFullPath(data)}"
            requirepass {File.ReadAllText(password).Trim()}
            appendonly yes
            appendfsync always
            save ""
            daemonize no
            maxmemory-policy noeviction

            """);
        return file;
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string? Installed(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);

    /// <summary>The store program: named by the environment, beside the console, or in the checkout it was built
    /// from.</summary>
    private static string? OwnStore()
    {
        const string dll = "ScenarioGrid.Store.dll";
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        string?[] places =
        [
            Environment.GetEnvironmentVariable("SCENARIOGRID_STORE"),
            Path.Combine(here.FullName, "store", dll),

            // src/ScenarioGrid.Cli/bin/Release/net10.0 -> src/ScenarioGrid.Store/bin/Release/net10.0
            here.Parent?.Parent?.Parent?.Parent is { } sources
                ? Path.Combine(sources.FullName, "ScenarioGrid.Store", "bin", here.Parent.Name, here.Name, dll)
                : null,
        ];
        return places.FirstOrDefault(p => p is { Length: > 0 } && File.Exists(p));
    }
}
