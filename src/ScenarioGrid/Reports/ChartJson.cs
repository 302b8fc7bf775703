using System.Text.Json;

namespace ScenarioGrid.Reports;

/// <summary>How report objects become JSON: every &lt;, &gt; and &amp; escaped, so that a page can hold it.</summary>
public static class ChartJson
{
    /// <summary>Camel case, default escaping (which escapes markup), nothing indented.</summary>
    public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The JSON of any report object.</summary>
    public static string Of(object value) => JsonSerializer.Serialize(value, Options);
}
