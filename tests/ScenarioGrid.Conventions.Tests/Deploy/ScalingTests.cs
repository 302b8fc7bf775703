namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>However silos come and go on purpose, three are alive.</summary>
public class ScalingTests
{
    private static readonly Tree Scaler = Manifests.OfKind("HorizontalPodAutoscaler").Single()["spec"];

    [Fact]
    public void The_autoscaler_scales_the_silos()
    {
        var target = Scaler["scaleTargetRef"];
        var workload = Manifests.One(target["kind"].Text, target["name"].Text);
        Assert.Equal(workload["apiVersion"].Text, target["apiVersion"].Text);
        // A number here would be set again with every apply, whatever the autoscaler has decided.
        Assert.False(workload["spec"]["replicas"].IsThere);
    }

    [Fact]
    public void It_looks_at_the_depth_of_the_queue_as_the_adapter_serves_it()
    {
        var metric = Assert.Single(Scaler["metrics"].Items);
        Assert.Equal("External", metric["type"].Text);
        var name = metric["external"]["metric"]["name"].Text;
        Assert.Contains(name, Contract.Metrics);
        var rule = Assert.Single(Tree.Load("deploy/prometheus/adapter.yaml").Single()["rules"]["external"].Items);
        Assert.Equal(name, rule["name"]["as"].Text);
        Assert.Equal(name, rule["seriesQuery"].Text);
        Assert.StartsWith("max(", rule["metricsQuery"].Text);
    }

    [Fact]
    public void A_node_can_be_drained_and_three_silos_stay()
    {
        var budget = Manifests.OfKind("PodDisruptionBudget").Single()["spec"];
        var kept = int.Parse(budget["minAvailable"].Text);
        Assert.Equal(3, kept);
        Assert.True(int.Parse(Scaler["minReplicas"].Text) > kept);
        Assert.True(int.Parse(Scaler["maxReplicas"].Text) > int.Parse(Scaler["minReplicas"].Text));
    }

    [Fact]
    public void An_upgrade_starts_a_silo_before_it_stops_one()
    {
        var strategy = Manifests.One("Deployment", "silo")["spec"]["strategy"];
        Assert.Equal("RollingUpdate", strategy["type"].Text);
        Assert.Equal("0", strategy["rollingUpdate"]["maxUnavailable"].Text);
        Assert.Equal("1", strategy["rollingUpdate"]["maxSurge"].Text);
    }
}
