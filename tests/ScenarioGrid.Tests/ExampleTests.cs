using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;
using ScenarioGrid.Tests.Campaigns;

namespace ScenarioGrid.Tests;

/// <summary>Every example runs, on few paths and its first, middle and last cell, to a pinned hash: a change of any bit
/// of any model is a conscious edit of this file.</summary>
public class ExampleTests
{
    private const int Paths = 16;

    private static readonly Dictionary<string, string> Pinned = new()
    {
        ["bridge-threshold"] = "6b88c7aedb104d384947c36d8786b1f399300c4ae774de6b9777a0e062db0527",
        ["challenge-window"] = "2f33a22972dfdc706ee2f1390bb0eccc1b23102a35944095367a145a0da476bc",
        ["collateral-balancing"] = "ca407b69d8591de1dbf7941e55e27d68fbdb1aa7688f3efe944fd172e850416d",
        ["coupled-crisis"] = "2b05dfcf629f19d97b7476d85a7382054a0683451c14f8f1c077d43bd9086a6c",
        ["hybrid-book"] = "0c05bab16d082f0612d246c98a7849e433a2824a07a0816f9a9e62fc7fb65c37",
        ["load-balancing"] = "545f3ba7ff192d1ae90e77c00ac1ade86f418403c1bc32a2ced4ba09d816f566",
        ["market-models"] = "8f668748293c81bf87e6e54a00c553e1d5e6c40ddbf2815dfbbb58da65fffa70",
        ["oracle-design"] = "05bb2f4a5747406bac2ef580d60affdee040504103d2ada8764eb7a8a7be534c",
        ["oracle-window"] = "d85b2b389018b271689e4229f4b5255a355811910bc806e3adf48a93bcd94b75",
        ["service-pool"] = "8ec8ab214f9bb1be9f717c9fee7380260c62594c14654218c7fc4adc6549890c",
        ["sharded-chain"] = "f43a10dc822426734ae2063158e4da44ad7f2a27248f6591a9577303c3de71a3",
        ["stable-depeg"] = "8d4197354420bb712291deb47928a80f6e4c4dfa90f38ada35d0a545db167bd7",
    };

    private static string Folder => Path.Combine(Corpus.Root, "examples");

    private static readonly string[] Names =
    [
        .. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Examples { get; } = [.. Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Few_paths_of_an_example_run_to_the_pinned_bits(string example)
    {
        var campaign = Read(example) with { Paths = Paths };
        var last = new ScenarioPlan(campaign).Cells.Count - 1;
        var results = Run(campaign, [0, last / 2, last]);
        Assert.All(results, r => Assert.Null(r.Error));
        var hash = CellResult.Hash(results);
        Assert.True(
            hash == Pinned.GetValueOrDefault(example), $"the results of {example} changed; they are now {hash}");
    }

    [Fact]
    public void Every_pinned_example_exists() =>
        Assert.Equal(Pinned.Keys.Order(StringComparer.Ordinal), Names);

    [Fact]
    public void Dearer_gas_makes_liquidations_later_at_the_same_settings()
    {
        var campaign = Read("coupled-crisis") with { Paths = Paths };
        double Late(double severity)
        {
            var shocks = campaign.Shocks.Select(s => s.Name != "rush" ? s
                : s with { Time = s.Time with { Severity = severity } }).ToList();
            var result = Run(campaign with { Shocks = shocks }, [22]).Single();
            var measure = campaign.IndexOfMeasure("vaults.lateLiquidations");
            var mean = campaign.Statistics.ToList().IndexOf("mean");
            return result.At(measure, mean, campaign.Statistics.Count).Value;
        }

        var (calm, dear) = (Late(0), Late(2));
        Assert.True(dear > 1.01 * calm, $"late liquidations {calm} with calm gas, {dear} with dear gas");
    }

    private static IReadOnlyList<CellResult> Run(Campaign campaign, long[] cells)
    {
        var plan = new ScenarioPlan(campaign);
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), cells);
        while (!runner.IsDone)
        {
            runner.Advance(long.MaxValue / 2);
        }

        return [.. runner.TakeResults().OrderBy(r => r.Cell)];
    }

    private static Campaign Read(string example)
    {
        var problems = new Problems();
        var file = Path.Combine(Folder, example + ".yaml");
        var campaign = CampaignFile.Read(file, File.ReadAllBytes(file), ComponentCatalog.Default, problems);
        Assert.True(campaign is not null, string.Join('\n', problems.Sorted()));
        return campaign!;
    }
}
