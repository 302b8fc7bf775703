using ScenarioGrid.Cli.Explanations;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cli.Tests.Explanations;

public class MarkdownPagesTests
{
    private static readonly IReadOnlyDictionary<string, string> Pages = MarkdownPages.All(ComponentCatalog.Default);

    [Fact]
    public void The_pages_in_the_docs_are_what_explain_prints()
    {
        var folder = Repository.Path("docs", "models");
        var written = Directory.GetFiles(folder).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);
        var wrong = Pages.Keys.Union(written.Keys)
            .Where(n => written.GetValueOrDefault(n) != Pages.GetValueOrDefault(n)).ToList();
        Assert.True(wrong.Count == 0,
            $"write them anew with 'scenariogrid explain --pages docs/models': {string.Join(", ", wrong)}");
    }

    [Fact]
    public void A_page_has_equations_parameters_measures_and_reference_cases()
    {
        var page = Pages["merton-jump-market.md"];

        Assert.Contains("price = spot exp(x + logShift)", page, StringComparison.Ordinal);
        Assert.Contains("| jumpIntensity |", page, StringComparison.Ordinal);
        Assert.Contains("| drawdown |", page, StringComparison.Ordinal);
        Assert.Contains("| E10 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_links_every_page() =>
        Assert.All(Pages.Keys.Where(k => k != "README.md"), k =>
            Assert.Contains($"]({k})", Pages["README.md"], StringComparison.Ordinal));
}
