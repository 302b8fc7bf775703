using System.Globalization;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Cli.Explanations;

/// <summary>Pages of kinds, their parameters, ports and slots, made of the catalog and the documentation of the
/// code.</summary>
public static class KindPages
{
    private static readonly string[] ParameterColumns = ["name", "default", "low", "high", "unit", "meaning"];

    /// <summary>A component, attack or shock.</summary>
    public static Explanation Kind(ComponentKind kind) => new(
        kind.Name, WhatOf(kind), Documents.Summary(kind.Type), Documents.Remarks(kind.Type), FactsOf(kind),
            TablesOf(kind));

    /// <summary>A crisis of the library.</summary>
    public static Explanation Crisis(Crisis crisis) => new(
        crisis.Name, "crisis", crisis.About, "", [Fact.Of("source", crisis.Source), Fact.Of("number", crisis.Id),
            Fact.Of("calendar", $"{string.Join(", ", StressTime.Fields)}; after, with")],
        [
            FactTable.Of("roles", ["name", "who"], crisis.Roles.Select(r => (IReadOnlyList<string>)[r.Name, r.What])),
            FactTable.Of("parts", ["what", "settings"], crisis.Parts.Select(p => p.Entry).Select(e =>
                (IReadOnlyList<string>)[Setting(e, e.Entries.First(x => x.Key is "shock" or "attack")),
                    string.Join(", ", e.Entries.Where(x => x.Key is not ("shock" or "attack"))
                        .Select(x => $"{x.Key} {Setting(e, x)}"))])),
        ]);

    /// <summary>A part of a kind by its name, or null when it has none of that name.</summary>
    public static Explanation? Part(ComponentKind kind, string name) =>
        kind.IndexOf(name) is >= 0 and var index ? Parameter(kind, kind.Parameters[index])
        : kind.Port(name) is { } port ? Port(kind, port)
        : kind.Slots.FirstOrDefault(s => s.Name == name) is { } slot ? Slot(kind, slot)
        : null;

    /// <summary>Names of all parts of a kind.</summary>
    public static IEnumerable<string> PartNames(ComponentKind kind) => kind.Parameters.Select(p => p.Name)
        .Concat(kind.Ports.Select(p => p.Name)).Concat(kind.Slots.Select(s => s.Name));

    /// <summary>"attack", "shock" or the family: "component of Oracles".</summary>
    public static string WhatOf(ComponentKind kind) =>
        kind.Shock is not null ? "shock" : kind.IsAttack ? "attack" : $"component of {kind.Family}";

    private static List<Fact> FactsOf(ComponentKind kind)
    {
        if (kind.Shock is { } shock)
        {
            return [Fact.Of("strikes", $"the instance named by {shock.Slot}"), Fact.Of("dial", shock.Dial),
                Fact.Of("calendar", "at (onset), severity (1 as published, 0 none), jitter (later by a share of it), "
                    + "scale (2 is half as fast); after, with")];
        }

        var facts = new List<Fact> { Fact.Of("stage", kind.Stage.ToString()) };
        if (kind.IsAttack)
        {
            facts.Add(Fact.Of("calendar", "at (onset), severity (1 as published, 0 none; multiplies "
                + $"{string.Join(", ", kind.Parameters.Where(p => p.IsMeans).Select(p => p.Name))}); after, with"));
        }

        return facts;
    }

    private static IReadOnlyList<FactTable> TablesOf(ComponentKind kind) =>
    [
        new FactTable("parameters", ParameterColumns, [.. kind.Parameters.Select(p => ParameterRow(p))]),
        FactTable.Of("slots", ["name", "takes", "needed", "reads"], kind.Slots.Select(s => (IReadOnlyList<string>)
            [s.Name, s.IsList ? "names" : "a name", s.Required ? "yes" : "no",
                string.Join(", ", s.Ports.Select(p => p.Name))])),
        Ports("measures", kind, p => p.Over != Over.None),
        Ports("dials", kind, p => p.Kind == LaneKind.Dial),
        Cases(kind),
        Ports("ports", kind, p => p.Over == Over.None && p.Kind is not (LaneKind.Dial or LaneKind.State)),
    ];

