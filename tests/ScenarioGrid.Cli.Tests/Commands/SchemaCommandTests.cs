using System.Text.Json.Nodes;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cli.Commands;

namespace ScenarioGrid.Cli.Tests.Commands;

public class SchemaCommandTests
{
    private static readonly JsonObject s_schema = (JsonObject)JsonNode.Parse(SchemaCommand.Text)!;

    public static TheoryData<string> Good => [.. InitCommand.Templates];

    [Theory]
    [MemberData(nameof(Good))]
    public void Every_example_satisfies_the_schema(string template) => Assert.Empty(Faults(InitCommand.Read(template)));

    [Fact]
    public void The_small_campaign_satisfies_the_schema() => Assert.Empty(Faults(File.ReadAllBytes(SmallRun.File)));

    [Theory]
    [InlineData("B06-paths-range", "paths")]
    [InlineData("B09-unknown-key", "volatilty")]
    [InlineData("B11-bool-format", "enabled")]
    [InlineData("B18-unit", "rollup")]
    [InlineData("B23-version", "version")]
    [InlineData("B23-no-version", "version")]
    public void What_a_schema_can_know_is_refused(string name, string key)
    {
        var faults = Faults(File.ReadAllBytes(Repository.Path("tests", "corpus", "bad", name + ".yaml")));
        Assert.Contains(faults, f => f.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public void Choices_units_and_slots_come_from_the_catalog()
    {
        var oracle = (JsonObject)s_schema["definitions"]!["kind:twap-oracle"]!;
        Assert.Contains("venue", oracle["required"]!.AsArray().Select(r => (string?)r));
        var window = (string)oracle["properties"]!["window"]!["pattern"]!;
        Assert.Matches(window, "30m");
        Assert.Matches(window, "1.5 h");
        Assert.DoesNotMatch(window, "30");
        Assert.DoesNotMatch(window, "30 USD");
        var shapes = s_schema["definitions"]!["shock:price-path"]!["properties"]!["shape"]!["enum"]!.AsArray();
        Assert.Contains("black-thursday-2020", shapes.Select(s => (string?)s));
    }

    [Fact]
    public async Task The_schema_beside_the_examples_is_the_one_of_this_version()
    {
        var kept = await File.ReadAllTextAsync(Repository.Path("examples", "scenariogrid.schema.json"));
        var made = (await ConsoleRun.Of("schema")).Expect(Exit.Ok).Out;
        Assert.True(kept.ReplaceLineEndings() == made.ReplaceLineEndings(),
            "write it anew: scenariogrid schema > examples/scenariogrid.schema.json");
    }

    private static IReadOnlyList<string> Faults(byte[] yaml) =>
        MiniSchema.Faults(s_schema, Json(SpecReader.Read("f", yaml, new Problems())!));

    /// <summary>The tree as an editor sees it: plain numbers and truth values are such, all else is text.</summary>
    private static JsonNode? Json(SpecNode node) => node switch
    {
        SpecMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))),
        SpecList list => new JsonArray([.. list.Items.Select(Json)]),
        SpecScalar { IsPlain: true, Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        SpecScalar { IsPlain: true } number
            when NumberText.Real("", number.Text) is { Fault: null, Value: var value } => JsonValue.Create(value),
        _ => JsonValue.Create(((SpecScalar)node).Text),
    };
}
