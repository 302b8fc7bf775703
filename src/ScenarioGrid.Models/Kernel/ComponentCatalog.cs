using System.Reflection;

namespace ScenarioGrid.Models.Kernel;

/// <summary>
/// Every component, attack and shock found by attribute in the assemblies named; nothing is registered by hand.
/// </summary>
public sealed class ComponentCatalog
{
    private readonly Dictionary<string, ComponentKind> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ComponentKind> _shocks = new(StringComparer.Ordinal);

    /// <summary>Scans the named assemblies.</summary>
    /// <exception cref="InvalidOperationException">Two classes have the same name, or a class has not the shape of its
    /// attribute.</exception>
    public ComponentCatalog(params IReadOnlyList<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        foreach (var type in assemblies.SelectMany(a => a.GetExportedTypes()))
        {
            if (type.GetCustomAttribute<ComponentAttribute>() is { } component)
            {
                Add(_components, type, typeof(Component), () => ComponentKind.Of(type, component));
            }
            else if (type.GetCustomAttribute<ShockAttribute>() is { } shock)
            {
                Add(_shocks, type, typeof(Shock), () => ComponentKind.Of(type, shock));
            }
            else if (type is { IsAbstract: false }
                && (type.IsSubclassOf(typeof(Component)) || type.IsSubclassOf(typeof(Shock))))
            {
                Skipped.Add($"{type.FullName}: no [Component] or [Shock] attribute");
            }
        }
    }

    /// <summary>The components of ScenarioGrid itself.</summary>
    public static ComponentCatalog Default { get; } = new(typeof(ComponentCatalog).Assembly);

    /// <summary>Components by name, attacks among them.</summary>
    public IReadOnlyDictionary<string, ComponentKind> Components => _components;

    /// <summary>Shocks by name.</summary>
    public IReadOnlyDictionary<string, ComponentKind> Shocks => _shocks;

    /// <summary>Classes that look like models but were left out, each with its reason.</summary>
    public IList<string> Skipped { get; } = [];

    private static void Add(Dictionary<string, ComponentKind> kinds, Type type, Type shape, Func<ComponentKind> read)
    {
        if (!type.IsSubclassOf(shape) || type.IsAbstract || type.GetConstructors().Length != 1)
        {
            throw new InvalidOperationException($"{type.FullName} must be a {shape.Name} with one public constructor");
        }

        var kind = read();
        if (!kinds.TryAdd(kind.Name, kind))
        {
            throw new InvalidOperationException(
                $"{type.FullName} and {kinds[kind.Name].Type.FullName} are both '{kind.Name}'");
        }
    }
}
