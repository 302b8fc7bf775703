using System.Text.Json;
using System.Text.Json.Nodes;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Reports;

/// <summary>The outcome as JSON for programs: numbers in base units, null where a number is not finite.</summary>
[ReportFormat("json")]
public sealed class JsonReport : ReportFormat
{
    /// <summary>Raised when a field changes its meaning or goes away; new fields do not raise it.</summary>
    public const int SchemaVersion = 1;

    public override string FileName => "report.json";

    public override void Write(RunOutcome outcome, Stream to)
    {
        var data = new ReportData(outcome);
        using var writer = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        foreach (var (name, value) in Head(data))
        {
            writer.WritePropertyName(name);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        // Millions of cells are written one by one, never held as one tree.
        writer.WriteStartArray("cells");
        foreach (var result in outcome.Results.OrderBy(r => r.Cell))
        {
            Cell(data, result).WriteTo(writer);
            writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static JsonObject Head(ReportData data) => new()
    {
        ["schemaVersion"] = SchemaVersion,
        ["campaign"] = data.Campaign.Name,
        ["about"] = data.Campaign.About,
        ["seed"] = data.Campaign.Seed,
        ["paths"] = data.Campaign.Paths,
        ["tickSeconds"] = data.Campaign.TickSeconds,
        ["ticks"] = data.Campaign.Ticks,
        ["provenance"] = JsonSerializer.SerializeToNode(data.Outcome.Provenance, ChartJson.Options),
        ["parameters"] = List(data.Axes.Select(a => new JsonObject
        {
            ["name"] = a.Name, ["unit"] = a.Unit?.Symbol ?? "", ["levels"] = a.Levels,
        })),
        ["objectives"] = List(data.Campaign.Objectives.Select(o => new JsonObject
        {
            ["axis"] = o.Axis,
            ["expression"] = o.Text(data.Campaign),
            ["unit"] = data.UnitOf(o.Measure, o.Statistic).Symbol,
        })),
        ["thresholds"] = List(data.Campaign.Thresholds.Select(t => new JsonObject
        {
            ["expression"] = t.Text, ["limit"] = Number(t.Limit), ["unit"] = data.UnitOf(t.Measure, t.Statistic).Symbol,
        })),
        ["recommendation"] = data.Recommendation is { } choice ? Choice(data, choice) : null,
    };

    private static JsonObject Choice(ReportData data, Recommendation choice) => new()
    {
        ["cell"] = choice.Cell.Index,
        ["passes"] = choice.Passes,
        ["rule"] = JsonNamingPolicy.CamelCase.ConvertName(choice.Rule.ToString()),
        ["settings"] = data.Settings(choice.Cell.Settings),
        ["cellsPassing"] = choice.Passing,
        ["reasons"] = List(choice.Reasons.Select(r => JsonValue.Create(r.Sentence))),
        ["runnersUp"] = List(choice.RunnersUp.Select(r => new JsonObject
        {
            ["cell"] = r.Cell.Index, ["sentence"] = r.Sentence,
        })),
    };

    private static JsonObject Cell(ReportData data, CellResult result)
    {
        var settings = data.Outcome.Grid.Settings(result.Cell);
        var node = new JsonObject
        {
            ["cell"] = result.Cell,
            ["parameters"] = new JsonObject(data.Axes.Select((a, i) =>
                KeyValuePair.Create<string, JsonNode?>(a.Name, Setting(data, a, i, settings[i])))),
        };
        if (data.Cell(result.Cell) is not { } cell)
        {
            node["error"] = result.Error;
            return node;
        }

        node["objectives"] = List(cell.Objectives.Select(Estimated));
        node["thresholds"] = List(cell.Thresholds
            .Select(t => JsonValue.Create(t.Verdict.ToString().ToLowerInvariant())));
        node["passes"] = cell.Passes;
        node["onFrontier"] = data.IsOnFrontier(result.Cell);
        node["frontierProbability"] = Number(data.Membership(result.Cell));
        node["isRecommended"] = data.Recommendation?.Cell.Index == result.Cell;
        return node;
    }

    private static JsonValue? Setting(ReportData data, Axis axis, int position, double value) =>
        axis.Unit is null ? JsonValue.Create(data.Label(position, value)) : Number(value);

    private static JsonObject Estimated(Estimate estimate) => new()
    {
        ["value"] = Number(estimate.Value),
        ["low"] = Number(estimate.Low),
        ["high"] = Number(estimate.High),
        ["standardError"] = Number(estimate.StandardError),
        ["paths"] = estimate.Paths,
    };

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonArray List(IEnumerable<JsonNode?> items) => new([.. items]);
}
