using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>What every component obeys, whatever it models.</summary>
internal abstract class Law
{
    /// <summary>All laws of components.</summary>
    public static IReadOnlyList<Law> All { get; } =
    [
        new SameBitsAgain(), new SameBitsUnderBlockSplits(), new SameBitsFromCheckpoint(), new SameBitsFromLaterStart(),
        new PathsAreApart(), new ValuesAreFinite(), new OutputsWithinBounds(), new ValueIsConserved(),
        new StepAllocatesNothing(), new EveryParameterMatters(),
    ];

    /// <summary>The law as a sentence.</summary>
    public abstract string Name { get; }

    /// <summary>Random scenarios to try.</summary>
    public virtual int Scenarios => 8;

    /// <summary>What the kind does against the law in this scenario, or null.</summary>
    public abstract string? BrokenBy(ComponentKind kind, int seed);

    /// <summary>A law by its name.</summary>
    public static Law Named(string name) => All.Single(l => l.Name == name);

    /// <summary>The first breach in all scenarios, told so that it can be seen again; null when the law
    /// holds.</summary>
    public string? Breach(ComponentKind kind)
    {
        var only = Environment.GetEnvironmentVariable("LAWS_SEED");
        var seeds = only is null ? Enumerable.Range(1, Scenarios) : [int.Parse(only)];
        foreach (var seed in seeds)
        {
            if (Try(kind, seed) is { } breach)
            {
                return $"{kind.Name} breaks the law \"{Name}\"\n{breach}\n  repeat: LAWS_SEED={seed} dotnet test "
                    + $"tests/ScenarioGrid.Tests --filter \"DisplayName~{kind.Name}\"";
            }
        }

        return null;
    }

    private string? Try(ComponentKind kind, int seed)
    {
        try
        {
            return BrokenBy(kind, seed);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            return $"  scenario {seed} ended with {e}";
        }
    }

    /// <summary>A scenario of the usual size, its length drawn too.</summary>
    protected static LawCase Case(ComponentKind kind, int seed, int paths = 32) =>
        LawCase.Draw(kind, seed, 40 + seed * 37 % 121, paths);

    /// <summary>Tells where two runs part.</summary>
    protected static string? Parted(LawCase law, string what, Difference? difference) => difference is null ? null
        : $"  {what}: {difference}\n{law.Describe(Math.Max(difference.Tick, 0), difference.Path)}";
}
