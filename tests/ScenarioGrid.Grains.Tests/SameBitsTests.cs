using ScenarioGrid.Bench;
using ScenarioGrid.Measures;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains.Tests;

/// <summary>The same campaign gives the same bytes however it is run.</summary>
public sealed class SameBitsTests
{
    private const int BlockPaths = 64;

    private static readonly string Campaign = ReferenceCampaign.Text(paths: 1100, skipIdle: false)
        .Replace("horizon: 600000s", "horizon: 24000s", StringComparison.Ordinal)
        + "\nsweep:\n  vaults.skipIdle: [true, false]\n";

    private static readonly Lazy<string> Bare = new(() => RunBare(BlockPaths));

    [Theory]
    [InlineData(8)]
    [InlineData(256)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void A_block_split_changes_no_bit(int blockPaths) => Assert.Equal(Bare.Value, RunBare(blockPaths));

    [Theory]
    [InlineData(1, 64, false)]
    [InlineData(1, 256, false)]
    [InlineData(1, 1024, false)]
    [InlineData(1, 1024, true)]
    [InlineData(3, 64, false)]
    [InlineData(3, 256, false)]
    [InlineData(3, 1024, false)]
    [InlineData(3, 256, true)]
    [InlineData(3, 1024, true)]
    public async Task Silos_lent_or_spread_change_no_bit(int silos, int blockPaths, bool isSpread)
    {
        await using var cluster = await TestCluster.Start(silos);
        var (status, results) = await cluster.Run(new CampaignSubmission(Campaign, blockPaths, isSpread));
        Assert.Equal((CampaignState.Completed, Bare.Value), (status.State, status.ResultHash));
        Assert.Equal(Bare.Value, CellResult.Hash(results.OrderBy(r => r.Cell)));
    }

    private static string RunBare(int blockPaths)
    {
        var plan = new ScenarioPlan(ReferenceCampaign.Read(Campaign), blockPaths);
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [0, 1]);
        while (!runner.IsDone)
        {
            runner.Advance(10_000);
        }

        var results = runner.TakeResults();
        Assert.All(results, r => Assert.Null(r.Error));
        return CellResult.Hash(results.OrderBy(r => r.Cell));
    }
}
