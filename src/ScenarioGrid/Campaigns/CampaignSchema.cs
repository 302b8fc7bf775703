using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using MemberInfo = System.Reflection.MemberInfo;

namespace ScenarioGrid.Campaigns;

/// <summary>The JSON Schema (draft-07) of campaign files, made from the same catalog that reads them.</summary>
/// <remarks>
/// It helps editors to complete and to underline. What JSON Schema cannot say (names that must exist, units of ports,
/// rules between parameters, the number of cells) is left to <c>validate</c>, which says everything.
/// </remarks>
public sealed partial class CampaignSchema
{
    private const string Name = "[A-Za-z][A-Za-z0-9_-]*";
    private const string Number = @"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?[kMB]?";
    private const string Measure = Name + @"\.[A-Za-z0-9]+\.[a-z]+[0-9.]*";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ComponentCatalog _catalog;
    private readonly Func<MemberInfo, string> _describe;
    private readonly JsonObject _definitions = [];

    private CampaignSchema(ComponentCatalog catalog, Func<MemberInfo, string> describe) =>
        (_catalog, _describe) = (catalog, describe);

    /// <summary>The schema as text.</summary>
    /// <param name="catalog">The kinds that a campaign may use.</param>
    /// <param name="describe">What a kind or parameter is; shown by editors.</param>
    public static string Text(ComponentCatalog catalog, Func<MemberInfo, string> describe) =>
        new CampaignSchema(catalog, describe).Build().ToJsonString(Indented);

