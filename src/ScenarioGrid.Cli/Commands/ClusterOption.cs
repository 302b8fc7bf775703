using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>--cluster: which cluster a verb talks to.</summary>
public static class ClusterOption
{
    /// <summary>Variable for the cluster when no flag says it.</summary>
    public const string Variable = "SCENARIOGRID_CLUSTER";

    /// <summary>What the help of every verb says of addresses and secrets.</summary>
    public const string Help = "\n\nA cluster is http(s)://host:port (token: SCENARIOGRID_TOKEN_FILE), "
        + "redis://host:port[/clusterId] inside the trust zone (password: SCENARIOGRID_REDIS_PASSWORD_FILE), "
        + "or local: the one that 'cluster up' started in this folder. Default: SCENARIOGRID_CLUSTER, else local.";

    /// <summary>What the help of verbs on runs says beside it.</summary>
    public const string RunHelp = "\n\nA run that is not here, or was fetched from a cluster, is looked for in the "
        + "cluster: --cluster, else SCENARIOGRID_CLUSTER, else the one that 'cluster up' started in this folder. Only "
        + "results that are missing are fetched. --cluster none looks here only.";

    public static Option<string?> Create() => new("--cluster", "-c")
    {
        Description = "cluster to ask (default: SCENARIOGRID_CLUSTER, else the one of 'cluster up')",
        HelpName = "address",
    };

    /// <summary>The cluster of a verb that needs one.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static ClusterAddress Need(string? flag) => Find(flag) ?? throw new CommandException(Exit.Usage,
        "no cluster is named and none is up here; use --cluster, or start one: scenariogrid cluster up");

    /// <summary>The cluster that the flag, the environment or the state of 'cluster up' names, or null.</summary>
    public static ClusterAddress? Find(string? flag) => Named(flag) is { Length: > 0 } text
        ? text == ClusterAddress.None ? null : Parse(text)
        : Local(ClusterState.DefaultFolder);

    /// <summary>The cluster that the flag or the environment names, or null: no other is meant.</summary>
    public static ClusterAddress? FindNamed(string? flag) =>
        Named(flag) is { Length: > 0 } text && text != ClusterAddress.None ? Parse(text) : null;

    private static string? Named(string? flag) => flag ?? Environment.GetEnvironmentVariable(Variable);

    private static ClusterAddress Parse(string text) => text == ClusterAddress.Local
        ? Local(ClusterState.DefaultFolder) ?? throw new CommandException(Exit.NotFound,
            $"no silo of a local cluster is up in {ClusterState.DefaultFolder}; start one: scenariogrid cluster up")
        : ClusterAddress.Parse(text);

    /// <summary>The silos that live of a cluster that 'cluster up' started, or null when none does.</summary>
    public static HttpAddress? Local(ClusterState? state) => state?.Address is { } address
        ? address with { Name = ClusterAddress.Local }
        : null;

    private static HttpAddress? Local(string folder) => Local(ClusterState.Read(folder));
}
