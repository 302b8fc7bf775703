using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The operations guide names files, sections and settings that exist.</summary>
public partial class OperationsTests
{
    private static readonly string Text = Repository.Read(Guide.File);

    [Fact]
    public void Links_lead_to_sections() => Faults.None(Link().Matches(Text).Select(m => m.Groups[1].Value)
        .Except(Guide.Anchors()));

    [Fact]
    public void Files_exist() => Faults.None(DeployedFile().Matches(Text).Select(m => m.Value.TrimEnd('.'))
        .Where(f => !f.StartsWith("deploy/secrets", StringComparison.Ordinal) && !Repository.Exists(f)));

    [Fact]
    public void Settings_exist() => Faults.None(Setting().Matches(Text).Select(m => m.Value).Except(Contract.Settings));

    [Fact]
    public void Figures_are_those_of_the_files()
    {
        Assert.Contains("appendfsync always", Repository.Lines("deploy/redis/redis.conf"));
        var wanted = Manifests.OfKind("HorizontalPodAutoscaler").Single()["spec"]["metrics"].Items.Single()
            ["external"]["target"]["averageValue"].Text;
        Assert.Contains($"{int.Parse(wanted):N0} in `scaling.yaml`", Text);
        Assert.Contains("Its\ngrace period is 30 s", Text);
        Assert.Equal("30", Manifests.Pod(Manifests.One("Deployment", "silo"))["terminationGracePeriodSeconds"].Text);
    }

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bdeploy/[\w./-]+")]
    private static partial Regex DeployedFile();

    [GeneratedRegex(@"\bSCENARIOGRID_[A-Z_]*[A-Z]\b")]
    private static partial Regex Setting();
}
