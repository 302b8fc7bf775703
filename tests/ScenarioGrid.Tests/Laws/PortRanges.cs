using System.Collections.Concurrent;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>What an input may read: the range that the outputs of its name declare in the catalog.</summary>
internal static class PortRanges
{
    private static readonly ILookup<string, PortInfo> Outputs = ComponentCatalog.Default.Components.Values
        .SelectMany(k => k.Ports).Where(p => p.Kind == LaneKind.Output).ToLookup(p => p.Name, StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<PortInfo, double> Neutrals = new();

    /// <summary>Lowest and highest value that makes sense for a port fed from outside.</summary>
    public static (double Low, double High) Of(string name, PortInfo port)
    {
        var (low, high) = (port.Low, port.High);
        if (port.Kind == LaneKind.Input)
        {
            foreach (var output in Outputs[name].Where(o => o.Unit.Fits(port.Unit)))
            {
                (low, high) = (Math.Max(low, output.Low), Math.Min(high, output.High));
            }
        }

        return low <= high ? (low, high) : (port.Low, port.High);
    }

    /// <summary>The value of a dial that no shock turns.</summary>
    public static double Neutral(PortInfo dial) => Neutrals.GetOrAdd(dial, d =>
    {
        var type = d.Property.ReflectedType!;
        var constructor = type.GetConstructors().Single();
        object?[] parameters = [.. constructor.GetParameters().Select(p => Activator.CreateInstance(p.ParameterType))];
        return ((Lane)d.Property.GetValue(constructor.Invoke(parameters))!).Initial;
    });
}
