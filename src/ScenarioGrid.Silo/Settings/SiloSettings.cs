using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>The settings of a silo, checked.</summary>
public sealed record SiloSettings
{
    /// <summary>Host and port of Redis.</summary>
    public required DnsEndPoint Redis { get; init; }

    public string? RedisUser { get; init; }

    /// <summary>Password of Redis, from its file. Never shown.</summary>
    public string? RedisPassword { get; init; }

    public bool RedisTls { get; init; }

    public required string ClusterId { get; init; }

    public required string ServiceId { get; init; }

    /// <summary>One address, never all of them: the ports on it are open to whoever reaches it.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Port for other silos, never 0.</summary>
    public required int SiloPort { get; init; }

    /// <summary>Port for clients inside the trust zone, never 0.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>The way in over HTTP; null for none.</summary>
    public HttpSettings? Http { get; init; }

    /// <summary>Worker slots.</summary>
    public required int Workers { get; init; }

    /// <summary>Time after which a worker's thread counts as stuck.</summary>
    public TimeSpan WindowMost { get; init; }

    /// <summary>Time that the results of an ended campaign are kept; zero for ever.</summary>
    public TimeSpan Retention { get; init; }

    /// <summary>How much work the cluster takes on.</summary>
    public required AdmissionLimits Limits { get; init; }

    public bool Kubernetes { get; init; }

    /// <summary>Where OpenTelemetry goes; null for nowhere.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>Name of the silo; the password is not in it.</summary>
    public override string ToString() => $"{Address}:{SiloPort}";

    /// <summary>Checks the settings.</summary>
    /// <exception cref="SettingException">The first that cannot be used.</exception>
    public static SiloSettings From(SettingSource source)
    {
        var address = AddressOf(source);
        return new()
        {
            Redis = RedisOf(source),
            RedisUser = source.Text(Setting.RedisUser),
            RedisPassword = source.Text(Setting.RedisPasswordFile) is { } file ? Password(source, file) : null,
            RedisTls = Flag(source, Setting.RedisTls),
            ClusterId = Name(source, Setting.ClusterId),
            ServiceId = Name(source, Setting.ServiceId),
            Address = address,
            SiloPort = Port(source, Setting.SiloPort, address),
            GatewayPort = Port(source, Setting.GatewayPort, address),
            Http = HttpSettings.From(source),
            Workers = Number(source, Setting.Workers, 1, 1024, Environment.ProcessorCount),
            WindowMost = TimeSpan.FromSeconds(Number(source, Setting.WindowSeconds, 1, 86_400, 60)),
            Retention = TimeSpan.FromDays(Number(source, Setting.RetentionDays, 0, 36_500, 30)),
            Limits = new AdmissionLimits(
                Number(source, Setting.CampaignsPerOwner, 1, 1_000_000, 8),
                Number(source, Setting.CellsWaiting, 1, int.MaxValue, 5_000_000)),
            Kubernetes = Flag(source, Setting.Kubernetes),
            Telemetry = TelemetryOf(source),
        };
    }

    /// <summary>A whole number within bounds.</summary>
    internal static int Number(SettingSource source, Setting setting, int least, int most, int fallback)
    {
        if (source.Text(setting) is not { } text)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
                ? number
                : throw source.Wrong(setting, $"'{text}' must be a whole number from {least} to {most}");
    }

    private static bool Flag(SettingSource source, Setting setting) => source.Text(setting) switch
    {
        "true" => true,
        "false" => false,
        var text => throw source.Wrong(setting, $"'{text}' must be true or false"),
    };

    private static string Name(SettingSource source, Setting setting)
    {
        var text = source.Text(setting) ?? "";
        return text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : throw source.Wrong(setting, $"'{text}' must be 1 to 64 letters, digits or . _ -");
    }

    private static DnsEndPoint RedisOf(SettingSource source)
    {
        var text = source.Text(Setting.Redis) ?? "";
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon].Trim('[', ']') : "";
        if (host.Length == 0 || Uri.CheckHostName(host) == UriHostNameType.Unknown
            || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port == 0)
        {
            // The text is not repeated: people put passwords there.
            throw source.Wrong(Setting.Redis, "must be host:port; the password goes into a file (redisPasswordFile)");
        }

        return new(host, port);
    }

    private static string Password(SettingSource source, string file)
    {
        if (SecretFile.Problem(file) is { } problem)
        {
            throw source.Wrong(Setting.RedisPasswordFile, problem);
        }

        var password = File.ReadAllText(file).TrimEnd('\r', '\n');
        return password.Length > 0 ? password : throw source.Wrong(Setting.RedisPasswordFile, $"{file} is empty");
    }

    private static IPAddress AddressOf(SettingSource source)
    {
        var text = source.Text(Setting.Address) ?? "";
        if (text == "auto")
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(n => n.OperationalStatus == OperationalStatus.Up)
                .SelectMany(n => n.GetIPProperties().UnicastAddresses)
                .Select(u => u.Address)
                .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a))
                ?? throw source.Wrong(Setting.Address, "auto finds no address but loopback");
        }

        if (!IPAddress.TryParse(text, out var address))
        {
            throw source.Wrong(Setting.Address, $"'{text}' must be an IP address or auto");
        }

        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? throw source.Wrong(
                Setting.Address, $"{text} would open the silo on every network; name one address, or auto")
            : address;
    }

    private static int Port(SettingSource source, Setting setting, IPAddress address)
    {
        var port = Number(source, setting, 0, 65535, 0);
        if (port > 0)
        {
            return port;
        }

        try
        {
            using var listener = new TcpListener(address, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException e)
        {
            throw source.Wrong(Setting.Address, $"no port can be opened on {address}: {e.Message}");
        }
    }

    private static Uri? TelemetryOf(SettingSource source) => source.Text(Setting.Telemetry) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => uri,
        _ => throw source.Wrong(Setting.Telemetry, "must be an http or https address"),
    };
}
