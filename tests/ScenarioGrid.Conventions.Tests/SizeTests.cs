namespace ScenarioGrid.Conventions.Tests;

/// <summary>Files, methods and lines stay small; what is larger today is listed and may only shrink.</summary>
public class SizeTests
{
    private const int FileLines = 300, MethodLines = 70, LineColumns = 120, GrainLines = 80;

    [Fact]
    public void Files_have_at_most_300_lines() => Ratchet.Hold("files", $"a file has at most {FileLines} lines",
        Repository.Sources().Select(f => (f, Repository.Lines(f).Length)).Where(f => f.Length > FileLines));

    [Fact]
    public void Methods_have_at_most_70_lines() => Ratchet.Hold("methods", $"a method has at most {MethodLines} lines",
        Repository.Sources().Select(f =>
            (f, SourceText.Members(Repository.Read(f)).Select(m => m.Lines).DefaultIfEmpty().Max()))
            .Where(f => f.Item2 > MethodLines));

    [Fact]
    public void Lines_have_at_most_120_columns() => Ratchet.Hold("columns", $"a line has at most {LineColumns} columns",
        Repository.Sources().Select(f => (f, Repository.Lines(f).Count(l => l.Length > LineColumns)))
            .Where(f => f.Item2 > 0));

    [Fact]
    public void Grain_classes_have_at_most_80_lines() => Ratchet.Hold("grains", "a grain is thin: at most 80 lines",
        Repository.Files("src/ScenarioGrid.Grains", "Grain.cs")
            .Where(f => !f.Contains("/Contracts/", StringComparison.Ordinal))
            .Select(f => (f, Repository.Lines(f).Length)).Where(f => f.Length > GrainLines));
}
