using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Campaigns;

/// <summary>
/// A validated campaign: one coupled system, the stress it meets, the settings swept, and what counts.
/// </summary>
public sealed record Campaign
{
    /// <summary>Name, letters, digits, dot, underscore and hyphen only, at most 64.</summary>
    public required string Name { get; init; }

    /// <summary>What a reader should learn from it, for the head of the report; may be empty.</summary>
    public string About { get; init; } = "";

    public required ulong Seed { get; init; }

    /// <summary>Monte Carlo paths per cell, 1 to 10,000,000.</summary>
    public required int Paths { get; init; }

    /// <summary>Length of a tick in seconds.</summary>
    public required double TickSeconds { get; init; }

    /// <summary>Number of ticks of a path.</summary>
    public required int Ticks { get; init; }

    /// <summary>Instances in tick order: by stage, then by name.</summary>
    public required IReadOnlyList<InstanceSpec> Instances { get; init; }

    /// <summary>Entries of the stress calendar that turn a dial.</summary>
    public required IReadOnlyList<ShockSpec> Shocks { get; init; }

    /// <summary>Crises of the library that shocks and attacks are part of.</summary>
    public IReadOnlyList<CrisisSpec> Crises { get; init; } = [];

    /// <summary>Correlations between the factors of markets; pairs not named are uncorrelated.</summary>
    public IReadOnlyList<CorrelationSpec> Correlations { get; init; } = [];

    public required Sweep Sweep { get; init; }

    public required IReadOnlyList<ObjectiveSpec> Objectives { get; init; }

    public required IReadOnlyList<ThresholdSpec> Thresholds { get; init; }

    /// <summary>Every measure that the instances publish, in tick order.</summary>
    public required IReadOnlyList<MeasureSpec> Measures { get; init; }

    /// <summary>
    /// Statistics kept of every measure: the standard ones and those that objectives and thresholds name.
    /// </summary>
    public required IReadOnlyList<string> Statistics { get; init; }

    /// <summary>The campaign file as read, with the overrides of the command line applied.</summary>
    public required string Text { get; init; }

