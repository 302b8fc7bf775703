using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Tests.Laws;

/// <summary>No lane is ever infinite or not a number.</summary>
internal sealed class ValuesAreFinite : Law
{
    public override string Name => "values are finite";

    public override int Scenarios => 24;

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var law = Case(kind, seed);
        return ValueScan.First(law, (_, value) => !double.IsFinite(value), _ => "is not finite");
    }
}

/// <summary>Outputs stay inside what they declare by [Bounds], from the start on.</summary>
internal sealed class OutputsWithinBounds : Law
{
    public override string Name => "outputs within declared bounds";

    public override int Scenarios => 24;

    public override string? BrokenBy(ComponentKind kind, int seed) => ValueScan.First(Case(kind, seed),
        (port, value) => !(value >= port.Low && value <= port.High),
        port => FormattableString.Invariant($"is outside [{port.Low:R}, {port.High:R}]"),
        port => !double.IsInfinity(port.Low) || !double.IsInfinity(port.High));
}

/// <summary>What lanes hold changes by what enters and leaves, tick by tick and path by path.</summary>
internal sealed class ValueIsConserved : Law
{
    public override string Name => "value is conserved";

    public override int Scenarios => 24;

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var law = Case(kind, seed);
        Ledger[] ledgers = [];
        LawRun? run = null;
        run = new LawRun(law, law.Paths)
        {
            AfterStart = () =>
            {
                ledgers = [.. Ledger.Of(run!.Instance)];
                foreach (var ledger in ledgers)
                {
                    ledger.Open();
                }
            },
            Stepping = (component, tick) =>
            {
                component.Step(tick);
                foreach (var ledger in ledgers)
                {
                    ledger.Check(tick, int.MaxValue);
                }
            },
        };
        try
        {
            run.Record();
            return null;
        }
        catch (ScenarioFault fault)
        {
            return $"  {fault.Message}\n{law.Describe(fault.TickIndex, fault.Path)}";
        }
    }
}

/// <summary>Looks at every value of a run.</summary>
internal static class ValueScan
{
    /// <summary>The first value that is wrong, described; null when none is.</summary>
    public static string? First(
        LawCase law, Func<PortInfo, double, bool> isWrong, Func<PortInfo, string> say,
        Func<PortInfo, bool>? looksAt = null)
    {
        var recording = new LawRun(law, law.Paths).Record();
        for (var record = 0; record < recording.Length; record++)
        {
            for (var row = 0; row < recording.Rows.Length; row++)
            {
                var port = recording.Rows[row].Info;
                var values = looksAt is null || looksAt(port) ? recording.At(record, row) : [];
                for (var path = 0; path < values.Length; path++)
                {
                    if (isWrong(port, values[path]))
                    {
                        var place = record == 0 ? "the start" : $"tick {record - 1}";
                        return FormattableString.Invariant($"  {recording.NameOf(row)} = {values[path]:R}")
                            + $" at {place}, path {path}, {say(port)}\n{law.Describe(Math.Max(record - 1, 0), path)}";
                    }
                }
            }
        }

        return null;
    }
}
