namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>Pods are confined, bounded, get time to end, and never get a secret but by a file.</summary>
public class PodTests
{
    [Fact]
    public void Every_pod_is_confined() => Faults.None(Manifests.Workloads.SelectMany(Unconfined));

    [Fact]
    public void The_namespace_refuses_pods_that_are_not() => Assert.Equal("restricted",
        Manifests.OfKind("Namespace").Single()["metadata"]["labels"]["pod-security.kubernetes.io/enforce"].Text);

    [Fact]
    public void A_silo_has_more_time_to_end_than_it_needs()
    {
        var pod = Manifests.Pod(Manifests.One("Deployment", "silo"));
        Assert.True(int.Parse(pod["terminationGracePeriodSeconds"].Text) > Contract.DrainSeconds);
    }

    [Fact]
    public void Every_mount_has_its_volume_and_every_volume_its_source()
    {
        foreach (var workload in Manifests.Workloads)
        {
            var pod = Manifests.Pod(workload);
            var claims = workload["spec"]["volumeClaimTemplates"].Items.Select(c => c["metadata"]["name"].Text);
            Assert.Equal(pod["volumes"].Items.Select(v => v["name"].Text).Concat(claims).Order(StringComparer.Ordinal),
                Manifests.Container(workload)["volumeMounts"].Items.Select(m => m["name"].Text)
                    .Order(StringComparer.Ordinal));
            var maps = Tree.Load("deploy/kustomization.yaml").Single()["configMapGenerator"].Items
                .Select(m => m["name"].Text);
            Faults.None(pod["volumes"].Items.Select(v => v["configMap"]["name"]).Where(n => n.IsThere)
                .Select(n => n.Text).Except(maps));
            Faults.None(pod["volumes"].Items.Select(v => v["secret"]["secretName"]).Where(n => n.IsThere)
                .Select(n => n.Text).Except(Manifests.OfKind("Secret").Select(s => s["metadata"]["name"].Text)));
        }
    }

    [Fact]
    public void Secrets_are_files_whose_names_the_template_has()
    {
        foreach (var workload in Manifests.Workloads)
        {
            Assert.All(Manifests.Environment(workload).Values,
                e => Assert.False(e["valueFrom"]["secretKeyRef"].IsThere));
            var files = Manifests.Environment(workload).Values.Select(e => e["value"].Text)
                .Concat(Manifests.Container(workload)["command"].Texts).Where(t => t.StartsWith('/')).ToArray();
            foreach (var volume in Manifests.Pod(workload)["volumes"].Items.Where(v => v["secret"].IsThere))
            {
                var folder = Manifests.Container(workload)["volumeMounts"].Items
                    .Single(m => m["name"].Text == volume["name"].Text)["mountPath"].Text;
                var keys = Manifests.One("Secret", volume["secret"]["secretName"].Text)["stringData"].Entries.Keys;
                Assert.Contains(files, f => keys.Any(k => f == $"{folder}/{k}"));
            }
        }
    }

    [Fact]
    public void The_template_of_secrets_holds_none() => Assert.All(
        Manifests.OfKind("Secret").SelectMany(s => s["stringData"].Entries.Values.Append(s["data"])),
        v => Assert.Equal("", v.Text));

    [Fact]
    public void Redis_keeps_its_data() =>
        Assert.True(Manifests.One("StatefulSet", "redis")["spec"]["volumeClaimTemplates"].Items.Single()
            ["spec"]["resources"]["requests"]["storage"].IsThere);

    private static IEnumerable<string> Unconfined(Tree workload)
    {
        var (pod, container) = (Manifests.Pod(workload), Manifests.Container(workload));
        var (both, own) = (pod["securityContext"], container["securityContext"]);
        var holds = new Dictionary<string, bool>
        {
            ["runAsNonRoot"] = both["runAsNonRoot"].Text == "true",
            ["runAsUser"] = int.TryParse(both["runAsUser"].Text, out var user) && user > 0,
            ["runAsGroup"] = int.TryParse(both["runAsGroup"].Text, out var group) && group > 0,
            ["seccompProfile"] = both["seccompProfile"]["type"].Text == "RuntimeDefault",
            ["allowPrivilegeEscalation: false"] = own["allowPrivilegeEscalation"].Text == "false",
            ["readOnlyRootFilesystem"] = own["readOnlyRootFilesystem"].Text == "true",
            ["drop: [ALL]"] = own["capabilities"]["drop"].Texts.SequenceEqual(["ALL"]),
            ["nothing of the host"] = !pod["hostNetwork"].IsThere && !pod["hostPID"].IsThere
                && pod["volumes"].Items.All(v => !v["hostPath"].IsThere),
            ["limits"] = new[] { "cpu", "memory" }.All(r => container["resources"]["limits"][r].IsThere),
            ["memory asked for is the limit"] = container["resources"]["limits"]["memory"].Text
                == container["resources"]["requests"]["memory"].Text,
            ["image is pinned"] = Contract.IsPinned(container["image"].Text),
            ["only who needs it has a token of the API server"] = pod["automountServiceAccountToken"].Text
                == (pod["serviceAccountName"].IsThere ? "true" : "false"),
            ["empty folders are bounded"] = pod["volumes"].Items.All(v => !v["emptyDir"].IsThere
                || v["emptyDir"]["sizeLimit"].IsThere),
        };
        return holds.Where(h => !h.Value).Select(h => $"{workload}: {h.Key}");
    }
}
