using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The manifests name each other rightly, and every kind has what it needs.</summary>
public partial class KubernetesTests
{
    private static readonly Dictionary<string, (string Version, string[] Needs)> Kinds = new(StringComparer.Ordinal)
    {
        ["Namespace"] = ("v1", []),
        ["ServiceAccount"] = ("v1", []),
        ["Secret"] = ("v1", ["type", "stringData"]),
        ["Service"] = ("v1", ["spec.selector", "spec.ports"]),
        ["Role"] = ("rbac.authorization.k8s.io/v1", ["rules"]),
        ["RoleBinding"] = ("rbac.authorization.k8s.io/v1", ["subjects", "roleRef"]),
        ["Deployment"] = ("apps/v1", ["spec.selector.matchLabels", "spec.template.spec.containers", "spec.strategy"]),
        ["StatefulSet"] = ("apps/v1",
            ["spec.selector.matchLabels", "spec.template.spec.containers", "spec.serviceName", "spec.replicas"]),
        ["PodDisruptionBudget"] = ("policy/v1", ["spec.selector.matchLabels"]),
        ["NetworkPolicy"] = ("networking.k8s.io/v1", ["spec.podSelector", "spec.policyTypes"]),
        ["HorizontalPodAutoscaler"] = ("autoscaling/v2",
            ["spec.scaleTargetRef", "spec.minReplicas", "spec.maxReplicas", "spec.metrics"]),
    };

    [Fact]
    public void Every_object_has_what_its_kind_needs() => Faults.None(Manifests.All.SelectMany(Missing));

    [Fact]
    public void Everything_is_applied_but_the_template_of_secrets()
    {
        var files = Repository.Files(Manifests.Folder, ".yaml").Where(f => f != Manifests.Template).ToArray();
        var kustomization = Tree.Load("deploy/kustomization.yaml").Single();
        Assert.Equal(files, kustomization["resources"].Texts.Select(r => $"deploy/{r}").Order(StringComparer.Ordinal));
        Faults.None(kustomization["configMapGenerator"].Items.Single()["files"].Texts
            .Where(f => !Repository.Exists($"deploy/{f}")));
    }

    [Fact]
    public void Every_selector_finds_its_pods()
    {
        Assert.All(Manifests.Workloads, w =>
            Assert.Equal([w], Manifests.Selected(w["spec"]["selector"]["matchLabels"].Strings)));
        Assert.All(Manifests.OfKind("Service"), s => Assert.Single(Manifests.Selected(s["spec"]["selector"].Strings)));
        Assert.All(Manifests.OfKind("PodDisruptionBudget"), b =>
            Assert.Single(Manifests.Selected(b["spec"]["selector"]["matchLabels"].Strings)));
        Assert.All(Manifests.Workloads.SelectMany(w => Manifests.Pod(w)["topologySpreadConstraints"].Items), t =>
            Assert.Single(Manifests.Selected(t["labelSelector"]["matchLabels"].Strings)));
        var set = Manifests.One("StatefulSet", "redis");
        Assert.True(Manifests.One("Service", set["spec"]["serviceName"].Text).IsThere);
    }

    [Fact]
    public void Services_and_probes_name_ports_that_are_open()
    {
        Faults.None(Manifests.OfKind("Service").SelectMany(s => s["spec"]["ports"].Items
            .Where(p => !Manifests.Ports(Manifests.Selected(s["spec"]["selector"].Strings).Single())
                .ContainsKey(p["targetPort"].Text)).Select(p => p.Where)));
        Faults.None(Manifests.Workloads.SelectMany(w => Probes(w)
            .Select(p => p["httpGet"]["port"].IsThere ? p["httpGet"]["port"] : p["tcpSocket"]["port"])
            .Where(p => p.IsThere && !Manifests.Ports(w).ContainsKey(p.Text)).Select(p => p.Where)));
        Faults.None(Contract.MissingScripts(Manifests.Workloads.SelectMany(w => Probes(w)
            .SelectMany(p => p["exec"]["command"].Texts).Concat(Manifests.Container(w)["command"].Texts))));
        Assert.All(Manifests.Workloads, w => Assert.Equal(3, Probes(w).Count(p => p.IsThere)));
    }

    [Fact]
    public void A_silo_is_alive_when_it_makes_progress_and_ready_when_it_may_work()
    {
        var silo = Manifests.Container(Manifests.One("Deployment", "silo"));
        Assert.Equal("/health/live", silo["livenessProbe"]["httpGet"]["path"].Text);
        Assert.Equal("/health/ready", silo["readinessProbe"]["httpGet"]["path"].Text);
    }

