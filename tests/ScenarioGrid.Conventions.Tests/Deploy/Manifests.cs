namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The objects of deploy/kubernetes.</summary>
internal static class Manifests
{
    public const string Folder = "deploy/kubernetes", Template = $"{Folder}/secrets.template.yaml";

    public static readonly IReadOnlyList<Tree> All = [.. Repository.Files(Folder, ".yaml").SelectMany(Tree.Load)];

    /// <summary>Deployments and StatefulSets.</summary>
    public static IEnumerable<Tree> Workloads => All.Where(m => m["kind"].Text is "Deployment" or "StatefulSet");

    public static IEnumerable<Tree> OfKind(string kind) => All.Where(m => m["kind"].Text == kind);

    public static Tree One(string kind, string name) =>
        OfKind(kind).Single(m => m["metadata"]["name"].Text == name);

    public static Tree Pod(Tree workload) => workload["spec"]["template"]["spec"];

    public static Tree Container(Tree workload) => Pod(workload)["containers"].Items.Single();

    public static IReadOnlyDictionary<string, string> Labels(Tree workload) =>
        workload["spec"]["template"]["metadata"]["labels"].Strings;

    /// <summary>Workloads whose pods a selector takes; an empty selector takes all.</summary>
    public static IEnumerable<Tree> Selected(IReadOnlyDictionary<string, string> labels) =>
        Workloads.Where(w => labels.All(l => Labels(w).GetValueOrDefault(l.Key) == l.Value));

    /// <summary>Ports of a workload's container by name.</summary>
    public static IReadOnlyDictionary<string, string> Ports(Tree workload) => Container(workload)["ports"].Items
        .ToDictionary(p => p["name"].Text, p => p["containerPort"].Text, StringComparer.Ordinal);

    /// <summary>Environment of a workload's container by name.</summary>
    public static IReadOnlyDictionary<string, Tree> Environment(Tree workload) => Container(workload)["env"].Items
        .ToDictionary(e => e["name"].Text, e => e, StringComparer.Ordinal);
}
