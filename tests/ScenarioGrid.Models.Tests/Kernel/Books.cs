using System.Reflection;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

/// <summary>Double-entry check of a component under test: after each tick, change of what it holds = in less
/// out.</summary>
public sealed class Books
{
    private readonly Lane[] _holds;
    private readonly Lane[] _enters;
    private readonly Lane[] _leaves;
    private readonly double[] _before;

    public Books(Component component, string asset, int paths)
    {
        Lane[] Marked<TMark>(Func<TMark, string> name)
            where TMark : Attribute => component.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(l => l.GetCustomAttribute<TMark>() is { } mark && name(mark) == asset)
            .Select(l => (Lane)l.GetValue(component)!).ToArray();
        _holds = Marked<HoldsAttribute>(m => m.Asset);
        _enters = Marked<EntersAttribute>(m => m.Asset);
        _leaves = Marked<LeavesAttribute>(m => m.Asset);
        _before = new double[paths];
        Assert.NotEmpty(_holds);
        Open();
    }

    /// <summary>Takes the holdings as they are.</summary>
    public void Open()
    {
        for (var path = 0; path < _before.Length; path++)
        {
            _before[path] = Total(_holds, path);
        }
    }

    /// <summary>Checks the tick just made and opens the next.</summary>
    public void Check()
    {
        for (var path = 0; path < _before.Length; path++)
        {
            double now = Total(_holds, path), enters = Total(_enters, path), leaves = Total(_leaves, path);
            var residual = Math.Abs(now - _before[path] - (enters - leaves));
            var allowed = 1e-9 * (Math.Abs(enters) + Math.Abs(leaves))
                + 1e-12 * (Math.Abs(now) + Math.Abs(_before[path]));
            Assert.True(residual <= allowed,
                $"path {path}: held {_before[path]:R}, then {now:R}, but {enters:R} entered and {leaves:R} left");
        }

        Open();
    }

    private double Total(Lane[] lanes, int path) =>
        lanes.Sum(l => Enumerable.Range(0, l.Rows).Sum(row => l.AllRows[row * _before.Length + path]));
}
