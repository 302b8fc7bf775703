using System.Linq.Expressions;
using System.Reflection;

namespace ScenarioGrid.Models.Kernel;

/// <summary>
/// A parameter of a kind: how it is written, bounded and set. Its value is one double (choices: the index; switches: 0
/// or 1).
/// </summary>
/// <param name="Name">As in the campaign file.</param>
/// <param name="Unit">Unit of a quantity, null for switches and choices.</param>
/// <param name="Low">Smallest allowed value in base units.</param>
/// <param name="High">Largest allowed value in base units.</param>
/// <param name="Whole">True when only whole numbers are allowed.</param>
/// <param name="Choices">Names of the choices, or null.</param>
/// <param name="Default">Value when the campaign says nothing, in base units.</param>
/// <param name="Property">The property of the parameter record.</param>
public sealed record ParameterInfo(
    string Name, UnitInfo? Unit, double Low, double High, bool Whole, IReadOnlyList<string>? Choices, double Default,
    PropertyInfo Property)
{
    /// <summary>True for a parameter that is on or off.</summary>
    public bool IsSwitch => Unit is null && Choices is null;

    /// <summary>True where the severity of the attack multiplies it: <see cref="MeansAttribute"/>.</summary>
    public bool IsMeans { get; init; }
}

/// <summary>A port of a kind: a lane, or a list of lanes, by the name other instances and measures call it.</summary>
/// <remarks>Rows is the number of values per path; that of a state may depend on parameters, and is told for their
/// defaults.</remarks>
public sealed record PortInfo(
    string Name, PropertyInfo Property, LaneKind Kind, UnitInfo Unit, int Rows, bool IsList, Route? Route,
    double? Absent, Over Over, double Low, double High, string? Holds, string? Enters, string? Leaves)
{
    private readonly Lazy<Func<Component, object>> _read = new(() => CompileGetter(Property));

    /// <summary>The lane or lane list of a component at this port.</summary>
    public object Read(Component component) => _read.Value(component);

    private static Func<Component, object> CompileGetter(PropertyInfo property)
    {
        var component = Expression.Parameter(typeof(Component));
        var value = Expression.Property(Expression.Convert(component, property.DeclaringType!), property);
        return Expression.Lambda<Func<Component, object>>(Expression.Convert(value, typeof(object)), component)
            .Compile();
    }
}

/// <summary>Where an input reads or a push writes.</summary>
/// <param name="Slots">Slots to follow, the first of the component itself.</param>
/// <param name="Port">Port of the instance reached.</param>
public sealed record Route(IReadOnlyList<string> Slots, string Port)
{
    /// <summary>Reads "slot.port" or "slot/slot.port".</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Route Parse(string text)
    {
        var dot = text.LastIndexOf('.');
        return dot > 0 && dot < text.Length - 1
            ? new Route(text[..dot].Split('/'), text[(dot + 1)..])
            : throw new FormatException($"'{text}' is no route; write slot.port or slot/slot.port");
    }

    public override string ToString() => $"{string.Join('/', Slots)}.{Port}";
}

/// <summary>A slot of a kind: a key of the campaign file that names another instance, or a list of them.</summary>
public sealed record SlotInfo(string Name, bool IsList, bool Required, IReadOnlyList<PortInfo> Ports);
