using System.Linq.Expressions;
using System.Reflection;

namespace ScenarioGrid.Models.Kernel;

/// <summary>Everything the engine knows of one component, shock or attack class.</summary>
public sealed class ComponentKind
{
    private readonly Lazy<Func<double[], object>> _create;
    private readonly Lazy<Func<double[], object?>> _record;

    private ComponentKind(string name, string family, Type type)
    {
        Name = name;
        Family = family;
        Type = type;
        Parameters = ReadParameters(type);
        _create = new Lazy<Func<double[], object>>(CompileConstructor);
        _record = new Lazy<Func<double[], object?>>(CompileRecord);
        var defaults = Parameters.Select(p => p.Default).ToArray();
        if (typeof(Component).IsAssignableFrom(type))
        {
            Ports = ReadPorts(type, (Component)CreateObject(defaults));
        }

        Slots = ReadSlots(Ports);
    }

    /// <summary>Name in the campaign file.</summary>
    public string Name { get; }

    /// <summary>Folder of the model; the grain type is its lower-case form.</summary>
    public string Family { get; }

    public Type Type { get; }

    public Stage Stage => Families.StageOf(Family);

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>Ports, sorted by name.</summary>
    public IReadOnlyList<PortInfo> Ports { get; } = [];

    public IReadOnlyList<SlotInfo> Slots { get; }

    /// <summary>Set for shocks: the slot and the dial.</summary>
    public ShockAttribute? Shock { get; private init; }

    /// <summary>True when it moves by recorded prices.</summary>
    public bool ReadsSeries => typeof(ISeriesReader).IsAssignableFrom(Type);

    public bool IsAttack => typeof(Attack).IsAssignableFrom(Type);

    public PortInfo? Port(string name) => IndexOfPort(name) is >= 0 and var port ? Ports[port] : null;

    /// <summary>Index of a port, or -1.</summary>
    public int IndexOfPort(string name) => IndexOf(Ports, p => p.Name == name);

    /// <summary>Index of a parameter, or -1.</summary>
    public int IndexOf(string parameter) => IndexOf(Parameters, p => p.Name == parameter);

    /// <summary>A fresh component with the given parameter values, in the order of <see cref="Parameters"/>.</summary>
    public Component Create(double[] values) => (Component)CreateObject(values);

    /// <summary>A shock with the given parameter values.</summary>
    public Shock CreateShock(double[] values) => (Shock)CreateObject(values);

    /// <summary>The rules between parameters that the values break.</summary>
    public IEnumerable<(string Parameter, string Message)> Check(double[] values) =>
        _record.Value(values) is IChecked record ? record.Check() : [];

    internal static ComponentKind Of(Type type, ComponentAttribute attribute) =>
        new(attribute.Name, attribute.Family ?? FamilyOf(type), type);

    internal static ComponentKind Of(Type type, ShockAttribute attribute) =>
        new(attribute.Name, "Shocks", type) { Shock = attribute };

