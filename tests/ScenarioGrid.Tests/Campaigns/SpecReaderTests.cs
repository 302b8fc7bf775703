using System.Diagnostics;
using System.Text;
using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class SpecReaderTests
{
    [Fact]
    public void Maps_lists_and_texts_become_a_tree()
    {
        var (root, problems) = Spec.Read("""
            # a comment
            version: 1
            scenario:
              pool: {kind: constant-product-venue, fee: "30 bps"}
              venues: [pool, 'it''s']
              shocks:
              - {at: 1d}
              -
            notes: |
              two
              lines
            """);

        Assert.Equal("", problems);
        Assert.Equal(
            "{version: '1', scenario: {pool: {kind: 'constant-product-venue', fee: '30 bps'}, "
            + "venues: ['pool', 'it's'], shocks: [{at: '1d'}, '']}, notes: 'two\nlines'}",
            Spec.Show(root));
    }

    [Fact]
    public void Every_node_knows_its_place_and_path()
    {
        var (root, _) = Spec.Read("a:\n  b: [x, {c: y}]\n  d: \"q\"\ne: [k: v]\n");

        Assert.Equal(
            [
                "1:1 '' a map", "2:3 'a' a map", "2:6 'a.b' a list", "2:7 'a.b[0]' a value", "2:10 'a.b[1]' a map",
                "2:14 'a.b[1].c' a value", "3:6 'a.d' a value", "4:4 'e' a list", "4:5 'e[0]' a map",
                "4:8 'e[0].k' a value",
            ],
            Spec.All(root).Select(n => $"{n.Line}:{n.Column} '{n.Path}' {n.Shape}"));
        var map = Assert.IsType<SpecMap>(root);
        Assert.True(map.TryGetEntry("e", out var entry));
        Assert.Equal((4, 1, "f"), (entry.Line, entry.Column, entry.Value.File));
        Assert.True(map.TryGet("a", out _));
        Assert.False(map.TryGet("A", out _));
    }

    [Theory]
    [InlineData("a: 40M USD", 4, 8, true)]
    [InlineData("a: '40M USD'", 4, 9, false)]
    [InlineData("a: \"40M USD\"", 4, 9, false)]
    [InlineData("a: \"4\\u0030M USD\"", 4, 4, false)]
    [InlineData("a: 40M\n  USD", 4, 4, true)]
    public void The_column_of_a_letter_counts_quotes_unless_escapes_hide_it(
        string text, int offset, int column, bool isPlain)
    {
        var scalar = Assert.IsType<SpecScalar>(Spec.All(Spec.Read(text).Root).Last());
        Assert.Equal("40M USD", scalar.Text);
        Assert.Equal((column, isPlain), (scalar.ColumnOf(offset), scalar.IsPlain));
    }

    [Theory]
    [InlineData("a: &x [1]", "f:1:4: YAML_ALIAS: anchors and aliases are not accepted")]
    [InlineData("a: *x", "f:1:4: YAML_ALIAS: anchors and aliases are not accepted")]
    [InlineData("*x", "f:1:1: YAML_ALIAS: anchors and aliases are not accepted")]
    [InlineData("*x : 1", "f:1:1: YAML_ALIAS: anchors and aliases are not accepted")]
    [InlineData("a: 1\n&x b: &y 2\nc: *x", "f:2:1: YAML_ALIAS: anchors and aliases are not accepted")]
    [InlineData("a: 1\n---\nb: 2", "f:2:1: YAML_DOCUMENTS: only one document per file is accepted")]
    [InlineData("%YAML 1.2\n---\na: 1", "f:1:1: YAML_DIRECTIVE: directives are not accepted")]
    [InlineData("a: !!str 1\nb: ! 2", "f:1:4: YAML_TAG: tags are not accepted\nf:2:4: YAML_TAG: tags are not accepted")]
    [InlineData("!t a: 1", "f:1:1: YAML_TAG: tags are not accepted")]
    [InlineData("a: {<<: {b: 1}}", "f:1:5: YAML_MERGE: merge keys are not accepted")]
    [InlineData("? [a]\n: 1", "f:1:3: YAML_KEY: a key must be a plain name")]
    [InlineData(": 1", "f:1:1: YAML_KEY: a key must be a plain name")]
    [InlineData("a: 1\nb: 2\na: 3", "f:3:1: DUPLICATE_KEY: 'a' first set at line 1")]
    [InlineData("a: 1\n'a': 3", "f:2:1: DUPLICATE_KEY: 'a' first set at line 1")]
    [InlineData("{x: {a: 1, b: 2, b: 3}}", "f:1:18: DUPLICATE_KEY: 'b' first set at line 1")]
    [InlineData("v\u0430ult: 1", "f:1:1: ID_CHARS: 'v\u0430ult' has non-ASCII U+0430")]
    [InlineData("a\U0001F600: 1", "f:1:1: ID_CHARS: 'a\U0001F600' has non-ASCII U+1F600")]
    [InlineData("\"a\\tb\": 1", "f:1:1: ID_CHARS: 'a\\u0009b' has control character U+0009")]
    [InlineData("a: \"x\\0\"", "f:1:4: CONTROL_CHAR: character U+0000 is not allowed")]
    [InlineData("a: 1\n\u0085b: 2", "f:2:1: CONTROL_CHAR: character U+0085 is not allowed")]
    [InlineData("a: x\u001b[2J", "f:1:5: CONTROL_CHAR: character U+001B is not allowed")]
    [InlineData("a: x\u2028b: y", "f:1:5: CONTROL_CHAR: character U+2028 is not allowed")]
    [InlineData("", "f:1:1: EMPTY: no scenario in file")]
    [InlineData("# only\n\n# comments", "f:1:1: EMPTY: no scenario in file")]
    [InlineData("...\n", "f:1:1: EMPTY: no scenario in file")]
    [InlineData("---\n", "f:1:1: EMPTY: no scenario in file")]
    [InlineData("\t\n", "f:1:1: EMPTY: no scenario in file")]
    [InlineData("a:\n\tb: 1\n \tc: 2", "f:2:1: YAML: tab used for indentation\nf:3:2: YAML: tab used for indentation")]
    public void What_is_not_accepted_is_named_with_its_place(string text, string expected) =>
        Assert.Equal(expected, Spec.Read(text).Problems);

    [Theory]
    [InlineData("a: [1, 2\n")]
    [InlineData("a: 'x\n")]
    [InlineData("a: b: c\n")]
    [InlineData("a: @x\n")]
    [InlineData("a: {b: c, ,}\n")]
    [InlineData("a: \"\\ud800\"\n")]
    public void Broken_text_is_one_problem_and_no_tree(string text)
    {
        var (root, problems) = Spec.Read(text);
        Assert.Null(root);
        Assert.Matches(@"^f:\d+:\d+: YAML: [^\n]+$", problems);
    }

    [Fact]
    public void All_problems_come_in_one_pass()
    {
        var (root, problems) = Spec.Read("vol: 1\nvol: 2\ngas: !x 3\n\u00e9: 4\n<<: {}\nfee: 5\n");
        Assert.Equal(
            "f:2:1: DUPLICATE_KEY: 'vol' first set at line 1\nf:3:6: YAML_TAG: tags are not accepted\n"
            + "f:4:1: ID_CHARS: '\u00e9' has non-ASCII U+00E9\nf:5:1: YAML_MERGE: merge keys are not accepted",
            problems);
        Assert.Equal("{vol: '1', gas: '3', \u00e9: '4', fee: '5'}", Spec.Show(root));
    }

    [Fact]
    public void A_byte_that_is_not_utf8_is_named_with_its_place()
    {
        byte[] second = [.. "a: 1\r\nb: "u8, 0xff, .. "\n"u8];
        Assert.Equal("f:2:4: ENCODING: byte 0xFF is not UTF-8", Spec.Read(second).Problems);
        Assert.Equal("f:1:1: ENCODING: byte 0xC0 is not UTF-8", Spec.Read([0xc0, 0x80]).Problems);
        Assert.Equal("f:1:2: ENCODING: byte 0xED is not UTF-8", Spec.Read([0x61, 0xed, 0xa0, 0x80]).Problems);
        Assert.Equal("f:1:1: ENCODING: byte 0xFF is not UTF-8", Spec.Read(Encoding.Unicode.GetPreamble()).Problems);
    }

    [Fact]
    public void Line_ends_and_byte_order_mark_of_editors_are_accepted()
    {
        Assert.Equal("{a: '1', b: '2'}", Spec.Show(Spec.Read([0xef, 0xbb, 0xbf, .. "a: 1\r\nb: 2\r\n"u8]).Root));
        Assert.Equal(2, ((SpecMap)Spec.Read("a: 1\rb: 2\r").Root!).Entries[1].Line);
    }

    [Fact]
    public void The_size_limit_is_exact()
    {
        var text = "a: 1\n#".PadRight(262_144, '#');
        Assert.Equal("", Spec.Read(text).Problems);
        Assert.Equal("f:1:1: SPEC_SIZE: 262145 bytes, limit 262144", Spec.Read(text + "#").Problems);
    }

    [Fact]
    public void The_limit_of_values_is_exact()
    {
        static string List(int values) => $"[{string.Join(',', Enumerable.Repeat("1", values - 1))}]";
        Assert.Equal("", Spec.Read(List(20_000)).Problems);
        Assert.Equal("f:1:40000: SPEC_NODES: more than 20000 values", Spec.Read(List(20_001)).Problems);
    }

    [Fact]
    public void The_largest_files_are_answered_within_time_and_memory()
    {
        string[] units =
        [
            "[", "[\n", "{a: ", "[],", "- ", "-\n", "? ", ": ", "a: 1\n", "? a\n", "1,", "a", "a ", "a\n", "\n",
            " ", "#\n", "'", "''", "\"", "\\", "'a',", "&a ", "- &a b\n", "*a,", "- !a b\n", "!", "%x y\n", "---\n",
            "...\n", "\t", "\ta\n", "- |\n a\n", ">\n", "\u00e9: 1\n", "\r", "]", "}", ",", "[a]: b\n",
        ];
        string[] heads = ["", "[", "{", "a: ", "a: |\n", "a: \"", "a: '", "%TAG ! x\n---\n", "- - ["];
        Spec.Read("a: [1, {b: 'c'}]");
        foreach (var (head, unit) in heads.SelectMany(head => units.Select(unit => (head, unit))))
        {
            var count = (262_144 - head.Length) / Encoding.UTF8.GetByteCount(unit);
            var bytes = Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(unit, count)));
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            var (root, problems) = Spec.Read(bytes);
            var milliseconds = clock.ElapsedMilliseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(root is not null || problems.Length > 0, $"no answer for '{head}' + many '{unit}'");
            Assert.True(
                milliseconds < 2_000 && allocated < 100_000_000,
                $"'{head}' + many '{unit}' took {milliseconds} ms and {allocated} bytes");
        }
    }
}
