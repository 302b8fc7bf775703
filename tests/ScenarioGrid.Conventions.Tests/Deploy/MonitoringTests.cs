using System.Text.Json;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>Alarms and dashboard show metrics that exist, and every alarm says what to do.</summary>
public class MonitoringTests
{
    private static readonly IReadOnlyList<Tree> Alarms = Tree.Load("deploy/prometheus/alerts.yaml").Single()
        ["groups"].Items.Single()["rules"].Items;

    private static readonly JsonElement[] Panels = [.. JsonDocument
        .Parse(Repository.Read("deploy/grafana/scenariogrid.json")).RootElement.GetProperty("panels").EnumerateArray()];

    private static IEnumerable<string> Queries => Panels.SelectMany(p => p.GetProperty("targets").EnumerateArray())
        .Select(t => t.GetProperty("expr").GetString()!);

    [Fact]
    public void Every_alarm_is_about_metrics_that_exist()
    {
        Faults.None(Alarms.SelectMany(a => Contract.MetricsOf(a["expr"].Text)).Except(Contract.Metrics));
        Assert.All(Alarms, a => Assert.NotEmpty(Contract.MetricsOf(a["expr"].Text)));
    }

    [Fact]
    public void Every_alarm_has_a_name_a_severity_and_a_sentence()
    {
        Assert.Equal(Alarms.Count, Alarms.Select(a => a["alert"].Text).Distinct().Count());
        Assert.All(Alarms, a =>
        {
            Assert.Matches("^ScenarioGrid[A-Z][A-Za-z]+$", a["alert"].Text);
            Assert.Contains(a["labels"]["severity"].Text, new[] { "info", "warning", "critical" });
            Assert.EndsWith(".", a["annotations"]["summary"].Text);
        });
    }

    [Fact]
    public void Every_alarm_has_its_section_in_the_guide_with_three_things_to_do()
    {
        var sections = Guide.Sections("Alarms");
        Assert.Equal(sections.Keys.Select(s => $"{Guide.File}#{s}"),
            Alarms.Select(a => a["annotations"]["runbook"].Text));
        Assert.All(sections, s => Assert.Equal(["1.", "2.", "3."],
            s.Value.Where(l => l.Length > 2 && char.IsDigit(l[0])).Select(l => l[..2])));
    }

    [Fact]
    public void The_dashboard_shows_every_metric_and_no_other() => Assert.Equal(
        Contract.Metrics.Order(StringComparer.Ordinal),
        Queries.SelectMany(Contract.MetricsOf).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Panels_have_their_own_ids_titles_and_places()
    {
        Assert.Equal(Panels.Length, Panels.Select(p => p.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(Panels, p => Assert.NotEqual("", p.GetProperty("title").GetString()));
        var taken = Panels.Select(p => p.GetProperty("gridPos")).SelectMany(g =>
            from x in Enumerable.Range(g.GetProperty("x").GetInt32(), g.GetProperty("w").GetInt32())
            from y in Enumerable.Range(g.GetProperty("y").GetInt32(), g.GetProperty("h").GetInt32())
            select (x, y)).ToArray();
        Assert.Equal(taken.Length, taken.Distinct().Count());
        Assert.All(taken, t => Assert.InRange(t.x, 0, 23));
    }

    [Fact]
    public void Buckets_are_only_summed_by_their_bound() => Faults.None(Queries
        .Concat(Alarms.Select(a => a["expr"].Text)).Where(e => e.Contains("_bucket", StringComparison.Ordinal))
        .Where(e => !e.Contains("sum by (le)", StringComparison.Ordinal)));

    [Fact]
    public void Prometheus_finds_silos_by_label_and_port_and_shows_a_token()
    {
        var job = Tree.Load("deploy/prometheus/scrape.yaml").Single()["scrape_configs"].Items.Single();
        Assert.True(job["authorization"]["credentials_file"].IsThere);
        Assert.False(job["authorization"]["credentials"].IsThere);
        var keep = job["relabel_configs"].Items.Single(r => r["action"].Text == "keep")["regex"].Text.Split(';');
        var silo = Manifests.One("Deployment", "silo");
        Assert.Equal(keep[0], Manifests.Labels(silo)["app.kubernetes.io/name"]);
        Assert.Contains(keep[1], Manifests.Ports(silo).Keys);
    }
}