    private static int IndexOf<T>(IReadOnlyList<T> items, Func<T, bool> isMeant)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (isMeant(items[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string FamilyOf(Type type) => type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..];

    private object CreateObject(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return _create.Value(values);
    }

    private Func<double[], object?> CompileRecord()
    {
        var record = ParameterType(Type);
        if (record is null)
        {
            return _ => null;
        }

        var values = Expression.Parameter(typeof(double[]));
        return Expression.Lambda<Func<double[], object?>>(
            Expression.Convert(Record(record, values), typeof(object)), values).Compile();
    }

    private Func<double[], object> CompileConstructor()
    {
        var values = Expression.Parameter(typeof(double[]));
        var record = ParameterType(Type);
        var constructor = Type.GetConstructors().Single();
        Expression body = record is null
            ? Expression.New(constructor)
            : Expression.New(constructor, Record(record, values));
        return Expression.Lambda<Func<double[], object>>(Expression.Convert(body, typeof(object)), values).Compile();
    }

    private MemberInitExpression Record(Type record, Expression values) =>
        Expression.MemberInit(Expression.New(record), Parameters.Select((p, i) =>
            Expression.Bind(p.Property, FromDouble(
                p.Property.PropertyType, Expression.ArrayIndex(values, Expression.Constant(i))))));

    private static Expression FromDouble(Type type, Expression value)
    {
        if (type == typeof(bool))
        {
            return Expression.NotEqual(value, Expression.Constant(0.0));
        }

        return type.IsEnum
            ? Expression.Convert(Expression.Convert(value, typeof(int)), type)
            : Expression.New(type.GetConstructor([typeof(double)])!, value);
    }

    private static Type? ParameterType(Type type) =>
        type.GetConstructors().Single().GetParameters().SingleOrDefault()?.ParameterType;

    private static List<ParameterInfo> ReadParameters(Type type)
    {
        var record = ParameterType(type);
        if (record is null)
        {
            return [];
        }

        var defaults = Activator.CreateInstance(record)!;
        return record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => ReadParameter(type, p, p.GetValue(defaults)!))
            .ToList();
    }

    private static ParameterInfo ReadParameter(Type owner, PropertyInfo property, object value)
    {
        var name = Camel(property.Name);
        var type = property.PropertyType;
        if (type == typeof(bool))
        {
            return new ParameterInfo(name, null, 0, 1, true, null, (bool)value ? 1 : 0, property);
        }

        if (type.IsEnum)
        {
            var choices = Enum.GetNames(type).Select(Kebab).ToArray();
            return new ParameterInfo(
                name, null, 0, choices.Length - 1, true, choices, Convert.ToInt32(value, null), property);
        }

        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Quantity<>))
        {
            throw new InvalidOperationException($"{owner.Name}.{property.Name} is neither quantity, switch nor choice");
        }

        var bounds = property.GetCustomAttribute<BoundsAttribute>()
            ?? throw new InvalidOperationException($"{owner.Name}.{property.Name} has no [Bounds]");
        var number = (double)type.GetProperty("Value")!.GetValue(value)!;
        return new ParameterInfo(name, UnitOf(type), bounds.Low, bounds.High, bounds.Whole, null, number, property)
        {
            IsMeans = property.IsDefined(typeof(MeansAttribute)),
        };
    }

    private static UnitInfo UnitOf(Type generic) =>
        (UnitInfo)generic.GetGenericArguments()[0].GetProperty(nameof(IUnit.Info))!.GetValue(null)!;

    private static List<PortInfo> ReadPorts(Type type, Component sample)
    {
        var ports = new List<PortInfo>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var bounds = property.GetCustomAttribute<BoundsAttribute>();
            var (low, high) = (bounds?.Low ?? double.NegativeInfinity, bounds?.High ?? double.PositiveInfinity);
            var holds = property.GetCustomAttribute<HoldsAttribute>()?.Asset;
            var enters = property.GetCustomAttribute<EntersAttribute>()?.Asset;
            var leaves = property.GetCustomAttribute<LeavesAttribute>()?.Asset;
            switch (property.GetValue(sample))
            {
                case Lane lane:
                    var route = lane.Route is null ? null : Route.Parse(lane.Route);
                    ports.Add(new PortInfo(Camel(property.Name), property, lane.Kind, lane.Unit, lane.Rows, false,
                        route, lane.Absent, lane.Over, low, high, holds, enters, leaves));
                    break;
                case LaneList list:
                    ports.Add(new PortInfo(Camel(property.Name), property, list.Kind, list.Unit, list.Rows, true,
                        Route.Parse(list.Route), list.Absent, Over.None, low, high, holds, enters, leaves));
                    break;
                default:
                    break;
            }
        }

        return ports;
    }

    private static List<SlotInfo> ReadSlots(IReadOnlyList<PortInfo> ports) => ports
        .Where(p => p.Route is not null)
        .GroupBy(p => p.Route!.Slots[0])
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new SlotInfo(
            g.Key, g.Any(p => p.IsList), g.Any(p => p.Absent is null && p.Kind == LaneKind.Input), [.. g]))
        .ToList();

    /// <summary>ChallengeWindow as challengeWindow.</summary>
    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>BlackThursday2020 as black-thursday-2020.</summary>
    internal static string Kebab(string name)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var isWordStart = i > 0
                && (char.IsUpper(name[i]) || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1])));
            text.Append(isWordStart ? "-" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
