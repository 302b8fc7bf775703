using System.Globalization;
using System.Text;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

public class CsvReportTests
{
    [Fact]
    public void Every_cell_is_a_row_with_every_statistic_and_its_interval()
    {
        var outcome = SampleOutcome.TwoAxes();
        var rows = Rows(outcome);
        Assert.Equal(55, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Length, r.Length));
        var at = Array.IndexOf(rows[0], "vaults.badDebt.es99 [USD]");
        var measure = outcome.Campaign.IndexOfMeasure("vaults.badDebt");
        foreach (var row in rows.Skip(1))
        {
            var cell = int.Parse(row[0], CultureInfo.InvariantCulture);
            var estimate = outcome.Results[cell].At(measure, 4, 5);
            Assert.Equal(estimate.Value, double.Parse(row[at], CultureInfo.InvariantCulture));
            Assert.Equal(estimate.Low, double.Parse(row[at + 1], CultureInfo.InvariantCulture));
            Assert.Equal(estimate.High, double.Parse(row[at + 2], CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+vaults", "'+vaults")]
    [InlineData("-vaults", "'-vaults")]
    [InlineData("@vaults", "'@vaults")]
    [InlineData("va\"ul,ts", "va\"ul,ts")]
    public void Texts_that_a_spreadsheet_would_run_are_quoted(string owner, string start)
    {
        var head = Rows(SampleOutcome.Hostile(owner))[0];
        Assert.Contains(head, h => h.StartsWith($"{start}.window", StringComparison.Ordinal));
        Assert.DoesNotContain(head, h => h.Length > 0 && "=+-@".Contains(h[0], StringComparison.Ordinal));
    }

    [Fact]
    public void Negative_numbers_stay_numbers()
    {
        var rows = Rows(SampleOutcome.TwoAxes());
        var at = Array.IndexOf(rows[0], "vaults.equity.es99 [USD]");
        Assert.Contains(rows.Skip(1),
            r => r[at].StartsWith('-') && double.Parse(r[at], CultureInfo.InvariantCulture) < 0);
    }

    /// <summary>Reads fields with quotes, as RFC 4180 says.</summary>
    private static List<string[]> Rows(RunOutcome outcome)
    {
        var text = Encoding.UTF8.GetString(Samples.Bytes(ReportFormats.Find("csv"), outcome));
        var (rows, fields, field, isQuoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[++i]);
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && c is ',' or '\n' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    rows.Add([.. fields]);
                    fields.Clear();
                }
            }
            else
            {
                field.Append(c);
            }
        }

        return rows;
    }
}
