using System.Text.Json.Nodes;
using ScenarioGrid.Crises;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <content>The stress calendar: shocks, attacks and crises.</content>
public sealed partial class CampaignSchema
{
    private static readonly string[] StressKeys = ["shock", "attack", "crisis"];

    private JsonObject StressEntry(IReadOnlyList<ComponentKind> shocks, IReadOnlyList<ComponentKind> attacks)
    {
        return new JsonObject
        {
            ["type"] = "object",
            ["anyOf"] = new JsonArray([.. StressKeys.Select(k => new JsonObject { ["required"] = Texts([k]) })]),
            ["properties"] = new JsonObject
            {
                ["shock"] = Choice(shocks.Select(k => k.Name)),
                ["attack"] = Choice(attacks.Select(k => k.Name)),
                ["crisis"] = Choice(CrisisLibrary.All.Select(c => c.Name)),
            },
            ["allOf"] = new JsonArray([.. Cases("shock", shocks), .. Cases("attack", attacks), .. CrisisCases()]),
        };
    }

    private IEnumerable<JsonObject> CrisisCases()
    {
        foreach (var crisis in CrisisLibrary.All)
        {
            var map = Map(("crisis", new JsonObject { ["const"] = crisis.Name }));
            var properties = (JsonObject)map["properties"]!;
            AddTimes(properties, StressTime.Fields);
            foreach (var role in crisis.Roles)
            {
                properties[role.Name] = OneOrMore();
                properties[role.Name]!["description"] = role.What;
            }

            map["required"] = Texts(["crisis"]);
            map["description"] = crisis.About;
            _definitions[$"crisis:{crisis.Name}"] = map;
            yield return Case("crisis", crisis.Name);
        }
    }

    private static JsonObject Case(string key, string name) => new()
    {
        ["if"] = new JsonObject
        {
            ["required"] = Texts([key]),
            ["properties"] = new JsonObject { [key] = new JsonObject { ["const"] = name } },
        },
        ["then"] = new JsonObject { ["$ref"] = $"#/definitions/{key}:{name}" },
    };

    private static JsonObject Stress() => new() { ["$ref"] = "#/definitions/stress" };

    /// <summary>What every entry of the stress calendar may say, and those of the fields of time it has.</summary>
    private static void AddTimes(JsonObject properties, IEnumerable<string> fields)
    {
        properties["name"] = NameOf();
        properties["enabled"] = new JsonObject { ["type"] = "boolean" };
        properties["after"] = NameOf();
        properties["with"] = List(Stress());
        foreach (var field in fields)
        {
            properties[field] = field switch
            {
                "at" => Quantity(
                    Second.Info, "Onset, from the start of the scenario, or from the onset of what it is after."),
                "severity" => Quantity(Models.Kernel.Number.Info, "1 is the shock as published, 0 none."),
                "jitter" => Quantity(
                    Second.Info, "The onset of each path is later by a uniform share of so much."),
                _ => Quantity(Models.Kernel.Number.Info, "Stretches its times: 2 is half as fast."),
            };
        }
    }

    private static JsonObject OneOrMore() => new() { ["anyOf"] = new JsonArray(NameOf(), List(NameOf())) };
}
