using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

public partial class HtmlReportTests
{
    public static TheoryData<string> Outcomes { get; } = [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Page_is_well_formed(string outcome)
    {
        var page = Page(Samples.All[outcome]());
        var document = Parsed(page);
        var ids = document.Descendants().Select(e => (string?)e.Attribute("id")).Where(i => i is not null).ToList();
        Assert.Equal(ids.Distinct(), ids);
        var targets = document.Descendants("a").Select(a => ((string)a.Attribute("href")!).TrimStart('#'));
        Assert.Empty(targets.Except(ids));
    }

    [Fact]
    public void Policy_allows_exactly_the_scripts_and_the_style_inside()
    {
        var page = Page(SampleOutcome.TwoAxes());
        var policy = PolicyText().Match(page).Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);
        var scripts = ScriptBody().Matches(page).Where(m => m.Groups[1].Value == "<script>")
            .Select(m => Hash(m.Groups[2].Value));
        var style = Hash(StyleBody().Match(page).Groups[1].Value);
        Assert.Equal(
            $"default-src 'none'; script-src {string.Join(' ', scripts)}; style-src {style}; "
            + "img-src data:; base-uri 'none'; form-action 'none'",
            policy);
    }

    [Fact]
    public void Page_has_no_address_to_load_and_no_inline_handler()
    {
        var markup = ScriptBody().Replace(Page(SampleOutcome.TwoAxes()), "");
        Assert.DoesNotMatch(Loading(), markup);
        Assert.DoesNotMatch(Handler(), markup);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("]]><!-- &lt; {{x}} \u202e\u0001")]
    public void Hostile_names_are_inert(string attack)
    {
        var page = Page(SampleOutcome.Hostile(attack));
        Assert.Equal(3, ScriptBody().Count(page));
        Assert.DoesNotContain("<img", ScriptBody().Replace(page, ""), StringComparison.Ordinal);
        Assert.DoesNotMatch(Handler(), ScriptBody().Replace(page, ""));
        Assert.DoesNotContain('\u202e', page);
        var body = Parsed(page);
        var shown = new string([.. attack.Select(c => c is '\u202e' or '\u0001' ? '\ufffd' : c)]);
        Assert.Equal(shown, body.Descendants("h1").Single().Value);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Bytes_are_a_function_of_the_outcome(string outcome)
    {
        foreach (var format in ReportFormats.All.Values)
        {
            Assert.Equal(Samples.Bytes(format, Samples.All[outcome]()), Samples.Bytes(format, Samples.All[outcome]()));
        }
    }

    [Fact]
    public void Large_campaigns_draw_a_sample_and_say_so()
    {
        var page = Page(SampleOutcome.Large());
        Assert.Matches("Drawn: [0-9]+ of [0-9]+ frontier cells and [0-9]+ of [0-9]+ dominated cells", page);
        Assert.Contains("4,400 cells are not shown.", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 1_200_000, 6_000_000);
    }

    /// <summary>The page as XML, without the document type and what scripts and the style sheet hold.</summary>
    private static XDocument Parsed(string page)
    {
        var markup = StyleBody().Replace(page[(page.IndexOf('\n') + 1)..], "<style></style>");
        return XDocument.Parse(ScriptBody().Replace(markup, "$1</script>"));
    }

    private static string Page(RunOutcome outcome) =>
        Encoding.UTF8.GetString(Samples.Bytes(ReportFormats.Find("html"), outcome));

    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    [GeneratedRegex("(<script[^>]*>)(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptBody();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleBody();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex PolicyText();

    [GeneratedRegex("(src|href)=\"(?!#)|url\\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();

    [GeneratedRegex("<[^>\"]*(\"[^\"]*\"[^>\"]*)*\\son[a-z]+=", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();
}
