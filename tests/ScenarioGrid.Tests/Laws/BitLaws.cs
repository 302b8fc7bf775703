using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>No clock, no shared state, no randomness of its own.</summary>
internal sealed class SameBitsAgain : Law
{
    public override string Name => "same bits again";

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var law = Case(kind, seed);
        return Parted(law, "first run and second run",
            new LawRun(law, law.Paths).Record().Against(new LawRun(law, law.Paths).Record()));
    }
}

/// <summary>A path is addressed by its number, so blocks may be cut anywhere; an instance is used for block after
/// block.</summary>
internal sealed class SameBitsUnderBlockSplits : Law
{
    private const int Paths = 64;

    public override string Name => "same bits under any block split";

    public override int Scenarios => 4;

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var law = Case(kind, seed, Paths);
        var whole = new LawRun(law, Paths).Record();
        return new[] { Vec.Width, 2 * Vec.Width }
            .Select(block => Parted(law, $"one block of {Paths} and blocks of {block}",
                whole.Against(new LawRun(law, block).Record())))
            .FirstOrDefault(b => b is not null);
    }
}

/// <summary>Lanes are the whole state: saved at any tick and put into a fresh instance, the run goes on
/// alike.</summary>
internal sealed class SameBitsFromCheckpoint : Law
{
    public override string Name => "same bits from a checkpoint";

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var law = Case(kind, seed);
        var at = 1 + law.Random(1).Next(law.Ticks - 1);
        return Parted(law, $"without and with a checkpoint before tick {at}",
            new LawRun(law, law.Paths).Record().Against(new LawRun(law, law.Paths) { RestoreAt = at }.Record()));
    }
}

/// <summary>A start sets and never adds: it runs in passes, so that earlier stages see the start of later
/// ones.</summary>
internal sealed class SameBitsFromLaterStart : Law
{
    public override string Name => "a start may run again";

    public override int Scenarios => 4;

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var law = Case(kind, seed);
        return Parted(law, "with three and with four passes of the start", new LawRun(law, law.Paths).Record()
            .Against(new LawRun(law, law.Paths) { StartPasses = 4 }.Record()));
    }
}

/// <summary>What happens on one path changes no bit of another, nor do the paths that share its vector.</summary>
internal sealed class PathsAreApart : Law
{
    public override string Name => "no path reads another";

    public override int Scenarios => 12;

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        var law = Case(kind, seed);
        var plain = new LawRun(law, law.Paths).Record();
        var other = InputSignals.Draw(
            kind, law.ListCounts, law.Random(2).Next(), law.Ticks, law.TickSeconds, law.Paths);
        var mixed = new LawRun(law, law.Paths, law.Inputs.WithOddPathsOf(other)).Record();

        // Vectors cut elsewhere than the engine cuts them give a path other neighbours, and the same random numbers.
        var shift = 1 + law.Random(3).Next(Vec.Width - 1);
        var later = new LawRun(law, law.Paths, law.Inputs.Later(shift)) { FirstPath = shift }.Record();
        return Parted(law, "even paths, when only the inputs of odd paths change", plain.Against(mixed, pathStep: 2))
            ?? Parted(law, $"in vectors from path 0 and from path {shift}", plain.Against(later, shift: shift));
    }
}
