using System.Reflection;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

/// <summary>Steps one component by itself: its lanes get memory, inputs are set by hand.</summary>
public sealed class Harness
{
    private readonly Component _component;
    private readonly PhiloxKey _key;
    private readonly PhiloxKey _sharedKey;
    private readonly double _seconds;
    private readonly int _count;
    private readonly int _firstPath;

    /// <param name="component">The component under test.</param>
    /// <param name="paths">Paths of the block; rounded up to whole vectors.</param>
    /// <param name="seconds">Length of a tick.</param>
    /// <param name="count">Ticks of the path.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <param name="lists">Number of lanes of every list port.</param>
    /// <param name="firstPath">Number of the first path.</param>
    public Harness(
        Component component, int paths = 8, double seconds = 12, int count = 1_000_000, ulong seed = 1, int lists = 2,
        int firstPath = 0)
    {
        _component = component;
        (_seconds, _count, _firstPath) = (seconds, count, firstPath);
        Paths = (paths + Vec.Width - 1) / Vec.Width * Vec.Width;
        _key = PhiloxKey.Of(seed, component.GetType().Name);
        _sharedKey = PhiloxKey.Of(seed, "");
        foreach (var property in component.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(component);
            if (value is LaneList list)
            {
                list.Resize(lists);
                for (var i = 0; i < lists; i++)
                {
                    Attach(list.At(i));
                }
            }
            else if (value is Lane lane)
            {
                Attach(lane);
            }
        }
    }

    public int Paths { get; }

    /// <summary>Ticks made.</summary>
    public int Ticks { get; private set; }

    public Tick Tick => new(Ticks, _count, _seconds, _firstPath, Paths, _key, _sharedKey);

    /// <summary>Sets all paths of an input, inbox, dial or factor.</summary>
    public Harness Set(Lane lane, double value)
    {
        lane.AllRows.Fill(value);
        return this;
    }

    /// <summary>Sets all paths of a row.</summary>
    public Harness Set(Lane lane, int row, double value)
    {
        lane.AllRows.Slice(row * Paths, Paths).Fill(value);
        return this;
    }

    public Harness Start()
    {
        _component.Start(Tick);
        return this;
    }

    /// <summary>Makes ticks; before each one <paramref name="before"/> may set inputs.</summary>
    public Harness Step(int ticks = 1, Action<int>? before = null)
    {
        for (var i = 0; i < ticks; i++)
        {
            before?.Invoke(Ticks);
            _component.Step(Tick);
            Ticks++;
        }

        return this;
    }

    private void Attach(Lane lane)
    {
        lane.Attach(GC.AllocateArray<double>(lane.Rows * Paths, pinned: true), 0, Paths);
        lane.AllRows.Fill(lane.Initial);
    }
}
