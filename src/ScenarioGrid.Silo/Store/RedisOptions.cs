using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace ScenarioGrid.Silo;

/// <summary>How a silo connects to Redis: for the ledger and for Orleans' membership alike.</summary>
public static class RedisOptions
{
    /// <summary>Milliseconds after which an operation has failed; with a heartbeat on top it stays under 5 s.</summary>
    public const int OperationMs = 3500;

    private const int HeartbeatMs = 500, ConnectMs = 3000, DeadSocketMs = 8000, KeepAliveSeconds = 2;

    /// <summary>Options of a connection that waits for Redis, comes back by itself and gives up an operation in
    /// time.</summary>
    /// <param name="connection">As StackExchange.Redis reads it: <c>host:port,user=name,password=secret,ssl=true</c>.
    /// </param>
    /// <param name="password">Password that goes before the one in the text; null when there is none.</param>
    /// <exception cref="ArgumentException">The text is not understood.</exception>
    public static ConfigurationOptions Parse(string connection, string? password = null)
    {
        var options = ConfigurationOptions.Parse(connection);
        if (options.EndPoints.Count == 0)
        {
            throw new ArgumentException("The Redis connection names no host; write host:port.", nameof(connection));
        }

        options.Password = password ?? options.Password;
        options.ClientName ??= "scenariogrid";
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = ConnectMs;
        options.AsyncTimeout = options.SyncTimeout = OperationMs;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(HeartbeatMs);
        options.KeepAlive = KeepAliveSeconds;
        options.ReconnectRetryPolicy = new ExponentialRetry(HeartbeatMs, 2000);

        // There is one primary, and its commands to name a client's library came with 7.2: these would only need
        // rights that nobody has.
        options.SetClientLibrary = false;
        options.ConfigurationChannel = options.TieBreaker = "";
        options.BeforeSocketConnect = (_, _, socket) => GiveUpDeadSocket(socket);
        return options;
    }

    /// <summary>Hosts and ports of a connection, without any secret.</summary>
    public static string Address(IConnectionMultiplexer redis) => string.Join(", ", redis.GetEndPoints().Select(Text));

    private static string Text(EndPoint end) => end switch
    {
        DnsEndPoint name => $"{name.Host}:{name.Port}",
        _ => $"{end}",
    };

    /// <summary>Where packets are dropped, Linux sends again for 15 minutes before it says so; this is sooner.
    /// </summary>
    private static void GiveUpDeadSocket(Socket? socket)
    {
        const int tcp = 6, userTimeout = 18;
        if (OperatingSystem.IsLinux() && socket is { ProtocolType: ProtocolType.Tcp })
        {
            socket.SetRawSocketOption(tcp, userTimeout, BitConverter.GetBytes(DeadSocketMs));
        }
    }
}
