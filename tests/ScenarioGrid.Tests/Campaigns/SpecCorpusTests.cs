using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class SpecCorpusTests
{
    private static readonly string[] s_units = ["USD", "%", "%/yr", "bps", "s", "m", "h", "d", "blocks"];

    /// <summary>Files that the reader refuses alone; all others are sound trees with wrong content.</summary>
    private static readonly string[] s_decidedByReader = ["B01", "B02", "B03", "B04", "B10", "B21", "B22", "B24"];

    public static TheoryData<string> Names => [.. Corpus.BadNames];

    public static TheoryData<string> TypedNames =>
        ["B06-paths-range", "B07-not-finite", "B08-number-format", "B11-bool-format", "B16-full-width-digits"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reader_gives_exactly_the_expected_lines(string name)
    {
        var problems = new Problems();
        var root = SpecReader.Read(name + ".yaml", Corpus.Bytes(name), problems);
        var isDecided = s_decidedByReader.Contains(name[..3]) || name == "B16-id-chars";

        Assert.Equal(isDecided ? Corpus.Expected(name) : [], problems.Sorted().Select(p => p.ToString()));
        Assert.True(isDecided || root is SpecMap, "the file is meant for a later stage, which needs its tree");
    }

    [Theory]
    [MemberData(nameof(TypedNames))]
    public void The_number_grammar_gives_exactly_the_expected_lines(string name)
    {
        var problems = new Problems();
        var root = SpecReader.Read(name + ".yaml", Corpus.Bytes(name), problems);
        foreach (var scalar in Spec.All(root).OfType<SpecScalar>())
        {
            var key = scalar.Path[(scalar.Path.LastIndexOf('.') + 1)..];
            _ = key switch
            {
                "paths" => NumberText.Integer(key, scalar.Text, 1, 10_000_000).TryGet(scalar, problems, out _),
                "enabled" => NumberText.Boolean(scalar.Text).TryGet(scalar, problems, out _),
                "volatility" or "liquidationThreshold" or "spot" =>
                    QuantityText.Parse(key, scalar.Text, s_units).TryGet(scalar, problems, out _),
                _ => true,
            };
        }

        Assert.Equal(Corpus.Expected(name), problems.Sorted().Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_expected_line_has_a_place_in_its_file(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Corpus.BadFolder, name + ".yaml"));
        Assert.All(Corpus.Expected(name), expected =>
        {
            Assert.Matches(@"^[\w.-]+:\d+:\d+: [A-Z0-9_]+: \S.*$", expected);
            var place = expected.Split(':').Skip(1).Take(2).Select(int.Parse).ToArray();
            Assert.InRange(place[0], 1, Math.Max(1, lines.Length));
            Assert.InRange(place[1], 1, lines.Length == 0 ? 1 : lines[place[0] - 1].Length);
        });
    }

    [Fact]
    public void A_file_of_300_KiB_is_refused_by_its_size() => Assert.Equal(
        "f:1:1: SPEC_SIZE: 307200 bytes, limit 262144", Spec.Read(new byte[300 * 1024]).Problems);
}
