using System.Reflection;
using System.Runtime.CompilerServices;
using ScenarioGrid.Cells;
using ScenarioGrid.Cli;
using ScenarioGrid.Grains;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>Types are closed unless they are made to be derived from.</summary>
public class TypeTests
{
    [Fact]
    public void Public_types_are_sealed_static_abstract_or_data()
    {
        Assembly[] assemblies =
        [
            typeof(ComponentCatalog).Assembly, typeof(CellGrid).Assembly, typeof(GridException).Assembly,
            typeof(ConsoleApp).Assembly,
        ];
        var open = assemblies.SelectMany(a => a.GetExportedTypes())
            .Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsRecord(t) && !IsGenerated(t));
        Faults.None(open.Select(t => t.FullName));
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsGenerated(Type type) => type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || type.FullName!.StartsWith("OrleansCodeGen", StringComparison.Ordinal)
        || type.FullName == "Program";
}
