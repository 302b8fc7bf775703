namespace ScenarioGrid.Frontiers;

/// <summary>Cells split by medians into boxes that know their least values, their errors and their first
/// position.</summary>
internal sealed class BoxTree
{
    private const int LeafSize = 8;

    private readonly double[][] _rows;
    private readonly IReadOnlyList<double[]> _errors;
    private readonly int[] _position;
    private readonly List<Node> _nodes = [];

    public BoxTree(double[][] rows, IReadOnlyList<double[]> errors, int[] position)
    {
        (_rows, _errors, _position) = (rows, errors, position);
        Cells = Enumerable.Range(0, rows.Length).ToArray();
        if (rows.Length > 0)
        {
            Build(0, rows.Length, 0);
        }

        Nodes = [.. _nodes];
    }

    /// <summary>Boxes of rows without errors or positions.</summary>
    public BoxTree(double[][] rows)
        : this(rows, Array.ConvertAll(rows, r => new double[r.Length]), new int[rows.Length])
    {
    }

    /// <summary>Nodes with the root first; a node without children has Left = 0.</summary>
    public Node[] Nodes { get; }

    /// <summary>Cell numbers; a node holds those from Begin to End.</summary>
    public int[] Cells { get; }

    private int Build(int begin, int end, int depth)
    {
        var number = _nodes.Count;
        var node = Bounds(begin, end);
        _nodes.Add(node);
        if (end - begin > LeafSize)
        {
            var axis = depth % _rows[0].Length;
            Array.Sort(Cells, begin, end - begin, Comparer<int>.Create((a, b) =>
                _rows[a][axis] != _rows[b][axis] ? _rows[a][axis].CompareTo(_rows[b][axis]) : a.CompareTo(b)));
            var middle = begin + (end - begin) / 2;
            var left = Build(begin, middle, depth + 1);
            _nodes[number] = node with { Left = left, Right = Build(middle, end, depth + 1) };
        }

        return number;
    }

    private Node Bounds(int begin, int end)
    {
        var width = _rows[0].Length;
        var (least, errorMin, errorMax) = (new double[width], new double[width], new double[width]);
        Array.Fill(least, double.PositiveInfinity);
        Array.Fill(errorMin, double.PositiveInfinity);
        var first = int.MaxValue;
        for (var i = begin; i < end; i++)
        {
            var cell = Cells[i];
            first = Math.Min(first, _position[cell]);
            for (var j = 0; j < width; j++)
            {
                least[j] = Math.Min(least[j], _rows[cell][j]);
                errorMin[j] = Math.Min(errorMin[j], _errors[cell][j]);
                errorMax[j] = Math.Max(errorMax[j], _errors[cell][j]);
            }
        }

        return new Node(begin, end, 0, 0, first, least, errorMin, errorMax);
    }

    internal readonly record struct Node(
        int Begin, int End, int Left, int Right, int FirstPosition,
        double[] Least, double[] ErrorMin, double[] ErrorMax);
}
