namespace ScenarioGrid.Campaigns;

/// <summary>Why a text is not a value.</summary>
/// <param name="Code">Stable name of the rule, such as <c>NUMBER_FORMAT</c>.</param>
/// <param name="Message">What is wrong or what to write.</param>
/// <param name="Offset">Index of the first wrong character in the text; see <see cref="SpecScalar.ColumnOf"/>.</param>
public sealed record Fault(string Code, string Message, int Offset = 0);

/// <summary>A value read from a text, or the fault that prevents it.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct Parsed<T>
    where T : struct
{
    private Parsed(T value, Fault? fault) => (Value, Fault) = (value, fault);

    /// <summary>The value; the default of its type when there is a fault.</summary>
    public T Value { get; }

    /// <summary>The fault, or null when the value is good.</summary>
    public Fault? Fault { get; }

    public static implicit operator Parsed<T>(T value) => new(value, null);

    public static implicit operator Parsed<T>(Fault fault) => new(default, fault);

    /// <summary>Gives the value, or reports the fault at its column of the scalar.</summary>
    /// <param name="at">The scalar the text came from.</param>
    /// <param name="problems">Takes the problem.</param>
    /// <param name="value">The value; the default of its type when the result is false.</param>
    public bool TryGet(SpecScalar at, Problems problems, out T value)
    {
        value = Value;
        if (Fault is { } fault)
        {
            problems.Add(at.File, at.Line, at.ColumnOf(fault.Offset), fault.Code, fault.Message);
        }

        return Fault is null;
    }
}
