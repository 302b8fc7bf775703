using System.Text.Json;

namespace ScenarioGrid.Cli.Explanations;

/// <summary>What the console says of one thing: a kind, a parameter, a port, a statistic, a unit.</summary>
/// <param name="Subject">Its full name: "twap-oracle.window".</param>
/// <param name="What">What it is: "parameter", "statistic".</param>
/// <param name="Summary">What it means, in a sentence or two; may be empty.</param>
/// <param name="Remarks">Equations, assumptions, sources; may be empty.</param>
/// <param name="Facts">Named facts: unit, bounds, default.</param>
/// <param name="Tables">Tables of its parts: parameters, slots, ports.</param>
public sealed record Explanation(
    string Subject, string What, string Summary, string Remarks, IReadOnlyList<Fact> Facts,
        IReadOnlyList<FactTable> Tables)
{
    /// <summary>Prints for people or as JSON.</summary>
    public void Print(string output, Terminal terminal)
    {
        if (output == "json")
        {
            JsonOut.Print(Write);
            return;
        }

        Terminal.Line(terminal.Bold(Subject) + $"  ({What})");
        if (Summary.Length > 0)
        {
            Terminal.Line(Summary);
        }

        foreach (var fact in Facts)
        {
            Terminal.Line($"  {fact.Name,-12}{fact.Value.Text}");
        }

        if (Remarks.Length > 0)
        {
            Terminal.Line();
            Terminal.Line(string.Join(
                "\n\n", Remarks.Split("\n\n").Select(p => p.Trim('\n')).Where(p => p.Length > 0)));
        }

        foreach (var table in Tables.Where(t => t.Rows.Count > 0))
        {
            Terminal.Line();
            Terminal.Line(terminal.Bold(table.Name));
            terminal.Table([.. table.Columns.Select(c => c.ToUpperInvariant())],
                [.. table.Rows.Select(r => (IReadOnlyList<string>)[.. r.Select(v => v.Text)])]);
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteString("subject", Subject);
        json.WriteString("what", What);
        json.WriteString("summary", Summary);
        json.WriteString("remarks", Remarks);
        foreach (var fact in Facts)
        {
            json.WritePropertyName(fact.Name);
            RowWriter.WriteValue(json, fact.Value);
        }

        foreach (var table in Tables)
        {
            json.WriteStartArray(table.Name);
            foreach (var row in table.Rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Count; i++)
                {
                    json.WritePropertyName(table.Columns[i]);
                    RowWriter.WriteValue(json, row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}

/// <summary>A named fact with its value for programs and its words for people.</summary>
public sealed record Fact(string Name, Shown Value)
{
    public static Fact Of(string name, string text) => new(name, new Shown(text, text));
}

/// <summary>A table of facts.</summary>
public sealed record FactTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Shown>> Rows)
{
    /// <summary>A table of plain texts.</summary>
    public static FactTable Of(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        new(name, columns, [.. rows.Select(r => (IReadOnlyList<Shown>)[.. r.Select(t => new Shown(t, t))])]);
}
