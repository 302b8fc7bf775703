using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Tests.Reports.Runs;

public sealed class RunFolderTests : IDisposable
{
    private static readonly Campaign s_campaign = Read(300);

    private readonly string _root = Directory.CreateTempSubdirectory("scenariogrid-test-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Of_many_that_want_the_same_name_one_gets_it()
    {
        var made = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(8).Select(_ =>
        {
            try
            {
                return RunFolder.Create(_root, "one", s_campaign, 64, DateTime.UnixEpoch);
            }
            catch (RunFolderException)
            {
                return null;
            }
        }).ToList();
        var folder = Assert.Single(made, f => f is not null)!;
        Assert.True(RunFolder.IsHeld(folder.FullPath));
        folder.Dispose();
        Assert.Equal([Path.Combine(_root, "one")], Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void Of_many_without_a_name_each_gets_a_number_of_its_own()
    {
        var made = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(8)
            .Select(_ => RunFolder.Create(_root, null, s_campaign, 64, DateTime.UnixEpoch)).ToList();
        Assert.Equal(Enumerable.Range(1, 16).Select(n => $"many-{n:00}"),
            made.Select(f => f.Id).Order(StringComparer.Ordinal));
        Assert.All(made, f => Assert.Equal(f.Id, RunManifest.Read(Path.Combine(f.FullPath, "manifest.json")).Run));
        made.ForEach(f => f.Dispose());
    }

    [Fact]
    public async Task A_later_result_of_a_cell_replaces_the_earlier_one_here_and_on_disk()
    {
        using (var folder = RunFolder.Create(_root, "run", s_campaign, 64, DateTime.UnixEpoch))
        {
            folder.Add([.. Enumerable.Range(0, 300).Select(c => Failed(c))]);
            Assert.False(folder.IsSettled(0));
            folder.Add([.. Enumerable.Range(0, 299).Select(c => Good(c))]);
            Assert.Equal((300L, true, false), (folder.Count, folder.IsSettled(0), folder.IsSettled(1)));
            folder.End("interrupted", 1);
        }

        using var again = await RunFolder.Open(Path.Combine(_root, "run"), ComponentCatalog.Default);
        Assert.Equal(299, again.Results.Count(r => r.Error is null));
        Assert.Equal(299, Assert.Single(again.Results, r => r.Error is not null).Cell);
    }

    [Fact]
    public async Task A_replaced_result_of_a_shard_that_is_not_whole_outlives_the_process()
    {
        using (var folder = RunFolder.Create(_root, "run", s_campaign, 64, DateTime.UnixEpoch))
        {
            folder.Add([Failed(3), Good(4)]);
            folder.Add([Good(3)]);
        }

        using var again = await RunFolder.Open(Path.Combine(_root, "run"), ComponentCatalog.Default);
        Assert.Equal([3L, 4L], again.Results.Select(r => r.Cell));
        Assert.All(again.Results, r => Assert.Null(r.Error));
    }

    [Fact]
    public void The_same_results_again_change_no_byte()
    {
        using var folder = RunFolder.Create(_root, "run", s_campaign, 64, DateTime.UnixEpoch);
        folder.Add([.. Enumerable.Range(256, 44).Select(c => Good(c))]);
        var part = Path.Combine(folder.FullPath, "cells", "part-1.parquet");
        var before = File.GetLastWriteTimeUtc(part);
        folder.Add([.. Enumerable.Range(256, 44).Select(c => Good(c))]);
        Assert.Equal((44L, before), (folder.Count, File.GetLastWriteTimeUtc(part)));
    }

    [Fact]
    public async Task A_large_run_reads_what_a_small_one_keeps()
    {
        var large = Read(RunFolder.KeptCellsMost + 1);
        using (var folder = RunFolder.Create(_root, "large", large, 64, DateTime.UnixEpoch))
        {
            Assert.True(folder.IsLarge);
            folder.Add([.. Enumerable.Range(0, 256).Select(c => c == 7 ? Failed(7) : Good(c))]);
            folder.Add([Good(300), Good(512)]);
            folder.Add([Good(7)]);
        }

        using var again = await RunFolder.Open(Path.Combine(_root, "large"), ComponentCatalog.Default);
        Assert.Equal(258, again.Count);
        Assert.Equal([.. Enumerable.Range(0, 256).Select(c => (long)c), 300L, 512L], again.Read().Select(r => r.Cell));
        Assert.All(again.Read(), r => Assert.Equal(Good(r.Cell).ToBytes(), r.ToBytes()));
        Assert.True(again.IsSettled(0));
    }

    private static CellResult Failed(long cell) => new(cell, [], "NOT_FINITE: a test says so");

    private static CellResult Good(long cell)
    {
        var estimates = new Estimate[s_campaign.Measures.Count * s_campaign.Statistics.Count];
        Array.Fill(estimates, new Estimate(cell, cell - 1, cell + 1, 0.25, 8));
        return new CellResult(cell, estimates, null);
    }

    private static Campaign Read(long cells)
    {
        var problems = new Problems();
        var text = FormattableString.Invariant($$"""
            version: 1
            campaign: many
            seed: 1
            paths: 8
            scenario:
              horizon: 1m
              tick: 1m
              instances:
                eth: {kind: merton-jump-market, spot: 2000 USD}
            sweep:
              sample: {design: latin-hypercube, points: {{cells}}}
              eth.volatility: {from: 20 %/yr, to: 200 %/yr, steps: 10}
            objectives:
              price: maximise eth.price.mean

            """);
        var campaign = CampaignFile.Read("test", Encoding.UTF8.GetBytes(text), ComponentCatalog.Default, problems);
        Assert.True(campaign is not null, problems.ToString());
        return campaign!;
    }
}
