using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Models.Kernel;

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
        FactorRoot = Correlation.Cholesky(Correlation.Matrix(factors, campaign.Correlations))
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

    /// <summary>Parameter values and onset of an instance in a cell.</summary>
    public (double[] Values, double Onset) InstanceOf(int instance, double[] settings)
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

        return (values, spec.Time is null ? 0 : TimesOf(settings).Of(spec.Name).Onset);
    }

    /// <summary>The shocks of a cell.</summary>
    public IReadOnlyList<ShockCalendar.Entry> ShocksOf(double[] settings) =>
        Campaign.Shocks.Count == 0 ? [] : ShocksOf(TimesOf(settings), settings);

    private List<ShockCalendar.Entry> ShocksOf(StressTimes times, double[] settings) =>
        [.. Campaign.Shocks.Select(s => ShockOf(s, times.Of(s.Name), settings))];

    /// <summary>The stress calendar of a cell.</summary>
    private StressTimes TimesOf(double[] settings)
    {
        var times = StressTimes.Declared(Campaign);
        for (var axis = 0; axis < settings.Length; axis++)
        {
            var swept = Cells.Axes[axis];
            if (swept.Target == AxisTarget.Calendar)
            {
                times[swept.Owner] = times[swept.Owner].With(swept.Parameter, settings[axis]);
            }
        }

        return new StressTimes(times);
    }

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
