using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws.Broken;

/// <summary>Divides by a flow that is 0 most of the time.</summary>
[Component("broken-division", Family = "Lending")]
public sealed class BrokenDivision : Component
{
    public Lane<Usd> Flow { get; } = Lane.Inbox<Usd>();

    public Lane<Number> Inverse { get; } = Lane.Output<Number>();

    public override void Step(in Tick tick)
    {
        Vecs flow = Flow.Vecs, inverse = Inverse.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            inverse[i] = 1.0 / flow[i];
        }
    }
}

/// <summary>Publishes a share that may exceed the whole.</summary>
[Component("broken-bounds", Family = "Lending")]
public sealed class BrokenBounds : Component
{
    [Bounds(0, 1)] public Lane<Fraction> Share { get; } = Lane.Output<Fraction>();

    public override void Step(in Tick tick)
    {
        var share = Share.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            share[i] = 1.001 * tick.Uniform(0, i);
        }
    }
}

/// <summary>Pays out a little more than it books as paid.</summary>
[Component("broken-ledger", Family = "Lending")]
public sealed class BrokenLedger : Component
{
    [Holds("usd")] public Lane<Usd> Held { get; } = Lane.State<Usd>(1e6);

    [Leaves("usd")] public Lane<Usd> Paid { get; } = Lane.Output<Usd>();

    public override void Step(in Tick tick)
    {
        Vecs held = Held.Vecs, paid = Paid.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            paid[i] = 0.01 * held[i] * tick.Uniform(0, i);
            held[i] -= paid[i] * (1 + 1e-6);
        }
    }
}

/// <summary>Makes an array at every tick.</summary>
[Component("broken-allocation", Family = "Lending")]
public sealed class BrokenAllocation : Component
{
    public Lane<Number> Sum { get; } = Lane.Output<Number>();

    public override void Step(in Tick tick) => new double[tick.Paths].CopyTo(Sum.Span);
}

/// <summary>Has a rate that nothing reads, and two policies that do the same.</summary>
[Component("broken-parameters", Family = "Lending")]
public sealed class BrokenParameters(BrokenParameters.Parameters p) : Component
{
    public enum Rule
    {
        Doubles,
        Trebles,
        AlsoTrebles,
    }

    public sealed record Parameters
    {
        [Bounds(0, 1)] public Quantity<Fraction> Rate { get; init; } = new(0.5);

        public Rule Policy { get; init; }
    }

    public Lane<Number> Factor { get; } = Lane.Output<Number>();

    public override void Step(in Tick tick) => Factor.Span.Fill(p.Policy == Rule.Doubles ? 2 : 3);
}
