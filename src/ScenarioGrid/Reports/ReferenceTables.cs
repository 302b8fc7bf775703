using System.Collections.Immutable;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.References;

namespace ScenarioGrid.Reports;

/// <summary>The reference cases that ship with the models.</summary>
public static class ReferenceTables
{
    private static readonly Lazy<ImmutableArray<ReferenceCase>> Read = new(ReadAll);

    /// <summary>Cases that a kind rests on, in the order of their tables.</summary>
    public static IEnumerable<ReferenceCase> Of(ComponentKind kind) =>
        Read.Value.Where(c => c.Kinds.Contains(kind.Name));

    private static ImmutableArray<ReferenceCase> ReadAll()
    {
        var assembly = typeof(ReferenceCase).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(n => n.StartsWith("References/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).SelectMany(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return ReferenceCase.Parse(reader.ReadToEnd().Split('\n'));
                }),
        ];
    }
}
