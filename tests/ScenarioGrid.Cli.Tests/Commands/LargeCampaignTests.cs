using System.Globalization;
using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Cli.Tests.Cluster;
using ScenarioGrid.Grains;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Tests.Commands;

/// <summary>
/// A campaign with more cells than the console keeps in memory. SCENARIOGRID_TEST_CELLS asks for more than the least
/// that is large: 1000000 takes some minutes.
/// </summary>
[Collection(SmallRun.Collection)]
public class LargeCampaignTests
{
    private const int MemoryMegabytesMost = 300;
    private static readonly TimeSpan s_sampleEvery = TimeSpan.FromMilliseconds(50);

    private static int Levels => Environment.GetEnvironmentVariable("SCENARIOGRID_TEST_CELLS") is { Length: > 0 } cells
        ? (int)Math.Sqrt(int.Parse(cells, CultureInfo.InvariantCulture))
        : 448;

    [Fact]
    public async Task A_large_campaign_is_collected_and_counted_in_little_memory()
    {
        var text = Text(Levels);
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["big.yaml"], text);
        var campaign = CampaignFile.Read(
            "big", Encoding.UTF8.GetBytes(text), ComponentCatalog.Default, new Problems())!;
        var grid = new CellGrid(campaign.Sweep, campaign.Seed);
        var estimates = campaign.Measures.Count * campaign.Statistics.Count;
        await using var cluster = await FakeCluster.Start();
        using var hash = new ResultHash();
        for (var cell = 0L; cell < grid.Count; cell++)
        {
            hash.Add(ResultOf(cell, estimates));
        }

        cluster.Front.Accepts = s =>
        {
            var made = FakeCampaign.Running(s);
            made.Entries = shard => [PackedResults.Pack([.. Enumerable.Range(0, Shard.CellsOf(shard, grid.Count))
                .Select(i => ResultOf(Shard.First(shard) + i, estimates).ToBytes())])];
            made.Status = made.Status with
            {
                State = CampaignState.Completed, Done = grid.Count, EndedMs = 61_000, ResultHash = hash.ToString(),
            };
            return made;
        };
        using var child = Child.Start("submit", folder["big.yaml"], "--cluster", cluster.Address, "--runs",
            folder["runs"], "--id", "big");
        var peak = Peak(child);
        var ended = (await child.End(TimeSpan.FromMinutes(30))).Expect(Exit.Ok);

        Assert.Contains($"big  {grid.Count}/{grid.Count} cells", ended.Out, StringComparison.Ordinal);
        Assert.Contains("best maximise eth.price.mean: ", ended.Out, StringComparison.Ordinal);
        Assert.Contains($" in cell {grid.Count - 1} (", ended.Out, StringComparison.Ordinal);
        Assert.Contains("are left out; ask with: scenariogrid query big", ended.Error, StringComparison.Ordinal);
        var manifest = RunManifest.Read(Path.Combine(folder["runs"], "big", "manifest.json"));
        Assert.Equal(hash.ToString(), manifest.ResultHash);
        var query = await ConsoleRun.Of(
            "query", "big", "--runs", folder["runs"], "select count(*) as n, max(eth_price_mean) as m from cells", "-o",
            "csv");
        Assert.Equal(FormattableString.Invariant($"{grid.Count},{grid.Count - 1}"), query.Expect(Exit.Ok).OutLines[1]);
        Assert.InRange(await peak, 1, MemoryMegabytesMost);
    }

    private static CellResult ResultOf(long cell, int estimates)
    {
        var made = new Estimate[estimates];
        Array.Fill(made, new Estimate(cell, cell - 1, cell + 1, 0.5, 8));
        return new CellResult(cell, made, null);
    }

    /// <summary>Most memory that a process ever had, in megabytes, looked up until it ends.</summary>
    private static async Task<long> Peak(Child child)
    {
        var most = 0L;
        using var timer = new PeriodicTimer(s_sampleEvery);
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                var line = File.ReadLines($"/proc/{child.Id}/status")
                    .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is null)
                {
                    return most;
                }

                most = long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture) / 1024;
            }
            catch (IOException)
            {
                return most;
            }
        }

        return most;
    }

    private static string Text(int levels) => string.Create(CultureInfo.InvariantCulture, $$"""
        version: 1
        campaign: big
        seed: 7
        paths: 8
        scenario:
          horizon: 1m
          tick: 1m
          instances:
            eth: {kind: merton-jump-market, spot: 2000 USD}
        sweep:
          eth.volatility: {from: 20 %/yr, to: 200 %/yr, steps: {{levels}}}
          eth.jumpIntensity: {from: 1 /yr, to: 100 /yr, steps: {{levels}}}
        objectives:
          price: maximise eth.price.mean

        """);
}