    private static FactTable Cases(ComponentKind kind) => FactTable.Of("reference cases",
        ["id", "case", "expected", "allowed error", "error", "source"],
        ReferenceTables.Of(kind).Select(c => (IReadOnlyList<string>)
            [c.Id, c.Case, string.Join(" ", c.Expected.Select(Number)), Number(c.Tolerance),
                c.Error is { } error ? Number(error) : "not checked here", c.Source]));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static FactTable Ports(string name, ComponentKind kind, Func<PortInfo, bool> belongs) => FactTable.Of(
        name, ["name", "role", "unit", "meaning"], kind.Ports.Where(belongs).Select(p => (IReadOnlyList<string>)
            [p.Name, RoleOf(p), Symbol(p.Unit), FirstLine(Documents.Summary(p.Property))]));

    private static IReadOnlyList<Shown> ParameterRow(ParameterInfo parameter) =>
    [
        Words(parameter.Name),
        Value(parameter, parameter.Default),
        parameter.Unit is null ? Words("") : Value(parameter, parameter.Low),
        parameter.Unit is null ? Words("") : Value(parameter, parameter.High),
        Words(TypeOf(parameter)),
        Words(Flow(Documents.Summary(parameter.Property))),
    ];

    private static Explanation Parameter(ComponentKind kind, ParameterInfo parameter)
    {
        var facts = new List<Fact> { Fact.Of("unit", TypeOf(parameter)),
            new("default", Value(parameter, parameter.Default)) };
        if (parameter.Unit is { } unit)
        {
            facts.Add(new Fact("low", Value(parameter, parameter.Low)));
            facts.Add(new Fact("high", Value(parameter, parameter.High)));
            facts.Add(Fact.Of("write", $"{unit.Name} such as {unit.Example}"
                + (parameter.Whole ? ", whole numbers only" : "")));
        }

        return new Explanation($"{kind.Name}.{parameter.Name}", "parameter", Documents.Summary(parameter.Property),
            Documents.Remarks(parameter.Property), facts, []);
    }

    private static Explanation Port(ComponentKind kind, PortInfo port)
    {
        var facts = new List<Fact> { Fact.Of("role", RoleOf(port)),
            Fact.Of("unit", $"{port.Unit.Name} {Symbol(port.Unit)}".Trim()) };
        if (port.Route is { } route)
        {
            facts.Add(Fact.Of(port.Kind == LaneKind.Push ? "writes" : "reads", route.ToString()));
        }

        if (port.Absent is { } absent)
        {
            facts.Add(new Fact("otherwise", CellValues.Quantity(absent, port.Unit)));
        }

        return new Explanation($"{kind.Name}.{port.Name}", port.Over == Over.None ? "port" : "measure",
            Documents.Summary(port.Property), Documents.Remarks(port.Property), facts, []);
    }

    private static Explanation Slot(ComponentKind kind, SlotInfo slot) => new(
        $"{kind.Name}.{slot.Name}", "slot",
        $"Names {(slot.IsList ? "one or more instances" : "an instance")} that a {kind.Name} is coupled to"
        + (slot.Required ? "." : "; may be left out."), "", [], [Ports("ports", kind, slot.Ports.Contains)]);

    private static string Setting(SpecMap map, SpecEntry entry) => entry.Value is SpecScalar scalar
        ? scalar.Text
        : throw new FormatException($"{map.File}: {entry.Key} is not one value");

    private static string RoleOf(PortInfo port) => port.Kind.ToString().ToLowerInvariant() + port.Over switch
    {
        Over.None => port.Rows > 1 ? $", {port.Rows} rows" : "",
        Over.Final => ", its value at the end",
        Over.Mean => ", its mean over time",
        Over.Max => ", its largest value",
        Over.Min => ", its smallest value",
        _ => ", its sum over time",
    };

    private static string TypeOf(ParameterInfo parameter) =>
        parameter.Choices is { } choices ? "one of " + string.Join(", ", choices)
        : parameter.IsSwitch ? "true or false"
        : Symbol(parameter.Unit!) is { Length: > 0 } symbol ? symbol : parameter.Unit!.Name;

    private static Shown Value(ParameterInfo parameter, double value) =>
        parameter.Choices is { } choices ? Words(choices[(int)value])
        : parameter.IsSwitch ? new Shown(value != 0, value != 0 ? "true" : "false")
        : CellValues.Quantity(value, parameter.Unit!);

    private static Shown Words(string text) => new(text, text);

    private static string Symbol(UnitInfo unit) => unit.Symbol;

    private static string FirstLine(string text) => Flow(text).Split(". ")[0].TrimEnd('.');

    private static string Flow(string text) => text.ReplaceLineEndings(" ");
}
