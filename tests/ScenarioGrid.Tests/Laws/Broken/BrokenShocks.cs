using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws.Broken;

/// <summary>Carries the dial that the shocks of this folder turn.</summary>
[Component("dialled", Family = "Lending")]
public sealed class Dialled : Component
{
    public Lane<Number> LawMultiple { get; } = Lane.Dial<Number>(1);

    public Lane<Number> Seen { get; } = Lane.Output<Number>();

    public override void Step(in Tick tick) => LawMultiple.Span.CopyTo(Seen.Span);
}

/// <summary>A shock that obeys every law.</summary>
[Shock("sound-shock", "target", "lawMultiple")]
public sealed class SoundShock(SoundShock.Parameters p) : Shock
{
    public sealed record Parameters
    {
        [Bounds(0, 10)] public Quantity<Number> Size { get; init; } = new(2);
    }

    public override double At(double seconds, double severity) => 1 + severity * p.Size.Value;
}

/// <summary>Turns a dial that no component has.</summary>
[Shock("broken-dial", "target", "noSuchDial")]
public sealed class BrokenDial : Shock
{
    public override double At(double seconds, double severity) => double.NaN;
}

/// <summary>Still shocks at severity 0, is infinite at the onset, differs from call to call, allocates, and ignores
/// its size.</summary>
[Shock("broken-shock", "target", "lawMultiple")]
public sealed class BrokenShock(BrokenShock.Parameters p) : Shock
{
    private double _calls;

    public sealed record Parameters
    {
        [Bounds(0, 10)] public Quantity<Number> Size { get; init; } = new(2);
    }

    public override double At(double seconds, double severity) =>
        new[] { 2 + 1 / seconds, p.Size.Value }[0] + (severity != 1 ? ++_calls : 0);
}
