using System.Collections.Concurrent;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>Random parameter values of a kind: inside their bounds and in keeping with the rules between
/// them.</summary>
internal static class ParameterDraw
{
    /// <summary>Most rows above the least that a structural size may ask for: laws need no large blocks.</summary>
    private const int RowsMore = 8;

    private static readonly ConcurrentDictionary<Type, double[]> Caps = new();

    /// <summary>Values that break no rule.</summary>
    public static double[] Values(ComponentKind kind, Random random)
    {
        var values = kind.Parameters.Select((_, i) => Value(kind, i, random)).ToArray();
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var broken = kind.Check(values).Select(b => kind.IndexOf(b.Parameter)).Distinct().ToArray();
            if (broken.Length == 0)
            {
                return values;
            }

            // Rules are mended where they are broken; what resists goes back to the default.
            foreach (var i in broken.Select(b => b < 0 ? random.Next(values.Length) : b))
            {
                values[i] = attempt % 8 == 7 ? kind.Parameters[i].Default : Value(kind, i, random);
            }
        }

        return [.. kind.Parameters.Select(p => p.Default)];
    }

    /// <summary>The same values with another one for a parameter, or null when the rules leave no other.</summary>
    public static double[]? Other(ComponentKind kind, double[] values, int parameter, Random random)
    {
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var value = Value(kind, parameter, random);
            if (value != values[parameter] && With(kind, values, parameter, value) is { } other)
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>The same values with this one for a parameter, or null when that breaks a rule.</summary>
    public static double[]? With(ComponentKind kind, double[] values, int parameter, double value)
    {
        double[] other = [.. values];
        other[parameter] = value;
        return kind.Check(other).Any() ? null : other;
    }

    /// <summary>True for a parameter that sets the number of rows of a lane.</summary>
    public static bool IsStructural(ComponentKind kind, int parameter) =>
        Cap(kind, parameter) < kind.Parameters[parameter].High;

    private static double Cap(ComponentKind kind, int parameter) =>
        Caps.GetOrAdd(kind.Type, _ => StructuralCaps(kind))[parameter];

    private static double Value(ComponentKind kind, int parameter, Random random)
    {
        var p = kind.Parameters[parameter];
        if (p.Unit is null)
        {
            return random.Next((int)p.High + 1);
        }

        var high = Cap(kind, parameter);
        var value = random.Next(10) switch
        {
            < 3 => p.Default,
            < 7 => Near(p.Default, p.Low, high, random),
            < 9 => Anywhere(p.Low, high, random),
            _ => random.Next(2) == 0 ? p.Low : high,
        };
        value = Math.Clamp(value, p.Low, high);
        return p.Whole ? Math.Round(value) : value;
    }

    private static double Near(double value, double low, double high, Random random) => value == 0
        ? Math.Min(high, 1) * random.NextDouble() * random.NextDouble() * (low < 0 && random.Next(2) == 0 ? -1 : 1)
        : value * Math.Pow(10, random.NextDouble() - 0.5);

    private static double Anywhere(double low, double high, Random random)
    {
        var least = low > 0 ? low : high * 1e-6;
        return low < 0 || high / least < 100
            ? low + (high - low) * random.NextDouble()
            : least * Math.Pow(high / least, random.NextDouble());
    }

    /// <summary>Upper bounds, lowered where a parameter sets the number of rows of a lane.</summary>
    private static double[] StructuralCaps(ComponentKind kind)
    {
        double[] defaults = [.. kind.Parameters.Select(p => p.Default)];
        return [.. kind.Parameters.Select((p, i) => IsStructural(p, i) ? Math.Min(p.High, p.Low + RowsMore) : p.High)];

        bool IsStructural(ParameterInfo p, int i) =>
            p.Whole && p.Unit is not null && kind.Shock is null && Rows(i, p.Low) != Rows(i, p.High);

        int Rows(int i, double value)
        {
            double[] values = [.. defaults];
            values[i] = value;
            var component = kind.Create(values);
            return kind.Ports.Select(port => port.Read(component)).OfType<Lane>().Sum(l => l.Rows);
        }
    }
}
