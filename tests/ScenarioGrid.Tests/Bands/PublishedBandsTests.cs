using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;
using ScenarioGrid.Tests.Campaigns;

namespace ScenarioGrid.Tests.Bands;

/// <summary>Whole systems against what was published of real crises: bands, not digits.</summary>
/// <remarks>All of them by one command: <c>dotnet test -c Release --filter Length=Long</c>.</remarks>
[Trait("Length", "Long")]
public class PublishedBandsTests
{
    /// <summary>12 March 2020 (S1): 36 % of auctions were won by nothing, 5.67M of 8.32M USD of that collateral were
    /// the deficit; Maker's later auctions have no zero bids.</summary>
    [Fact]
    public void Black_Thursday_gives_a_third_of_flip_auctions_away_and_none_of_clip()
    {
        var campaign = Read(File.ReadAllText(Path.Combine(Corpus.Root, "examples", "collateral-balancing.yaml")));
        var flip = Run(campaign, 64, c => c["vaults.liquidationRatio"] == 1.5 && c["vaults.auction"] == 0
            && c["vaults.policy"] == 0);

        Assert.InRange(flip("vaults.zeroBidShare"), 0.31, 0.41);
        Assert.InRange(flip("vaults.badDebt") / flip("vaults.zeroBidCollateral"), 0.5, 0.9);
        var clip = Run(campaign, 64, c => c["vaults.liquidationRatio"] == 1.5 && c["vaults.auction"] == 1
            && c["vaults.policy"] == 0);
        Assert.Equal(0, clip("vaults.zeroBidShare"));
    }

    /// <summary>Means of one cell by the name of the measure.</summary>
    private static Func<string, double> Run(
        Campaign declared, int paths, Func<IReadOnlyDictionary<string, double>, bool> isMeant)
    {
        var campaign = declared with { Paths = paths };
        var plan = new ScenarioPlan(campaign);
        var cell = Enumerable.Range(0, (int)plan.Cells.Count).Single(c => isMeant(plan.Cells.Settings(c)
            .Select((s, axis) => (plan.Cells.Axes[axis].Name, Value: s)).ToDictionary(s => s.Name, s => s.Value)));
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [cell]);
        while (!runner.IsDone)
        {
            runner.Advance(long.MaxValue / 2);
        }

        var result = Assert.Single(runner.TakeResults());
        Assert.Null(result.Error);
        var mean = campaign.Statistics.ToList().IndexOf("mean");
        return measure => result.At(campaign.IndexOfMeasure(measure), mean, campaign.Statistics.Count).Value;
    }

    private static Campaign Read(string text)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read("band", Encoding.UTF8.GetBytes(text), ComponentCatalog.Default, problems);
        Assert.Equal("", problems.ToString());
        return campaign!;
    }
}
