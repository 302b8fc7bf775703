using System.Text.Json;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cli.Commands;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli.Tests.Commands;

/// <summary>Verbs that need no run: plan, explain, init, completion, version.</summary>
[Collection(SmallRun.Collection)]
public class AskingCommandTests(SmallRun run)
{
    public static TheoryData<string> Kinds =>
        [.. ComponentCatalog.Default.Components.Keys.Concat(ComponentCatalog.Default.Shocks.Keys)
            .Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_plan_names_cells_paths_ticks_memory_and_time()
    {
        var table = (await ConsoleRun.Of("plan", SmallRun.File)).Expect(Exit.Ok);
        Assert.Contains("cells      12  (twap.window 3 x pool.fee 4)", table.Out, StringComparison.Ordinal);
        Assert.Contains("showing 5 of 12 cells", table.Error, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(
            (await ConsoleRun.Of("plan", SmallRun.File, "-o", "json")).Expect(Exit.Ok).Out);
        Assert.Equal(12L * 64 * 240, json.RootElement.GetProperty("pathTicks").GetInt64());
        Assert.True(json.RootElement.GetProperty("secondsEstimated").GetDouble() > 0);
        Assert.InRange(json.RootElement.GetProperty("memoryBytesPerWorker").GetInt64(), 10_000, 10_000_000);
    }

    [Fact]
    public async Task A_plan_of_five_million_cells_takes_no_more_memory_than_one_of_twelve()
    {
        const string Windows = "sweep.twap.window={from: 1m, to: 2h, steps: 2000}";
        const string Fees = "sweep.pool.fee={from: 1 bps, to: 90 bps, steps: 2500}";
        var ended = (await ConsoleRun.Of(
            "plan", SmallRun.File, "-o", "csv", "--set", Windows, "--set", Fees)).Expect(Exit.Ok);
        Assert.Equal(6, ended.OutLines.Length);
        Assert.Contains("showing 5 of 5,000,000 cells", ended.Error, StringComparison.Ordinal);

        // The calibrated block allocates by the clock; the plan itself must not.
        var problems = new Problems();
        var bytes = await File.ReadAllBytesAsync(SmallRun.File);
        var source = (await CampaignSource.Open(SmallRun.File, bytes, ComponentCatalog.Default, problems))!;
        source.Bind([], problems);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var plan = new ScenarioPlan(source.Bind([Windows, Fees], problems)!);
        Assert.Equal(2, plan.Cells.Settings(4_999_999).Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_and_each_of_its_parameters_is_explained(string name)
    {
        using var json = JsonDocument.Parse((await ConsoleRun.Of("explain", name, "-o", "json")).Expect(Exit.Ok).Out);
        Assert.NotEmpty(json.RootElement.GetProperty("summary").GetString()!);
        Assert.NotEmpty(json.RootElement.GetProperty("remarks").GetString()!);
        foreach (var parameter in json.RootElement.GetProperty("parameters").EnumerateArray())
        {
            var part = $"{name}.{parameter.GetProperty("name").GetString()}";
            var page = (await ConsoleRun.Of("explain", part)).Expect(Exit.Ok).Out;
            Assert.StartsWith($"{part}  (parameter)\n", page, StringComparison.Ordinal);
            Assert.NotEmpty(parameter.GetProperty("meaning").GetString()!);
        }
    }

    [Theory]
    [InlineData("es99", "(statistic)")]
    [InlineData("p99.9", "Smallest value that at least 99.9 % of the paths do not exceed.")]
    [InlineData("duration", "(unit)")]
    [InlineData("bps", "0.0001")]
    [InlineData("twap-oracle.lag", "(measure)")]
    [InlineData("twap-oracle.venue", "(slot)")]
    [InlineData("price-path", "logShift")]
    public async Task Statistics_units_ports_and_shocks_are_explained(string name, string text) =>
        Assert.Contains(text, (await ConsoleRun.Of("explain", name)).Expect(Exit.Ok).Out, StringComparison.Ordinal);

    [Theory]
    [InlineData("twap-orcle", "(did you mean 'twap-oracle'?)")]
    [InlineData("twap-oracle.windw", "(did you mean 'window'?)")]
    [InlineData("liquidationThreshold",
        "(did you mean cdp-lending.liquidationThreshold or compound-lending.liquidationThreshold?)")]
    public async Task An_unknown_name_gets_a_suggestion(string name, string suggestion) =>
        Assert.EndsWith(suggestion, (await ConsoleRun.Of("explain", name)).Expect(Exit.NotFound).Error.Trim(),
            StringComparison.Ordinal);

    [Fact]
    public async Task Explain_without_a_name_lists_everything()
    {
        using var json = JsonDocument.Parse((await ConsoleRun.Of("explain", "-o", "json")).Expect(Exit.Ok).Out);
        string[] Names(string table) =>
            [.. json.RootElement.GetProperty(table).EnumerateArray().Select(r => r.GetProperty("name").GetString()!)];
        Assert.Equal(ComponentCatalog.Default.Components.Keys.Order(StringComparer.Ordinal), Names("kinds")
            .Concat(Names("attacks")).Order(StringComparer.Ordinal));
        Assert.Equal(ComponentCatalog.Default.Shocks.Keys.Order(StringComparer.Ordinal), Names("shocks"));
        Assert.Contains("es99", Names("statistics"));
        Assert.Contains("html", Names("formats"));
    }

    [Fact]
    public async Task Init_writes_a_valid_campaign_with_its_schema_and_overwrites_nothing()
    {
        using var folder = new TempFolder();
        var to = folder["new"];
        var written = (await ConsoleRun.Of("init", "--dir", to)).Expect(Exit.Ok).OutLines;
        Assert.Equal([Path.Combine(to, "campaign.yaml"), Path.Combine(to, "scenariogrid.schema.json")], written);
        (await ConsoleRun.Of("validate", written[0])).Expect(Exit.Ok);
        Assert.Equal((await ConsoleRun.Of("schema")).Out, await File.ReadAllTextAsync(written[1]));

        await File.WriteAllTextAsync(written[0], "mine");
        var again = (await ConsoleRun.Of("init", "--dir", to)).Expect(Exit.Usage);
        Assert.Contains("exists and is not overwritten", Assert.Single(again.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(written[0]));
    }

    [Theory]
    [InlineData("scenariogrid va", "validate")]
    [InlineData("scenariogrid resume ", "done")]
    [InlineData("scenariogrid run --blo", "--block")]
    public async Task Verbs_options_and_run_ids_are_completed(string line, string completed)
    {
        var length = line.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var child = Child.With(new() { ["SCENARIOGRID_RUNS"] = run.Root }, $"[suggest:{length}]", line);
        Assert.Contains(completed, (await child.End()).Expect(Exit.Ok).OutLines);
    }

    [Fact]
    public async Task The_bash_script_completes_a_verb()
    {
        using var child = Child.Shell(
            "scenariogrid() { dotnet exec \"$SG_DLL\" \"$@\"; }; source <($SG completion bash); "
            + "COMP_WORDS=(scenariogrid ver); COMP_LINE='scenariogrid ver' COMP_POINT=16 COMP_CWORD=1; "
            + "_scenariogrid; echo \"${COMPREPLY[*]}\"");
        Assert.Equal("verify version", (await child.End()).Expect(Exit.Ok).Out.Trim());
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "#compdef scenariogrid")]
    [InlineData("fish", "complete -c scenariogrid")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Every_shell_has_a_script(string shell, string text) =>
        Assert.Contains(text, (await ConsoleRun.Of("completion", shell)).Expect(Exit.Ok).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Version_names_runtime_and_cores()
    {
        using var json = JsonDocument.Parse((await ConsoleRun.Of("version", "-o", "json")).Expect(Exit.Ok).Out);
        Assert.StartsWith(".NET 10", json.RootElement.GetProperty("runtime").GetString(), StringComparison.Ordinal);
        Assert.Contains(json.RootElement.GetProperty("simdBits").GetString(), (string[])["64", "128", "256", "512"]);
    }
}
