using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;
using ScenarioGrid.Tests.Campaigns;

namespace ScenarioGrid.Tests.Bands;

/// <summary>Runs of whole campaigns, to be held against published figures.</summary>
internal static class Band
{
    /// <summary>A campaign beside the tests, or of the examples, with settings replaced.</summary>
    public static Campaign Read(string name, params string[] overrides)
    {
        var own = Path.Combine(Corpus.Root, "tests", "ScenarioGrid.Tests", "Bands", name + ".yaml");
        var file = File.Exists(own) ? own : Path.Combine(Corpus.Root, "examples", name + ".yaml");
        var (bytes, problems) = (File.ReadAllBytes(file), new Problems());
        var root = (SpecMap)SpecReader.Read(name, bytes, problems)!;
        var campaign = overrides.Length == 0
            ? CampaignFile.Bind(root, Encoding.UTF8.GetString(bytes), ComponentCatalog.Default, problems)
            : CampaignOverrides.Read(name, root, overrides, ComponentCatalog.Default, problems);
        Assert.Equal("", problems.ToString());
        return campaign!;
    }

    /// <summary>Means of the one cell with these settings, by the name of the measure.</summary>
    public static Func<string, double> Means(Campaign campaign, params (string Axis, double Value)[] settings)
    {
        var plan = new ScenarioPlan(campaign);
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [CellOf(plan, settings)]);
        while (!runner.IsDone)
        {
            runner.Advance(long.MaxValue / 2);
        }

        var result = Assert.Single(runner.TakeResults());
        Assert.Null(result.Error);
        var mean = campaign.Statistics.ToList().IndexOf("mean");
        return measure => result.At(campaign.IndexOfMeasure(measure), mean, campaign.Statistics.Count).Value;
    }

    /// <summary>Ports of the one cell with these settings over time.</summary>
    /// <returns>For each port ("instance.port") and tick one value per path.</returns>
    public static double[][][] Series(
        Campaign campaign, string[] ports, params (string Axis, double Value)[] settings)
    {
        var plan = new ScenarioPlan(campaign, (campaign.Paths + Vec.Width - 1) / Vec.Width * Vec.Width);
        var instances = ScenarioFactory.Instances(plan);
        var block = ScenarioFactory.Block(plan, plan.Cells.Settings(CellOf(plan, settings)), instances, 0, null);
        var lanes = ports.Select(port => port.Split('.')).Select(names =>
            Array.Find(instances, i => i.Name == names[0])!.Port(names[1])[0]).ToArray();
        var values = ports.Select(_ => new double[campaign.Ticks][]).ToArray();
        block.AfterTick = tick =>
        {
            for (var port = 0; port < lanes.Length; port++)
            {
                values[port][tick] = lanes[port].Span[..campaign.Paths].ToArray();
            }
        };
        block.Run(campaign.Ticks);
        return values;
    }

    private static long CellOf(ScenarioPlan plan, (string Axis, double Value)[] settings)
    {
        var axes = plan.Cells.Axes.Select(axis => axis.Name).ToList();
        Assert.Equal(axes.Order(), settings.Select(s => s.Axis).Order());
        return Enumerable.Range(0, (int)plan.Cells.Count).Single(cell =>
            Array.TrueForAll(settings, s => plan.Cells.Settings(cell)[axes.IndexOf(s.Axis)] == s.Value));
    }
}
