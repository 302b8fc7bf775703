using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Cli;

/// <summary>A value with the words that a table shows for it; programs get the value.</summary>
/// <param name="Value">Null, a text, a switch or a number.</param>
/// <param name="Text">Words for people.</param>
public sealed record Shown(object? Value, string Text);

/// <summary>Writes rows as table, json, jsonl or csv; all but the table row by row, so that any number of rows
/// fits.</summary>
/// <remarks>
/// Numbers for programs are written in full and in base units. A number that is not finite is null in JSON and empty
/// in CSV. The end of the data is written by <see cref="Dispose"/>.
/// </remarks>
public sealed class RowWriter : IDisposable
{
    private const int ChunkLength = 65_536;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _to;
    private readonly string _format;
    private readonly IReadOnlyList<string> _columns;
    private readonly Terminal _terminal;
    private readonly List<IReadOnlyList<string>> _table = [];
    private readonly StringBuilder _chunk = new();
    private long _rows;

    /// <summary>Begins the output.</summary>
    /// <param name="to">Standard output, or a file.</param>
    /// <param name="format">table, json, jsonl or csv.</param>
    /// <param name="columns">Names of the columns, the keys of JSON.</param>
    /// <param name="terminal">Draws tables.</param>
    public RowWriter(TextWriter to, string format, IReadOnlyList<string> columns, Terminal terminal)
    {
        (_to, _format, _columns, _terminal) = (to, format, columns, terminal);
        if (format == "csv")
        {
            AddLine(string.Join(',', columns.Select(CsvReport.Quoted)));
        }
        else if (format == "json")
        {
            _chunk.Append('[');
        }
    }

    /// <summary>Writes a row: one value per column.</summary>
    public void Add(params IReadOnlyList<object?> row)
    {
        switch (_format)
        {
            case "csv":
                AddLine(string.Join(',', row.Select(v => CsvReport.Quoted(Plain(v is Shown shown ? shown.Value : v)))));
                break;
            case "jsonl":
                AddLine(JsonText(row));
                break;
            case "json":
                _chunk.Append(_rows > 0 ? ",\n " : "\n ").Append(JsonText(row));
                Flush(ChunkLength);
                break;
            default:
                _table.Add([.. row.Select(v => v is Shown shown ? shown.Text : Plain(v))]);
                break;
        }

        _rows++;
    }

    public void Dispose()
    {
        if (_format == "json")
        {
            AddLine(_rows > 0 ? "\n]" : "]");
        }
        else if (_format == "table")
        {
            _terminal.Table(_columns.Select(c => c.ToUpperInvariant()).ToList(), _table);
        }

        Flush(0);
    }

    /// <summary>A value as programs read it: invariant, shortest text that gives the same number.</summary>
    public static string Plain(object? value) => value switch
    {
        null => "",
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "",
        bool flag => flag ? "true" : "false",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Writes a value of any kind that rows have.</summary>
    public static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case Shown shown:
                WriteValue(json, shown.Value);
                break;
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case double or float:
                var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (double.IsFinite(number))
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteNullValue();
                }

                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case decimal or ulong or System.Numerics.BigInteger:
                json.WriteRawValue(Plain(value));
                break;
            case IReadOnlyList<string> list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    json.WriteStringValue(item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Plain(value));
                break;
        }
    }

    private string JsonText(IReadOnlyList<object?> row)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Json))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Count; i++)
            {
                json.WritePropertyName(_columns[i]);
                WriteValue(json, row[i]);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private void AddLine(string line)
    {
        _chunk.Append(line).Append('\n');
        Flush(ChunkLength);
    }

    private void Flush(int from)
    {
        if (_chunk.Length > from)
        {
            _to.Write(_chunk.ToString());
            _to.Flush();
            _chunk.Clear();
        }
    }
}
