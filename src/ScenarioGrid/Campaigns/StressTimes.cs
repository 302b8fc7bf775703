using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>When an entry of the stress calendar acts and how hard, as the campaign file says it.</summary>
/// <param name="At">Seconds from the start, or after the entry it follows.</param>
/// <param name="Severity">1 is the shock as published, 0 none.</param>
/// <param name="Jitter">The onset of each path is later by a uniform share of so many seconds.</param>
/// <param name="Scale">Stretches its times: 2 is half as fast.</param>
/// <param name="After">Name of the entry it follows; null for the start of the scenario.</param>
/// <param name="IsPart">True when severity and scale of that entry act on it too: it stands under <c>with</c>, or is
/// one part of a crisis.</param>
public sealed record StressTime(
    double At, double Severity = 1, double Jitter = 0, double Scale = 1, string? After = null, bool IsPart = false)
{
    /// <summary>Names of the fields that can be swept, in the order that axes count them.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["at", "severity", "jitter", "scale"];

    /// <summary>Those that an entry of this kind may have of its own: an attack begins at one time, and takes the time
    /// that its parameters say.</summary>
    public static IReadOnlyList<string> FieldsOf(ComponentKind kind) => kind.IsAttack ? [.. Fields.Take(2)] : Fields;

    /// <summary>Index of jitter in <see cref="Fields"/>.</summary>
    public const int JitterField = 2;

    /// <summary>The time with one field set anew.</summary>
    /// <param name="field">Index into <see cref="Fields"/>.</param>
    /// <param name="value">Value in base units.</param>
    public StressTime With(int field, double value) => field switch
    {
        0 => this with { At = value },
        1 => this with { Severity = value },
        2 => this with { Jitter = value },
        3 => this with { Scale = value },
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "a stress has four fields of time"),
    };
}

/// <summary>When an entry of the stress calendar acts and how hard, with all that it follows counted in.</summary>
/// <param name="Onset">Seconds from the start of the scenario, before jitter.</param>
/// <param name="Severity">Its own times that of the entries it is part of.</param>
/// <param name="Scale">Its own times that of the entries it is part of.</param>
/// <param name="Jitters">Entries whose jitter delays it, with the seconds of each; those of 0 are left out.</param>
public sealed record StressMoment(
    double Onset, double Severity, double Scale, IReadOnlyList<(string Name, double Seconds)> Jitters);

/// <summary>Resolves who follows whom in the stress calendar of a campaign or of one of its cells.</summary>
/// <remarks>
/// <code>
/// onset(x)    = at(x)                                       nothing is followed
///             = onset(y) + at(x)                            x is after y
///             = onset(y) + scale(y) at(x)                   x is part of y
/// severity(x) = own, times severity(y) for a part;   scale(x) likewise
/// </code>
/// The jitter of an entry delays all that follow it by the same time of the same path.
/// </remarks>
public sealed class StressTimes(IReadOnlyDictionary<string, StressTime> entries)
{
    /// <summary>The times of a campaign as declared, without the sweep.</summary>
    public static StressTimes Of(Campaign campaign) => Of(campaign.Shocks, campaign.Crises, campaign.Instances);

    /// <summary>The times of these entries; instances without a time are not part of the calendar.</summary>
    public static StressTimes Of(
        IEnumerable<ShockSpec> shocks, IEnumerable<CrisisSpec> crises, IEnumerable<InstanceSpec> instances) => new(
        shocks.Select(s => (s.Name, s.Time)).Concat(crises.Select(c => (c.Name, c.Time)))
            .Concat(instances.Where(i => i.Time is not null).Select(i => (i.Name, Time: i.Time!)))
            .ToDictionary(e => e.Name, e => e.Time, StringComparer.Ordinal));

    /// <summary>The same calendar with some fields set anew.</summary>
    /// <param name="changes">Owners, indices into <see cref="StressTime.Fields"/> and values in base units.</param>
    public StressTimes With(IEnumerable<(string Owner, int Field, double Value)> changes)
    {
        var changed = new Dictionary<string, StressTime>(entries, StringComparer.Ordinal);
        foreach (var (owner, field, value) in changes)
        {
            changed[owner] = changed[owner].With(field, value);
        }

        return new StressTimes(changed);
    }

    /// <summary>When an entry acts.</summary>
    /// <exception cref="KeyNotFoundException">No entry has that name.</exception>
    public StressMoment Of(string name)
    {
        var own = entries[name];
        var leader = own.After is null ? new StressMoment(0, 1, 1, []) : Of(own.After);
        var (severity, scale) = own.IsPart ? (leader.Severity, leader.Scale) : (1, 1);
        var jitter = own.Jitter * scale;
        return new StressMoment(
            leader.Onset + scale * own.At, severity * own.Severity, scale * own.Scale,
            jitter > 0 ? [.. leader.Jitters, (name, jitter)] : leader.Jitters);
    }
}
