using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Scenarios;

/// <summary>
/// What all cells of a campaign share: wiring, random keys, factor root; and how a cell differs: its parameter values.
/// </summary>
public sealed class ScenarioPlan
{
    /// <summary>
    /// Paths stepped together by default: small enough that the state of a block stays in the nearest caches.
    /// </summary>
    public const int DefaultBlockPaths = 64;

    private readonly StressTimes _times;
    private readonly bool _sweepsCalendar;

    public ScenarioPlan(Campaign campaign, int blockPaths = DefaultBlockPaths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockPaths, Vec.Width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(blockPaths % Vec.Width, 0);
        Campaign = campaign;
        BlockPaths = blockPaths;
        Cells = new CellGrid(campaign.Sweep, campaign.Seed);
        Wiring = new Wiring(campaign.Instances);
        Keys = campaign.Instances.Select(i => PhiloxKey.Of(campaign.Seed, i.Name)).ToArray();
        SharedKey = PhiloxKey.Of(campaign.Seed, "");
        FactorPorts = campaign.Instances
            .SelectMany((spec, i) => spec.Kind.Ports
                .Select((p, port) => (p.Kind, Address: new LaneAddress(i, port, 0))))
            .Where(p => p.Kind == LaneKind.Factor).Select(p => p.Address).ToArray();
        var factors = FactorPorts.Select(p => campaign.Instances[p.Instance].Name).ToList();
        _times = StressTimes.Of(campaign);
        _sweepsCalendar = Cells.Axes.Any(a => a.Target == AxisTarget.Calendar);
        FactorRoot = CorrelationMatrix.Root(Correlation.Matrix(factors, campaign.Correlations))
            ?? throw new InvalidOperationException("the correlation matrix was not checked before the plan was made");
    }

    public Campaign Campaign { get; }

    public CellGrid Cells { get; }

    public Wiring Wiring { get; }

    /// <summary>Paths of a full block.</summary>
    public int BlockPaths { get; }

    /// <summary>Blocks of one cell.</summary>
    public int Blocks => (Campaign.Paths + BlockPaths - 1) / BlockPaths;

    public PhiloxKey[] Keys { get; }

    public PhiloxKey SharedKey { get; }

    public LaneAddress[] FactorPorts { get; }

    public double[][] FactorRoot { get; }

    /// <summary>Lanes of a block: its paths, rounded up to whole vectors.</summary>
    public int LanesOf(int block)
    {
        var paths = Math.Min(BlockPaths, Campaign.Paths - block * BlockPaths);
        return (paths + Vec.Width - 1) / Vec.Width * Vec.Width;
    }

    /// <summary>Parameter values of an instance in a cell, as the sweep sets them.</summary>
    public double[] ValuesOf(int instance, double[] settings)
    {
        var spec = Campaign.Instances[instance];
        var values = spec.Values;
        for (var axis = 0; axis < settings.Length; axis++)
        {
            var swept = Cells.Axes[axis];
            if (swept.Owner == spec.Name && swept.Target == AxisTarget.Instance)
            {
                values = ReferenceEquals(values, spec.Values) ? [.. values] : values;
                values[swept.Parameter] = settings[axis];
            }
        }

        return values;
    }

    /// <summary>Parameter values of an attack in a cell, its means multiplied by its severity, and its onset; an attack
    /// of severity 0 never begins.</summary>
    /// <param name="instance">Index of the attack.</param>
    /// <param name="settings">The cell.</param>
    /// <param name="times">The stress calendar of the cell.</param>
    public (double[] Values, double Onset) AttackOf(int instance, double[] settings, StressTimes times)
    {
        var spec = Campaign.Instances[instance];
        var moment = times.Of(spec.Name);
        var values = ValuesOf(instance, settings);
        return (
            [.. values.Zip(spec.Kind.Parameters, (v, p) => p.IsMeans ? Math.Min(v * moment.Severity, p.High) : v)],
            moment.Severity > 0 ? moment.Onset : double.PositiveInfinity);
    }

    /// <summary>The shocks of a cell.</summary>
    public IReadOnlyList<ShockCalendar.Entry> ShocksOf(double[] settings)
    {
        if (Campaign.Shocks.Count == 0)
        {
            return [];
        }

        var times = TimesOf(settings);
        return [.. Campaign.Shocks.Select(s => ShockOf(s, times.Of(s.Name), settings))];
    }

    /// <summary>The stress calendar of a cell.</summary>
    public StressTimes TimesOf(double[] settings) => _sweepsCalendar
        ? _times.With(Cells.Axes.Zip(settings).Where(a => a.First.Target == AxisTarget.Calendar)
            .Select(a => (a.First.Owner, a.First.Parameter, a.Second)))
        : _times;

    private ShockCalendar.Entry ShockOf(ShockSpec spec, StressMoment moment, double[] settings)
    {
        var values = (double[])spec.Values.Clone();
        for (var axis = 0; axis < settings.Length; axis++)
        {
            var swept = Cells.Axes[axis];
            if (swept.Owner == spec.Name && swept.Target == AxisTarget.Shock)
            {
                values[swept.Parameter] = settings[axis];
            }
        }

        return new ShockCalendar.Entry(spec.Kind.CreateShock(values), spec.Target, spec.Kind.Shock!.Dial, moment,
            [.. moment.Jitters.Select(j => (j.Seconds, PhiloxKey.Of(Campaign.Seed, "shock:" + j.Name)))]);
    }
}
