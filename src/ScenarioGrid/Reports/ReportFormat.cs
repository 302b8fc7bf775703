using System.Reflection;

namespace ScenarioGrid.Reports;

/// <summary>Registers a report format under the name that a user asks for: "html".</summary>
/// <param name="name">Name of the format.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReportFormatAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>Writes the outcome of a run in one format. One file of this folder is one format.</summary>
/// <remarks>The bytes are a function of the outcome alone: no clock, no random ids, no machine.</remarks>
public abstract class ReportFormat
{
    /// <summary>Name of the file inside the folder of the run: "report.html".</summary>
    public abstract string FileName { get; }

    /// <summary>Writes the report; the stream stays open.</summary>
    public abstract void Write(RunOutcome outcome, Stream to);
}

/// <summary>All report formats of this assembly, by name.</summary>
public static class ReportFormats
{
    private static readonly SortedDictionary<string, ReportFormat> Known = new(
        typeof(ReportFormat).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<ReportFormatAttribute>() is not null)
            .ToDictionary(
                t => t.GetCustomAttribute<ReportFormatAttribute>()!.Name,
                t => (ReportFormat)Activator.CreateInstance(t)!),
        StringComparer.Ordinal);

    /// <summary>Every format, sorted by name.</summary>
    public static IReadOnlyDictionary<string, ReportFormat> All => Known;

    /// <summary>The format of that name.</summary>
    /// <exception cref="ArgumentException">There is no such format; the message lists those there are.</exception>
    public static ReportFormat Find(string name) => Known.TryGetValue(name, out var format)
        ? format
        : throw new ArgumentException(
            $"'{name}' is no report format; known: {string.Join(", ", Known.Keys)}", nameof(name));
}
