using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScenarioGrid.Cli;

/// <summary>One JSON object as output.</summary>
public static class JsonOut
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints an object whose members the action writes.</summary>
    public static void Print(Action<Utf8JsonWriter> members) => Terminal.Line(Text(members));

    /// <summary>The text of an object whose members the action writes.</summary>
    public static string Text(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes a list of texts.</summary>
    public static void Strings(this Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a number, or null when it is not finite.</summary>
    public static void NumberOrNull(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        RowWriter.WriteValue(json, value);
    }
}
