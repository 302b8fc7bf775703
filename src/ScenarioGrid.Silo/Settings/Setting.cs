namespace ScenarioGrid.Silo;

/// <summary>A setting of the silo: one name in three spellings.</summary>
/// <param name="Flag">Name of the flag without dashes, as <c>redis-user</c>.</param>
/// <param name="Default">Value when nothing is set; null for none.</param>
/// <param name="Help">What it means, in one line.</param>
/// <param name="Variable">Name of the environment variable, if it is not the common one.</param>
public sealed record Setting(string Flag, string? Default, string Help, string? Variable = null)
{
    /// <summary>The environment variable, as <c>SCENARIOGRID_REDIS_USER</c>.</summary>
    public string Environment => Variable ?? "SCENARIOGRID_" + Flag.Replace('-', '_').ToUpperInvariant();

    /// <summary>The key in the file, as <c>redisUser</c>.</summary>
    public string Key { get; } = string.Concat(
        Flag.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    public static Setting Redis { get; } = new("redis", "127.0.0.1:6379", "host:port of Redis");

    public static Setting RedisUser { get; } = new("redis-user", null, "user of Redis");

    public static Setting RedisPasswordFile { get; } = new(
        "redis-password-file", null, "file with the password of Redis, readable by its owner only");

    public static Setting RedisTls { get; } = new("redis-tls", "false", "true to speak TLS with Redis");

    public static Setting ClusterId { get; } = new("cluster-id", "scenariogrid", "silos of one cluster share it");

    public static Setting ServiceId { get; } = new("service-id", "scenariogrid", "prefix of everything in Redis");

    public static Setting Address { get; } = new(
        "address", "127.0.0.1", "address for silos and clients inside; auto: the first that is not loopback");

    public static Setting SiloPort { get; } = new("silo-port", "11111", "port for other silos; 0: a free one");

    public static Setting GatewayPort { get; } = new("gateway-port", "30000", "port for clients inside; 0: a free one");

    public static Setting Http { get; } = new("http", "http://127.0.0.1:8080", "where HTTP listens; none: nowhere");

    public static Setting Hosts { get; } = new(
        "hosts", null, "names that HTTP answers to, comma separated; localhost and the address are always among them");

    public static Setting TokensFile { get; } = new(
        "tokens-file", null, "file of token lines; without one HTTP listens on loopback only");

    public static Setting RequestsPerSecond { get; } = new(
        "requests-per-second", "20", "HTTP requests a second of one token; twice as many at once");

    public static Setting SubmitsPerMinute { get; } = new(
        "submits-per-minute", "10", "campaigns that one token may submit in a minute");

    public static Setting Workers { get; } = new("workers", null, "workers, one thread each; default: one per core");

    public static Setting WindowSeconds { get; } = new(
        "window-seconds", "60", "time after which a worker's thread counts as stuck and is given up");

    public static Setting RetentionDays { get; } = new(
        "retention-days", "30", "days that the results of an ended campaign are kept; 0: for ever");

    public static Setting CampaignsPerOwner { get; } = new(
        "campaigns-per-owner", "8", "campaigns that one owner may have running");

    public static Setting CellsWaiting { get; } = new(
        "cells-waiting", "5000000", "cells that may wait over all campaigns before more are refused");

    public static Setting Kubernetes { get; } = new("kubernetes", "false", "true for a silo in a Kubernetes pod");

    public static Setting Telemetry { get; } = new(
        "otlp-endpoint", null, "where OpenTelemetry goes", "OTEL_EXPORTER_OTLP_ENDPOINT");

    /// <summary>All settings in the order they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Redis, RedisUser, RedisPasswordFile, RedisTls, ClusterId, ServiceId, Address, SiloPort, GatewayPort, Http,
        Hosts, TokensFile, RequestsPerSecond, SubmitsPerMinute, Workers, WindowSeconds, RetentionDays,
        CampaignsPerOwner, CellsWaiting, Kubernetes, Telemetry,
    ];
}

/// <summary>A setting cannot be used; the silo says the one line and ends with <see
/// cref="SiloExit.Settings"/>.</summary>
public sealed class SettingException(string message) : Exception(message);
