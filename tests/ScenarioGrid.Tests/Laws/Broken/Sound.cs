using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws.Broken;

/// <summary>A store of dollars that obeys every law: the others of this folder differ from it by one fault
/// each.</summary>
[Component("sound", Family = "Lending")]
public sealed class Sound(Sound.Parameters p) : Component
{
    public sealed record Parameters
    {
        [Bounds(0, 1e6)] public Quantity<Usd> Opening { get; init; } = new(1000);

        [Bounds(0, 1)] public Quantity<Fraction> Paid { get; init; } = new(0.1);
    }

    [Enters("usd")] public Lane<Usd> Deposits { get; } = Lane.Inbox<Usd>();

    [Holds("usd"), Bounds(0, double.MaxValue)] public Lane<Usd> Held { get; } = Lane.Output<Usd>();

    [Leaves("usd")] public Lane<Usd> Payments { get; } = Lane.Output<Usd>();

    public override void Start(in Tick tick) => Held.Span.Fill(p.Opening.Value);

    public override void Step(in Tick tick)
    {
        Vecs held = Held.Vecs, deposits = Deposits.Vecs, payments = Payments.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            payments[i] = held[i] * p.Paid.Value * tick.Uniform(0, i);
            held[i] += deposits[i] - payments[i];
        }
    }
}
