using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class NestingScanTests
{
    private const string TooDeep = "YAML_DEPTH: nesting deeper than 32";

    private enum Level
    {
        List,
        Map,
        FlowList,
        FlowMap,
    }

    [Fact]
    public void A_hundred_thousand_brackets_are_refused_at_the_33rd() =>
        Assert.Equal($"f:1:33: {TooDeep}", Spec.Read(new string('[', 100_000)).Problems);

    [Fact]
    public void Ten_thousand_dashes_on_one_line_are_refused_at_the_33rd() =>
        Assert.Equal($"f:1:65: {TooDeep}", Spec.Read(string.Concat(Enumerable.Repeat("- ", 10_000))).Problems);

    [Fact]
    public void Indented_keys_are_refused_at_the_33rd()
    {
        static string Keys(int count) =>
            string.Concat(Enumerable.Range(0, count).Select(i => new string(' ', i) + "k:\n"));

        Assert.Equal("", Spec.Read(Keys(32)).Problems);
        Assert.Equal($"f:33:33: {TooDeep}", Spec.Read(Keys(33)).Problems);
    }

    [Fact]
    public void A_pair_inside_a_list_counts_as_a_map()
    {
        static string Pairs(int count) => $"{string.Concat(Enumerable.Repeat("[k: ", count))}x{new string(']', count)}";
        Assert.Equal("", Spec.Read(Pairs(16)).Problems);
        Assert.Equal($"f:1:65: {TooDeep}", Spec.Read(Pairs(17)).Problems);
    }

    [Theory]
    [InlineData("a: 'text with {0}'")]
    [InlineData("a: 'it''s {0}'")]
    [InlineData("a: \"text \\\" with {0}\"")]
    [InlineData("a: \"two\n  {0} lines\"")]
    [InlineData("a: b # comment {0}")]
    [InlineData("# comment {0}\na: b")]
    [InlineData("a: plain {0} text")]
    [InlineData("a: plain text\n  {0} goes on")]
    [InlineData("a: |\n  block\n\n  {0}\nb: c")]
    [InlineData("- a: >-\n    {0}\n  b: c")]
    [InlineData("a:\n- |\n {0}\n- b")]
    [InlineData("a: ['{0}', b # {0}\n  , c]")]
    [InlineData("a: [#{0}\n  b, 'c'#{0}\n  ] #{0}")]
    public void Brackets_in_texts_and_comments_do_not_nest(string text)
    {
        var (root, problems) = Spec.Read(text.Replace("{0}", new string('[', 100), StringComparison.Ordinal));
        Assert.Equal("", problems);
        Assert.NotNull(root);
    }

    [Theory]
    [InlineData("a: x\n  \"b\nc: {0}")]
    [InlineData("a: |\nb: {0}")]
    [InlineData("a: it's\nb: {0}")]
    [InlineData("a: b#'\nc: {0}")]
    [InlineData("? |\n a\n: {0}")]
    [InlineData("--- {0}")]
    [InlineData("- !t &a {0}")]
    [InlineData("[a:'b', c: {0}")]
    [InlineData("{a: ' ', 'b':{0}")]
    public void No_text_in_front_hides_nesting(string text)
    {
        var (root, problems) = Spec.Read(text.Replace("{0}", new string('[', 100), StringComparison.Ordinal));
        Assert.Null(root);
        Assert.Matches(@"f:\d+:\d+: YAML", problems);
    }

    [Fact]
    public void A_text_is_refused_exactly_when_it_nests_deeper_than_the_limit()
    {
        var levels = Gen.Select(
            Gen.Enum<Level>().Array[0, 20], Gen.Enum<Level>().Array[0, 40],
            (block, flow) => block.Select(level => level is Level.List or Level.FlowList ? Level.List : Level.Map)
                .Concat(flow.Select(level => level is Level.List or Level.FlowList ? Level.FlowList : Level.FlowMap))
                .ToArray());
        levels.Where(l => l.Length > 0).Sample(path =>
        {
            var (root, problems) = Spec.Read(Write(path));
            Assert.Equal(path.Length > 32, problems.Contains(TooDeep, StringComparison.Ordinal));
            Assert.Equal(path.Length > 32 ? 0 : path.Length + 1, Spec.All(root).Count());
        });
    }

    /// <summary>A text with one value inside the given lists and maps; block levels come first.</summary>
    private static string Write(Level[] path)
    {
        var text = "";
        var closing = "";
        foreach (var (level, depth) in path.Select((level, depth) => (level, depth)))
        {
            var isLast = depth == path.Length - 1 || path[depth + 1] is Level.FlowList or Level.FlowMap;
            text += level switch
            {
                Level.List => "- ",
                Level.Map when isLast => "k: ",
                Level.Map => "k:\n" + new string(' ', 2 * (depth + 1)),
                Level.FlowList => "[",
                _ => "{'[': ",
            };
            closing = level switch { Level.FlowList => "]" + closing, Level.FlowMap => "}" + closing, _ => closing };
        }

        return text + "x" + closing + "\n";
    }
}
