using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScenarioGrid.Cli.Tests;

/// <summary>As much of JSON Schema draft-07 as the schema of campaigns uses; an unknown keyword is a fault.</summary>
internal static class MiniSchema
{
    private static readonly string[] s_words =
        ["$schema", "$ref", "title", "description", "default", "examples", "definitions", "then", "required",
            "additionalProperties"];

    public static IReadOnlyList<string> Faults(JsonObject root, JsonNode? value)
    {
        var faults = new List<string>();
        Check(root, root, value, "", faults);
        return faults;
    }

    private static void Check(JsonObject root, JsonNode schema, JsonNode? value, string at, List<string> faults)
    {
        if (schema is JsonValue allowed)
        {
            Need(allowed.GetValue<bool>(), $"{at}: not allowed", faults);
            return;
        }

        var rules = schema.AsObject();
        if (rules["$ref"] is { } reference)
        {
            Check(root, root["definitions"]![((string)reference!)["#/definitions/".Length..]]!, value, at, faults);
            return;
        }

        foreach (var (word, rule) in rules)
        {
            CheckWord(root, rules, word, rule!, value, at, faults);
        }

        if (value is JsonObject map)
        {
            CheckMap(root, rules, map, at, faults);
        }
    }

    private static void CheckWord(
        JsonObject root, JsonObject rules, string word, JsonNode rule, JsonNode? value, string at, List<string> faults)
    {
        var text = value?.GetValueKind() == JsonValueKind.String ? (string?)value : null;
        var number = value?.GetValueKind() == JsonValueKind.Number ? (double?)value : null;
        switch (word)
        {
            case "type":
                var types = rule is JsonArray many ? many.Select(t => (string)t!) : [(string)rule!];
                Need(types.Any(t => IsOf(t, value)), $"{at}: is no {string.Join('|', types)}", faults);
                break;
            case "const":
                Need(JsonNode.DeepEquals(JsonNode.Parse(rule.ToJsonString()), value)
                    || (number is { } n && IsOf("integer", rule) && n == (double)rule!),
                    $"{at}: is not {rule}", faults);
                break;
            case "enum":
                Need(rule.AsArray().Any(r => (string?)r == text), $"{at}: {value} is no choice", faults);
                break;
            case "pattern":
                Need(text is null || Regex.IsMatch(text, (string)rule!), $"{at}: '{text}' has the wrong form", faults);
                break;
            case "minimum":
                Need(!(number < (double)rule!), $"{at}: {number} is too small", faults);
                break;
            case "maximum":
                Need(!(number > (double)rule!), $"{at}: {number} is too large", faults);
                break;
            case "minItems":
                Need(value is not JsonArray list || list.Count >= (int)rule!, $"{at}: too few", faults);
                break;
            case "minProperties":
                Need(value is not JsonObject map || map.Count >= (int)rule!, $"{at}: too few", faults);
                break;
            default:
                CheckParts(root, rules, word, rule, value, at, faults);
                break;
        }
    }

    /// <summary>The words whose rules are schemas themselves.</summary>
    private static void CheckParts(
        JsonObject root, JsonObject rules, string word, JsonNode rule, JsonNode? value, string at, List<string> faults)
    {
        bool Fits(JsonNode? s)
        {
            var own = new List<string>();
            Check(root, s!, value, at, own);
            return own.Count == 0;
        }

        switch (word)
        {
            case "items":
                foreach (var (item, i) in (value as JsonArray ?? []).Select((item, i) => (item, i)))
                {
                    Check(root, rule, item, $"{at}[{i}]", faults);
                }

                break;
            case "allOf":
                foreach (var part in rule.AsArray())
                {
                    Check(root, part!, value, at, faults);
                }

                break;
            case "anyOf":
                Need(rule.AsArray().Any(Fits), $"{at}: fits no alternative", faults);
                break;
            case "if":
                if (Fits(rule))
                {
                    Check(root, rules["then"]!, value, at, faults);
                }

                break;
            case "propertyNames":
                foreach (var (key, _) in value as JsonObject ?? [])
                {
                    Check(root, rule, JsonValue.Create(key), $"{at}.{key}", faults);
                }

                break;
            case "properties" or "patternProperties":
                break;
            default:
                Need(s_words.Contains(word), $"the test does not know '{word}'", faults);
                break;
        }
    }

    private static void CheckMap(JsonObject root, JsonObject rules, JsonObject map, string at, List<string> faults)
    {
        foreach (var key in rules["required"]?.AsArray() ?? [])
        {
            Need(map.ContainsKey((string)key!), $"{at}: {key} is missing", faults);
        }

        foreach (var (key, value) in map)
        {
            var own = rules["properties"]?[key]
                ?? rules["patternProperties"]?.AsObject().FirstOrDefault(p => Regex.IsMatch(key, p.Key)).Value
                ?? rules["additionalProperties"];
            if (own is not null)
            {
                Check(root, own, value, $"{at}.{key}", faults);
            }
        }
    }

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
        ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => Math.Floor((double)value!) == (double)value!,
        _ => false,
    };

    private static void Need(bool holds, string fault, List<string> faults)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }
}
