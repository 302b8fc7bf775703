using System.Text;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cli.Explanations;

/// <summary>The pages of all components as Markdown: the same text that explain prints.</summary>
public static class MarkdownPages
{
    /// <summary>Pages by file name: one per component, attack and shock, and an index of all.</summary>
    public static IReadOnlyDictionary<string, string> All(ComponentCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var glossary = new Glossary(catalog);
        var names = catalog.Components.Keys.Concat(catalog.Shocks.Keys).ToList();
        var pages = names.ToDictionary(n => $"{n}.md", n => Page(glossary.Find(n), _ => null), StringComparer.Ordinal);
        pages["README.md"] = Page(glossary.All(), name => names.Contains(name) ? $"[{name}]({name}.md)" : null);
        return pages;
    }

    private static string Page(Explanation page, Func<string, string?> link)
    {
        var text = new StringBuilder();
        text.Append($"# {page.Subject}\n\n*{page.What}* (`scenariogrid explain")
            .Append(page.Subject == "scenariogrid" ? "" : $" {page.Subject}").Append("`)\n");
        Paragraph(text, Escape(page.Summary));
        Paragraph(text, string.Concat(page.Facts.Select(f => $"- {f.Name}: {Escape(f.Value.Text)}\n")));
        Paragraph(text, page.Remarks.Length > 0 ? $"```text\n{page.Remarks.Trim('\n')}\n```" : "");
        foreach (var table in page.Tables.Where(t => t.Rows.Count > 0))
        {
            text.Append($"\n## {table.Name}\n\n| {string.Join(" | ", table.Columns)} |\n")
                .Append($"|{string.Concat(Enumerable.Repeat("---|", table.Columns.Count))}\n");
            foreach (var row in table.Rows)
            {
                text.Append($"| {string.Join(" | ", row.Select(v => link(v.Text) ?? Escape(v.Text)))} |\n");
            }
        }

        return text.ToString();
    }

    private static void Paragraph(StringBuilder text, string paragraph)
    {
        if (paragraph.Length > 0)
        {
            text.Append('\n').Append(paragraph.TrimEnd('\n')).Append('\n');
        }
    }

    private static string Escape(string text) => text.ReplaceLineEndings(" ")
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
