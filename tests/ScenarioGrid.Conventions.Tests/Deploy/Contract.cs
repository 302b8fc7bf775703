using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>What the silo offers to those who run it: its settings and its metrics.</summary>
internal static partial class Contract
{
    public const int HttpPort = 8080, SiloPort = 11111, GatewayPort = 30000, RedisPort = 6379;

    /// <summary>A silo that is asked to stop finishes at most this much work.</summary>
    public const int DrainSeconds = 10;

    /// <summary>Environment variables of the silo's settings, as its source declares them.</summary>
    public static readonly IReadOnlySet<string> Settings = SettingDeclaration()
        .Matches(Repository.Read("src/ScenarioGrid.Silo/Settings/Setting.cs"))
        .Select(m => m.Groups[2].Success ? m.Groups[2].Value : Variable(m.Groups[1].Value))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>What Orleans' Kubernetes hosting reads.</summary>
    public static readonly IReadOnlySet<string> HostingSettings = new HashSet<string>(StringComparer.Ordinal)
    {
        "POD_NAME", "POD_NAMESPACE", "POD_IP", "ORLEANS_SERVICE_ID", "ORLEANS_CLUSTER_ID",
    };

    public static readonly IReadOnlySet<string> Metrics = new HashSet<string>(StringComparer.Ordinal)
    {
        "scenariogrid_cells_total", "scenariogrid_path_ticks_total", "scenariogrid_leases_total",
        "scenariogrid_hedges_total", "scenariogrid_reexecutions_total", "scenariogrid_quarantined_total",
        "scenariogrid_stale_commits_total", "scenariogrid_conflicts_total", "scenariogrid_store_failures_total",
        "scenariogrid_queue_cells", "scenariogrid_campaigns_running", "scenariogrid_workers_busy",
        "scenariogrid_workers", "scenariogrid_fenced", "scenariogrid_store_milliseconds", "scenariogrid_cell_seconds",
    };

    private static readonly string[] Histograms = ["scenariogrid_store_milliseconds", "scenariogrid_cell_seconds"];

    /// <summary>Metrics that an expression of Prometheus names; a bucket is named by its histogram.</summary>
    public static IEnumerable<string> MetricsOf(string expression) =>
        MetricName().Matches(expression).Select(m => m.Value).Select(name => Histograms.FirstOrDefault(
            h => name == $"{h}_bucket" || name == $"{h}_sum" || name == $"{h}_count") ?? name);

    /// <summary>Scripts of a command that a container of Redis would not find.</summary>
    public static IEnumerable<string> MissingScripts(IEnumerable<string> command) => command
        .Where(w => w.StartsWith("/etc/redis/", StringComparison.Ordinal))
        .Where(w => !Repository.Exists($"deploy/redis/{Path.GetFileName(w)}"));

    /// <summary>True when a name belongs to an image and says which version of it.</summary>
    public static bool IsPinned(string image) => VersionTag().IsMatch(image);

    private static string Variable(string flag) => "SCENARIOGRID_" + flag.Replace('-', '_').ToUpperInvariant();

    [GeneratedRegex("""static Setting \w+ \{ get; \} = new\(\s*"([a-z-]+)"(?:[^{}]*?, "(OTEL_[A-Z_]+)")?""")]
    private static partial Regex SettingDeclaration();

    [GeneratedRegex(@"\bscenariogrid_\w+")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^[^:]+:v?\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?$")]
    private static partial Regex VersionTag();
}
