using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>A component is one model file and one test file: those of the guide are compiled and run, and nothing else
/// is changed.</summary>
public partial class AddingAComponentTests
{
    private const string Page = "docs/adding-a-component.md";
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Linq; "
        + "global using Xunit; global using CsCheck;";

    private static readonly Lazy<Assembly> Compiled = new(() => Compile([.. Blocks("csharp")]));

    [Fact]
    public void The_two_files_of_the_guide_compile_without_warnings() => Assert.NotNull(Compiled.Value);

    [Fact]
    public void The_tests_of_the_guide_pass()
    {
        var tests = Compiled.Value.GetExportedTypes()
            .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null)).ToList();
        Assert.NotEmpty(tests);
        Assert.All(tests, t => t.Invoke(Activator.CreateInstance(t.DeclaringType!), null));
    }

    [Fact]
    public void The_campaign_of_the_guide_runs_on_the_new_component()
    {
        var catalog = new ComponentCatalog(typeof(ComponentCatalog).Assembly, Compiled.Value);
        var problems = new Problems();
        var campaign = CampaignFile.Read(Blocks("yaml").Single(), catalog, problems, Page);
        Assert.True(campaign is not null, string.Join('\n', problems.Sorted()));
        var plan = new ScenarioPlan(campaign! with { Paths = 64 });
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), Cells(plan));
        while (!runner.IsDone)
        {
            runner.Advance(long.MaxValue / 2);
        }

        var results = runner.TakeResults();
        Assert.All(results, r => Assert.Null(r.Error));
        var frontier = Frontier.Of(plan.Campaign, plan.Cells, results);
        Assert.Equal(plan.Cells.Count, frontier.Cells.Count);
        Assert.InRange(frontier.IsOnFrontier.Count(kept => kept), 2, frontier.Cells.Count - 1);
    }

    [Fact]
    public void A_mistake_in_a_new_component_is_reported_like_any_other()
    {
        var catalog = new ComponentCatalog(typeof(ComponentCatalog).Assembly, Compiled.Value);
        var problems = new Problems();
        var wrong = Blocks("yaml").Single().Replace("burst: 1,", "burts: 1,", StringComparison.Ordinal);
        Assert.Null(CampaignFile.Read(wrong, catalog, problems, Page));
        Assert.Contains("burst", problems.Sorted().Single().ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<long> Cells(ScenarioPlan plan)
    {
        for (var cell = 0L; cell < plan.Cells.Count; cell++)
        {
            yield return cell;
        }
    }

    private static IEnumerable<string> Blocks(string language) => Fenced().Matches(Repository.Read(Page))
        .Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    /// <summary>The files together with the harness of the model tests, in memory.</summary>
    private static Assembly Compile(string[] files)
    {
        Assert.Equal(2, files.Length);
        string[] sources = [Usings, .. files, Repository.Read("tests/ScenarioGrid.Models.Tests/Kernel/Harness.cs")];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
            optimizationLevel: OptimizationLevel.Release);
        var compilation = CSharpCompilation.Create(
            "AddedComponent", sources.Select(s => CSharpSyntaxTree.ParseText(s)), references, options);
        Faults.None(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Select(d => d.ToString()));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return Assembly.Load(image.ToArray());
    }

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
