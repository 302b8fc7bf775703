using System.Net;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>Where HTTP listens and whom it serves.</summary>
/// <param name="Address">One address of this machine, or all of them.</param>
/// <param name="Port">Port; 0 for a free one.</param>
/// <param name="TokensFile">File of token lines; null when everybody on this machine is the operator.</param>
public sealed record HttpSettings(IPAddress Address, int Port, string? TokensFile)
{
    /// <summary>Names that requests may carry as host, beside localhost and addresses.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Time after which a worker's thread counts as stuck.</summary>
    public TimeSpan WindowMost { get; init; } = GridHosting.WindowMost;

    /// <summary>The limits of a caller and a connection.</summary>
    public HttpLimits Limits { get; init; } = new();

    /// <summary>Checks the settings.</summary>
    /// <returns>Null when HTTP is off.</returns>
    /// <exception cref="SettingException">The first that cannot be used.</exception>
    public static HttpSettings? From(SettingSource source)
    {
        var text = source.Text(Setting.Http) ?? "";
        if (text == "none")
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "http" || uri.AbsolutePath != "/"
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
        {
            throw source.Wrong(
                Setting.Http, $"'{text}' must be http://ADDRESS:PORT or none; TLS ends in a proxy before it");
        }

        var address = AddressOf(source, uri);
        var tokens = source.Text(Setting.TokensFile);
        if (tokens is null && !IPAddress.IsLoopback(address))
        {
            throw source.Wrong(
                Setting.Http,
                $"{text} can be reached from other machines, and without tokens everybody would be the operator; "
                + "set tokensFile (scenariogrid token new makes a line), or listen on 127.0.0.1");
        }

        if (tokens is not null && TokenFile.Problem(tokens) is { } problem)
        {
            throw source.Wrong(Setting.TokensFile, problem);
        }

        return new(address, uri.Port, tokens)
        {
            Hosts = (source.Text(Setting.Hosts) ?? "").Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            WindowMost = TimeSpan.FromSeconds(SiloSettings.Number(source, Setting.WindowSeconds, 1, 86_400, 60)),
            Limits = new()
            {
                RequestsPerSecond = SiloSettings.Number(source, Setting.RequestsPerSecond, 1, 100_000, 20),
                SubmitsPerMinute = SiloSettings.Number(source, Setting.SubmitsPerMinute, 1, 100_000, 10),
            },
        };
    }

    private static IPAddress AddressOf(SettingSource source, Uri uri) =>
        uri.Host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? address
        : throw source.Wrong(Setting.Http, $"'{uri.Host}' must be an IP address or localhost");
}

/// <summary>The limits of a caller and of a connection.</summary>
public sealed record HttpLimits
{
    /// <summary>Requests a second that one token may send on average; twice as many may come at once.</summary>
    public int RequestsPerSecond { get; init; } = 20;

    /// <summary>Submissions that one token may send in a minute.</summary>
    public int SubmitsPerMinute { get; init; } = 10;

    /// <summary>Refused tokens of one address in a minute, before it is only told to wait.</summary>
    public int FailuresPerMinute { get; init; } = 10;

    /// <summary>Event streams that one token may hold open.</summary>
    public int StreamsMax { get; init; } = 4;

    /// <summary>Bytes of a request's body.</summary>
    public int BodyBytesMax { get; init; } = 256 * 1024;

    /// <summary>Time for a request, event streams excepted.</summary>
    public TimeSpan RequestTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time in which a client must have sent its headers.</summary>
    public TimeSpan HeaderTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for which a body may be slower than 240 bytes a second.</summary>
    public TimeSpan SlowBodyTime { get; init; } = TimeSpan.FromSeconds(5);
}
