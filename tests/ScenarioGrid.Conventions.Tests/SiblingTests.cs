namespace ScenarioGrid.Conventions.Tests;

/// <summary>The tests mirror the sources, so whoever opens a file knows where its tests are.</summary>
public class SiblingTests
{
    /// <summary>Words of the language in which models are written; they are tested by what is written in
    /// them.</summary>
    private static readonly string[] Plumbing =
        ["Component", "ComponentCatalog", "ComponentKind",
            "ComponentParts", "Lane", "Quantity", "Stage", "Tick", "Units", "Vec", "Vecs"];

    [Fact]
    public void Every_model_has_its_tests() =>
        Ratchet.Hold("siblings-models", "every model file has a test file of its path",
        Missing("src/ScenarioGrid.Models", "tests/ScenarioGrid.Models.Tests")
            .Where(f => !Plumbing.Select(p => $"src/ScenarioGrid.Models/Kernel/{p}.cs").Contains(f))
            .Select(f => (f, 1)));

    [Fact]
    public void Every_component_and_shock_has_its_tests_without_exception()
    {
        var files = Repository.Files("tests/ScenarioGrid.Models.Tests", "Tests.cs")
            .Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet(StringComparer.Ordinal);
        var catalog = Models.Kernel.ComponentCatalog.Default;
        Faults.None(catalog.Components.Values.Concat(catalog.Shocks.Values).Select(k => $"{k.Type.Name}Tests")
            .Where(t => !files.Contains(t)));
    }

    private static IEnumerable<string> Missing(string sources, string tests) =>
        from file in Repository.Files(sources, ".cs")
        let name = Path.GetFileName(file).Split('.')[0]
        let folder = Path.GetDirectoryName(file)!.Replace('\\', '/')[sources.Length..]
        where !Repository.Exists($"{tests}{folder}/{name}Tests.cs")
        where !Directory.Exists(Path.Combine(Repository.Root, tests + folder))
            || !Directory.EnumerateFiles(Path.Combine(Repository.Root, tests + folder), $"{name}*Tests.cs").Any()
        select file;
}
