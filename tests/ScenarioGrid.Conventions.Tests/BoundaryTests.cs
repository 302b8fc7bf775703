using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>What each project may know.</summary>
public class BoundaryTests
{
    private static readonly string[] OrleansHomes = ["ScenarioGrid.Grains", "ScenarioGrid.Silo", "ScenarioGrid.Cli"];

    /// <summary>Symbols that would make a model's bits depend on something else, by a part of their name.</summary>
    private static readonly string[] Banned =
    [
        "System.Math.Exp", "System.Math.Log(", "System.Math.Pow", "System.Math.Sin", "System.Math.Cos",
        "System.Math.Tan", "System.Math.Atan2", "System.Math.Cbrt", "System.Double.Exp", "System.Double.Pow",
        "Vector512.Exp", "Vector512.Sum", "T:System.Random", "T:System.DateTime", "T:System.DateTimeOffset",
        "T:System.Diagnostics.Stopwatch", "N:System.IO", "System.Environment.TickCount", "TensorPrimitives",
        "T:System.Numerics.Vector`1", "T:System.Threading.Tasks.Parallel", "T:System.Linq.ParallelEnumerable",
    ];

    [Fact]
    public void Models_reference_the_base_class_library_only() =>
        Assert.All(typeof(ComponentCatalog).Assembly.GetReferencedAssemblies(), a =>
            Assert.StartsWith("System.", a.Name));

    [Fact]
    public void Banned_symbols_are_named_with_what_to_use_instead()
    {
        var lines = Repository.Lines("src/ScenarioGrid.Models/BannedSymbols.txt");
        Faults.None(Banned.Where(b => !lines.Any(l => l.Contains(b, StringComparison.Ordinal))));
        Faults.None(lines.Where(l => l.Split(';') is not [_, { Length: > 20 }]));
        Faults.None(lines.GroupBy(l => l.Split(';')[0]).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void The_ban_is_an_error_and_nobody_turns_it_off()
    {
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
            Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        var project = Repository.Read("src/ScenarioGrid.Models/ScenarioGrid.Models.csproj");
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", project, StringComparison.Ordinal);
        Assert.Contains("AdditionalFiles Include=\"BannedSymbols.txt\"", project, StringComparison.Ordinal);
        Faults.None(Repository.Files("src", ".cs").Append(".editorconfig").Append("Directory.Build.props")
            .Append("src/ScenarioGrid.Models/ScenarioGrid.Models.csproj")
            .Where(f => Repository.Read(f).Contains("RS0030", StringComparison.Ordinal)));
    }

    [Fact]
    public void Orleans_lives_in_grains_and_programs_only()
    {
        var projects = Repository.Files("src", ".csproj")
            .Where(p => !OrleansHomes.Contains(Path.GetFileNameWithoutExtension(p)))
            .Where(p => Repository.Read(p).Contains("Orleans", StringComparison.Ordinal)
                || Repository.Read(p).Contains("ScenarioGrid.Grains", StringComparison.Ordinal));
        var sources = Repository.Files("src", ".cs").Where(f => !OrleansHomes.Contains(f.Split('/')[1]))
            .Where(f => SourceText.Bare(Repository.Read(f)).Contains("Orleans", StringComparison.Ordinal));
        Faults.None(projects.Concat(sources));
    }

    [Fact]
    public void Grains_have_no_mathematics()
    {
        string[] formulas = ["LaneMath.", "Math.Exp(", "Math.Log(", "Math.Pow(", "Math.Sqrt(", "Vec.", "Philox"];
        var broken = Repository.Files("src/ScenarioGrid.Grains", ".cs").SelectMany(f =>
            formulas.Where(w => SourceText.Bare(Repository.Read(f)).Contains(w, StringComparison.Ordinal))
                .Select(w => $"{f}: {w}"));
        Faults.None(broken);
    }

    [Fact]
    public void Grain_contracts_are_written_down()
    {
        Assert.Contains("<EnableOrleansContractsAnalyzer>true</EnableOrleansContractsAnalyzer>",
            Repository.Read("src/ScenarioGrid.Grains/ScenarioGrid.Grains.csproj"), StringComparison.Ordinal);
        Assert.Contains("interface [GrainInterfaceType(\"ScenarioGrid.Grains.IFrontGrain\")]",
            Repository.Read("src/ScenarioGrid.Grains/OrleansContracts.txt"), StringComparison.Ordinal);
    }
}