    /// <summary>Position of a measure in <see cref="Measures"/>, or -1.</summary>
    public int IndexOfMeasure(string name)
    {
        for (var i = 0; i < Measures.Count; i++)
        {
            if (Measures[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>One instance of the system.</summary>
/// <param name="Name">Name in the campaign file.</param>
/// <param name="Kind">What it is an instance of.</param>
/// <param name="Values">Parameter values in the order of the kind.</param>
/// <param name="Slots">Slot name to the names of the instances in it.</param>
/// <param name="Time">When an attack begins; null for other components.</param>
public sealed record InstanceSpec(
    string Name, ComponentKind Kind, double[] Values, IReadOnlyDictionary<string, IReadOnlyList<string>> Slots,
    StressTime? Time)
{
    /// <summary>Recorded prices of an instance that moves by them; null for its default and for others.</summary>
    public PriceSeries? Series { get; init; }
}

/// <summary>One entry of the stress calendar that turns a dial.</summary>
/// <param name="Name">Name for sweeps: given, or the kind with a number.</param>
/// <param name="Kind">The shock.</param>
/// <param name="Values">Parameter values in the order of the kind.</param>
/// <param name="Target">Name of the instance struck.</param>
/// <param name="Time">When it acts and how hard.</param>
public sealed record ShockSpec(string Name, ComponentKind Kind, double[] Values, string Target, StressTime Time);

/// <summary>A crisis of the library in the stress calendar; its parts are shocks and attacks that follow it.</summary>
/// <param name="Name">Name for sweeps.</param>
/// <param name="Crisis">Name in the library.</param>
/// <param name="Time">When it begins, and how hard and fast it is.</param>
public sealed record CrisisSpec(string Name, string Crisis, StressTime Time);

/// <summary>Correlation of the factors of two markets.</summary>
public sealed record CorrelationSpec(string First, string Second, double Value);

/// <summary>What an axis of the sweep sets.</summary>
public enum AxisTarget
{
    /// <summary>A parameter of an instance.</summary>
    Instance,

    /// <summary>A parameter of a shock.</summary>
    Shock,

    /// <summary>A field of <see cref="StressTime"/> of a shock or crisis, or the onset of an attack.</summary>
    Calendar,
}

/// <summary>One swept setting: a list of levels, or a range whose levels are made by arithmetic.</summary>
public sealed record Axis
{
    /// <summary>As in the campaign file: "twap.window".</summary>
    public required string Name { get; init; }

    /// <summary>What is set.</summary>
    public required AxisTarget Target { get; init; }

    /// <summary>Name of the instance or shock.</summary>
    public required string Owner { get; init; }

    /// <summary>Index of the parameter in its kind, or of <see cref="StressTime.Fields"/>.</summary>
    public required int Parameter { get; init; }

    /// <summary>Listed levels in base units, or null for a range.</summary>
    public double[]? Listed { get; init; }

    /// <summary>Listed levels as they were written, or null for a range.</summary>
    public string[]? Written { get; init; }

    /// <summary>Ends of a range in base units.</summary>
    public double From { get; init; }

    public double To { get; init; }

    /// <summary>Number of levels.</summary>
    public required int Levels { get; init; }

    public AxisScale Scale { get; init; }

    /// <summary>Unit of the setting, null for choices and switches.</summary>
    public required UnitInfo? Unit { get; init; }

    /// <summary>True when only whole numbers are settings.</summary>
    public bool Whole { get; init; }

    /// <summary>Suffix in which a range was written, with its factor, for labels.</summary>
    public UnitSuffix Suffix { get; init; } = new("", 1);

    /// <summary>Setting of a level, in base units; both ends of a range are exact.</summary>
    public double Value(int level) =>
        Listed is not null ? Listed[level]
        : level == 0 ? From
        : level == Levels - 1 ? To
        : Whole ? From + (To - From) / (Levels - 1) * level
        : Between((double)level / (Levels - 1));

    /// <summary>The setting at a place in [0, 1) between the ends; choices are split evenly.</summary>
    public double At(double place) => Unit is null || Listed is { Length: > 2 }
        ? Value(Math.Min((int)(place * Levels), Levels - 1))
        : Between(place);

    /// <summary>A setting as people write it.</summary>
    public string Label(double value)
    {
        var listed = Listed is null ? -1 : Array.IndexOf(Listed, value);
        return listed >= 0 ? Written![listed] : QuantityFormat.Text(value, Unit, Suffix);
    }

    private double Between(double place)
    {
        var (from, to) = Listed is null ? (From, To) : (Listed[0], Listed[^1]);
        if (Whole)
        {
            // Every whole number between the ends gets an equal share of [0, 1].
            (from, to) = (Math.Min(from, to), Math.Max(from, to));
            return from + Math.Min(Math.Floor(place * (to - from + 1)), to - from);
        }

        return Scale == AxisScale.Log
            ? from * LaneMath.Exp(place * LaneMath.Log(to / from))
            : from + (to - from) * place;
    }
}

/// <summary>Spacing of a range.</summary>
public enum AxisScale
{
    Linear,
    Log,
}

/// <summary>How the axes make cells.</summary>
public enum Design
{
    /// <summary>Every level with every other.</summary>
    Grid,

    /// <summary>Scrambled Sobol points.</summary>
    Sobol,

    /// <summary>Latin hypercube points.</summary>
    LatinHypercube,
}

/// <summary>The axes and their design.</summary>
public sealed record Sweep(IReadOnlyList<Axis> Axes, Design Design, long Points)
{
    /// <summary>A sweep with nothing swept: one cell.</summary>
    public static Sweep None { get; } = new([], Design.Grid, 1);
}

/// <summary>A measure of the scenario: a port over time, one number per path.</summary>
/// <param name="Name">"instance.port".</param>
/// <param name="Instance">Position of the instance in tick order.</param>
/// <param name="Port">Port of its kind.</param>
public sealed record MeasureSpec(string Name, int Instance, PortInfo Port);

/// <summary>An objective: one statistic of one measure, to be made small or large.</summary>
public sealed record ObjectiveSpec(string Axis, int Measure, string Statistic, bool Maximise)
{
    /// <summary>"minimise vaults.badDebt.es99" as in the campaign file, for a campaign's measures.</summary>
    public string Text(Campaign campaign) =>
        $"{(Maximise ? "maximise" : "minimise")} {campaign.Measures[Measure].Name}.{Statistic}";
}

/// <summary>A limit that a cell must keep.</summary>
/// <param name="Measure">Position of the measure.</param>
/// <param name="Statistic">Statistic of the measure.</param>
/// <param name="Sign">One of &lt;, &lt;=, &gt;, &gt;=.</param>
/// <param name="Limit">Limit in base units.</param>
/// <param name="Text">The threshold as written.</param>
public sealed record ThresholdSpec(int Measure, string Statistic, string Sign, double Limit, string Text);