    private JsonObject Build()
    {
        var root = Map(
            ("version", new JsonObject { ["const"] = CampaignFile.Version }),
            ("campaign", Pattern("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}", "Name of the campaign and of its run folders.")),
            ("about", new JsonObject { ["type"] = "string", ["description"] = "What a reader should learn from it." }),
            ("seed", Whole(0, long.MaxValue, "Seed of all random numbers.")),
            ("paths", Whole(1, 10_000_000, "Monte Carlo paths per cell.")),
            ("scenario", Scenario()),
            ("sweep", Sweep()),
            ("objectives", Named(
                Pattern($"(minimi[sz]e|maximi[sz]e) +{Measure}", "minimise instance.measure.statistic"))),
            ("thresholds", List(Pattern($"{Measure} (<|<=|>|>=) .+", "instance.measure.statistic < limit"))));
        root["required"] = Texts(["version", "campaign", "paths", "scenario"]);
        root["definitions"] = _definitions;
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "title", "ScenarioGrid campaign");
        return root;
    }

    private JsonObject Scenario()
    {
        var components = _catalog.Components.Values.Where(k => !k.IsAttack)
            .OrderBy(k => k.Name, StringComparer.Ordinal);
        var attacks = _catalog.Components.Values.Where(k => k.IsAttack).OrderBy(k => k.Name, StringComparer.Ordinal)
            .ToList();
        var shocks = _catalog.Shocks.Values.OrderBy(k => k.Name, StringComparer.Ordinal).ToList();
        _definitions["stress"] = StressEntry(shocks, attacks);
        var instances = Named(OneOfKinds(components));
        instances["propertyNames"] = new JsonObject { ["pattern"] = $"^{Name}$" };
        instances["minProperties"] = 1;
        var correlation = Map(
            ("between", List(NameOf())),
            ("correlation", new JsonObject { ["type"] = "number", ["minimum"] = -1, ["maximum"] = 1 }));
        correlation["required"] = Texts(["between", "correlation"]);
        var scenario = Map(
            ("horizon", Quantity(Second.Info)), ("tick", Quantity(Second.Info)),
            ("instances", instances), ("correlations", List(correlation)), ("stress", List(Stress())));
        scenario["required"] = Texts(["horizon", "tick", "instances"]);
        return scenario;
    }

    private JsonObject OneOfKinds(IEnumerable<ComponentKind> kinds)
    {
        var all = kinds.ToList();
        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = Texts(["kind"]),
            ["properties"] = new JsonObject { ["kind"] = Choice(all.Select(k => k.Name)) },
            ["allOf"] = new JsonArray([.. Cases("kind", all)]),
        };
    }

    /// <summary>If the key names this kind, then the map is one of that kind: editors complete its
    /// parameters.</summary>
    private IEnumerable<JsonObject> Cases(string key, IEnumerable<ComponentKind> kinds)
    {
        foreach (var kind in kinds)
        {
            _definitions[$"{key}:{kind.Name}"] = OfKind(key, kind);
            yield return Case(key, kind.Name);
        }
    }

    private JsonObject OfKind(string key, ComponentKind kind)
    {
        var map = Map((key, new JsonObject { ["const"] = kind.Name }));
        var (properties, required) = ((JsonObject)map["properties"]!, new List<string> { key });
        if (key != "kind")
        {
            AddTimes(properties, StressTime.FieldsOf(kind));
        }

        if (kind.ReadsSeries)
        {
            properties[SystemBinder.SeriesKey] = Series();
        }

        if (kind.Shock is { } shock)
        {
            properties[shock.Slot] = NameOf();
            required.Add(shock.Slot);
        }

        foreach (var slot in kind.Slots)
        {
            properties[slot.Name] = slot.IsList ? OneOrMore() : NameOf();
            if (slot.Required)
            {
                required.Add(slot.Name);
            }
        }

        foreach (var parameter in kind.Parameters)
        {
            properties[parameter.Name] = Parameter(parameter);
        }

        map["required"] = Texts(required);
        map["description"] = _describe(kind.Type);
        return map;
    }

    private static JsonObject Series()
    {
        var file = Map(("file", new JsonObject { ["type"] = "string", ["description"] = "CSV or Parquet, read by the "
            + "console: a column time (or timestamp, unix, date), and open, high, low, close or close alone." }),
            ("from", Scalar()), ("to", Scalar()), ("gaps", Choice(["refuse", "hold"])));
        file["required"] = Texts(["file"]);
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, file),
            ["description"] = "Recorded prices: a file, or one of " + string.Join(", ", RecordedSeries.Names),
        };
    }

    private JsonObject Parameter(ParameterInfo parameter)
    {
        var about = _describe(parameter.Property);
        if (parameter.Choices is { } choices)
        {
            var choice = Choice(choices);
            choice["description"] = about;
            choice["default"] = choices[(int)parameter.Default];
            return choice;
        }

        if (parameter.IsSwitch)
        {
            return new JsonObject { ["type"] = "boolean", ["description"] = about,
                ["default"] = parameter.Default != 0 };
        }

        var quantity = Quantity(
            parameter.Unit!, $"{about} From {QuantityFormat.Text(parameter.Low, parameter.Unit)} to "
            + $"{QuantityFormat.Text(parameter.High, parameter.Unit)}; "
            + $"default {QuantityFormat.Text(parameter.Default, parameter.Unit)}.");
        if (parameter.Unit!.Bare)
        {
            quantity["minimum"] = parameter.Low;
            quantity["maximum"] = parameter.High;
        }

        return quantity;
    }

    private static JsonObject Sweep()
    {
        var range = Map(
            ("from", Scalar()), ("to", Scalar()), ("steps", Whole(2, int.MaxValue, "Number of levels.")),
            ("scale", Choice(["linear", "log"])));
        range["required"] = Texts(["from", "to", "steps"]);
        var levels = List(Scalar());
        levels["minItems"] = 1;
        var sample = Map(("design", Choice(["sobol", "latin-hypercube"])),
            ("points", Whole(1, SweepBinder.CellsMax, "Number of cells.")));
        sample["required"] = Texts(["design", "points"]);
        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Settings that vary, instance.parameter or stress.parameter: a list or range of levels.",
            ["properties"] = new JsonObject { ["sample"] = sample },
            ["patternProperties"] = new JsonObject
            {
                [$@"^{Name}\.[A-Za-z0-9]+$"] = new JsonObject { ["anyOf"] = new JsonArray(levels, range) },
            },
            ["additionalProperties"] = false,
        };
    }

    /// <summary>A number with one of the suffixes of its unit.</summary>
    private static JsonObject Quantity(UnitInfo unit, string about = "")
    {
        var suffixes = string.Join('|', unit.Accepted.Select(a => Regex.Escape(a.Suffix)));
        var suffix = suffixes.Length == 0 ? "" : unit.Bare ? $" *({suffixes})?" : $" *({suffixes})";
        return new JsonObject
        {
            ["type"] = unit.Bare ? Texts(["number", "string"]) : "string",
            ["pattern"] = $"^{Number}{suffix}$",
            ["description"] = about.Length > 0 ? about : $"{unit.Name}, such as {unit.Example}",
            ["examples"] = Texts([unit.Example]),
        };
    }

    private static JsonObject Scalar() => new() { ["type"] = Texts(["string", "number", "boolean"]) };

    private static JsonObject NameOf() => new() { ["type"] = "string", ["pattern"] = $"^{Name}$" };

    private static JsonObject Pattern(string pattern, string about) =>
        new() { ["type"] = "string", ["pattern"] = $"^{pattern}$", ["description"] = about };

    private static JsonObject Whole(long low, long high, string about) =>
        new() { ["type"] = "integer", ["minimum"] = low, ["maximum"] = high, ["description"] = about };

    private static JsonObject Choice(IEnumerable<string> names) => new() { ["enum"] = Texts(names) };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Named(JsonObject values) =>
        new() { ["type"] = "object", ["additionalProperties"] = values };

    private static JsonObject Map(params (string Key, JsonObject Value)[] properties) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value))),
        ["additionalProperties"] = false,
    };

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(t => (JsonNode?)JsonValue.Create(t))]);
}