    [Fact]
    public void Settings_are_those_that_the_silo_knows_and_their_ports_are_open()
    {
        Faults.None(Manifests.Workloads.SelectMany(w => Manifests.Environment(w).Keys)
            .Except(Contract.Settings).Except(Contract.HostingSettings));
        var silo = Manifests.One("Deployment", "silo");
        var (settings, ports) = (Manifests.Environment(silo), Manifests.Ports(silo));
        Assert.Equal(ports["silo"], settings["SCENARIOGRID_SILO_PORT"]["value"].Text);
        Assert.Equal(ports["gateway"], settings["SCENARIOGRID_GATEWAY_PORT"]["value"].Text);
        Assert.EndsWith($":{ports["http"]}", settings["SCENARIOGRID_HTTP"]["value"].Text);
        Assert.Equal(Contract.HttpPort.ToString(), ports["http"]);
        Assert.Equal("redis:6379", settings["SCENARIOGRID_REDIS"]["value"].Text);
    }

    [Fact]
    public void Orleans_finds_its_labels_and_variables()
    {
        var silo = Manifests.One("Deployment", "silo");
        var (labels, settings) = (Manifests.Labels(silo), Manifests.Environment(silo));
        Faults.None(Contract.HostingSettings.Except(settings.Keys));
        Assert.All(new[] { ("orleans/serviceId", "SERVICE_ID"), ("orleans/clusterId", "CLUSTER_ID") }, pair =>
        {
            var (label, name) = pair;
            Assert.True(labels.ContainsKey(label));
            Assert.Equal($"metadata.labels['{label}']",
                settings[$"ORLEANS_{name}"]["valueFrom"]["fieldRef"]["fieldPath"].Text);
            Assert.Equal($"$(ORLEANS_{name})", settings[$"SCENARIOGRID_{name}"]["value"].Text);
        });
        Assert.Contains($" ~{labels["orleans/serviceId"]}/members/", Repository.Read("deploy/redis/users.acl"));
        // A variable can only use one that stands before it.
        var names = Manifests.Container(silo)["env"].Items.Select(e => e["name"].Text).ToList();
        Faults.None(settings.Values.SelectMany(e => Variable().Matches(e["value"].Text)
            .Where(m => names.IndexOf(m.Groups[1].Value) is var i && (i < 0 || i >= names.IndexOf(e["name"].Text)))
            .Select(m => $"{e.Where}: {m.Value}")));
    }

    [Fact]
    public void Silos_may_watch_the_pods_of_their_namespace_and_nothing_else()
    {
        var rule = Assert.Single(Manifests.OfKind("Role").Single()["rules"].Items);
        Assert.Equal([""], rule["apiGroups"].Texts);
        Assert.Equal(["pods"], rule["resources"].Texts);
        Assert.Equal(["delete", "get", "list", "patch", "watch"], rule["verbs"].Texts.Order(StringComparer.Ordinal));
        var binding = Manifests.OfKind("RoleBinding").Single();
        var account = Manifests.Pod(Manifests.One("Deployment", "silo"))["serviceAccountName"].Text;
        Assert.Equal(account, binding["subjects"].Items.Single()["name"].Text);
        Assert.Equal("Role silo", $"{binding["roleRef"]["kind"].Text} {binding["roleRef"]["name"].Text}");
        Assert.Equal(account, Manifests.OfKind("ServiceAccount").Single()["metadata"]["name"].Text);
    }

    private static IEnumerable<Tree> Probes(Tree workload) =>
        new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(p => Manifests.Container(workload)[p]);

    private static IEnumerable<string> Missing(Tree manifest)
    {
        var kind = manifest["kind"].Text;
        if (!Kinds.TryGetValue(kind, out var known))
        {
            return [$"{manifest}: kind '{kind}' is not known here"];
        }

        var named = manifest["metadata"]["name"].Text.Length > 0;
        var placed = kind == "Namespace" || manifest["metadata"]["namespace"].Text == "scenariogrid";
        return known.Needs.Where(n => !n.Split('.').Aggregate(manifest, (t, k) => t[k]).IsThere)
            .Concat(manifest["apiVersion"].Text == known.Version ? [] : [$"apiVersion {known.Version}"])
            .Concat(named ? [] : ["metadata.name"]).Concat(placed ? [] : ["metadata.namespace"])
            .Select(n => $"{manifest}: {kind} lacks {n}");
    }

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Variable();
}
