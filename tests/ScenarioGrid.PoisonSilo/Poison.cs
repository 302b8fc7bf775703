using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.PoisonSilo;

/// <summary>Breaks in one cell of a sweep over its level, each way of breaking at a level of its own.</summary>
[Component("poison", Family = "Bonds")]
public sealed class Poison(Poison.Parameters p) : Component
{
    private const int BreaksAtTick = 7;
    private const int BreaksOnPath = 5;

    public sealed record Parameters
    {
        /// <summary>Level of the cell.</summary>
        [Bounds(0, 1e9)]
        public Quantity<Number> Level { get; init; } = new(0);

        /// <summary>Level at which it throws; 0 is never.</summary>
        [Bounds(0, 1e9)]
        public Quantity<Number> Throws { get; init; } = new(0);

        /// <summary>Level at which it writes what is no number; 0 is never.</summary>
        [Bounds(0, 1e9)]
        public Quantity<Number> NotANumber { get; init; } = new(0);

        /// <summary>Level at which it makes something out of nothing; 0 is never.</summary>
        [Bounds(0, 1e9)]
        public Quantity<Number> Leaks { get; init; } = new(0);

        /// <summary>Level at which it never returns; 0 is never.</summary>
        [Bounds(0, 1e9)]
        public Quantity<Number> Endless { get; init; } = new(0);
    }

    public Lane<Number> Value { get; } = Lane.Output<Number>(0, Over.Final);

    [Holds("usd")]
    public Lane<Usd> Held { get; } = Lane.State<Usd>(1);

    public override void Step(in Tick tick)
    {
        Value.Span.Fill(p.Level.Value);
        var path = BreaksOnPath - (int)tick.FirstPath;
        if (p.Level.Value == 0 || tick.Index < BreaksAtTick || path < 0 || path >= tick.Paths)
        {
            return;
        }

        if (IsAt(p.Throws))
        {
            throw new InvalidOperationException("poison");
        }

        if (IsAt(p.NotANumber))
        {
            Value.Span[path] = double.NaN;
        }

        if (IsAt(p.Leaks))
        {
            Held.Span[path] += 1;
        }

        while (IsAt(p.Endless))
        {
            Thread.SpinWait(1000);
        }
    }

    /// <summary>True in the cell of a level; steps of a sweep are not exact in their last bit.</summary>
    private bool IsAt(Quantity<Number> level) => Math.Abs(p.Level.Value - level.Value) < 0.5;
}
