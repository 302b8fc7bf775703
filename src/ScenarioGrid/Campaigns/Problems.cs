namespace ScenarioGrid.Campaigns;

/// <summary>Collects every problem of a file, so that one run of the tool shows all of them.</summary>
public sealed class Problems
{
    /// <summary>Most problems that are shown; one more line says how many are not.</summary>
    public const int ShownMax = 100;

    private readonly HashSet<Problem> _all = [];
    private readonly HashSet<(string File, int Line, int Column)> _settled = [];

    /// <summary>Number of distinct problems, shown or not.</summary>
    public int Count => _all.Count;

    /// <summary>True when at least one problem was found.</summary>
    public bool Any => _all.Count > 0;

    /// <summary>Adds a problem at the place of a node.</summary>
    public void Add(SpecNode at, string code, string message) => Add(at.File, at.Line, at.Column, code, message);

    /// <summary>Adds a problem, unless the same one is there already or its place was settled.</summary>
    public void Add(string file, int line, int column, string code, string message)
    {
        if (!_settled.Contains((file, line, column)))
        {
            _all.Add(new Problem(file, line, column, code, message));
        }
    }

    /// <summary>
    /// Adds a problem that explains all later ones of the same place: a key with a forbidden character is not
    /// reported a second time as an unknown key.
    /// </summary>
    public void Settle(string file, int line, int column, string code, string message)
    {
        Add(file, line, column, code, message);
        _settled.Add((file, line, column));
    }

    /// <summary>
    /// The problems by file, line and column, at most <see cref="ShownMax"/> of them; a last one with code
    /// <c>MORE</c> counts the rest.
    /// </summary>
    public IReadOnlyList<Problem> Sorted()
    {
        var sorted = _all.ToList();
        sorted.Sort(Order);
        if (sorted.Count > ShownMax)
        {
            var next = sorted[ShownMax];
            var rest = sorted.Count - ShownMax;
            var message = rest == 1 ? "1 more problem is not shown" : $"{rest} more problems are not shown";
            sorted.RemoveRange(ShownMax, rest);
            sorted.Add(next with { Code = "MORE", Message = message });
        }

        return sorted;
    }

    /// <summary>All lines of <see cref="Sorted"/> joined by line feeds; empty without problems.</summary>
    public override string ToString() => string.Join('\n', Sorted());

    private static int Order(Problem a, Problem b)
    {
        var order = string.CompareOrdinal(a.File, b.File);
        order = order != 0 ? order : a.Line.CompareTo(b.Line);
        order = order != 0 ? order : a.Column.CompareTo(b.Column);
        order = order != 0 ? order : string.CompareOrdinal(a.Code, b.Code);
        return order != 0 ? order : string.CompareOrdinal(a.Message, b.Message);
    }
}
