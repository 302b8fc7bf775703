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

    /// <summary>Parameter values and onset of an instance in a cell.</summary>
    public (double[] Values, double Onset) InstanceOf(int instance, double[] settings)
    {
        var spec = Campaign.Instances[instance];
        var (values, onset) = (spec.Values, spec.Onset);
        for (var axis = 0; axis < settings.Length; axis++)
        {
            var swept = Cells.Axes[axis];
            if (swept.Owner != spec.Name)
            {
                continue;
            }

            if (swept.Target == AxisTarget.Instance)
            {
                values = ReferenceEquals(values, spec.Values) ? [.. values] : values;
                values[swept.Parameter] = settings[axis];
            }
            else if (swept.Target == AxisTarget.Calendar)
            {
                onset = settings[axis];
            }
        }

        return (values, onset);
    }

    /// <summary>The shocks of a cell.</summary>
    public IReadOnlyList<ShockCalendar.Entry> ShocksOf(double[] settings) =>
        Campaign.Shocks.Select(s => ShockOf(s, settings)).ToList();

    private ShockCalendar.Entry ShockOf(ShockSpec spec, double[] settings)
    {
        var values = (double[])spec.Values.Clone();
        double[] calendar = [spec.Onset, spec.Severity, spec.Jitter];
        for (var axis = 0; axis < settings.Length; axis++)
        {
            var swept = Cells.Axes[axis];
            if (swept.Owner == spec.Name && swept.Target != AxisTarget.Instance)
            {
                (swept.Target == AxisTarget.Shock ? values : calendar)[swept.Parameter] = settings[axis];
            }
        }

        return new ShockCalendar.Entry(spec.Kind.CreateShock(values), spec.Target, spec.Kind.Shock!.Dial,
            calendar[0], calendar[1], calendar[2], PhiloxKey.Of(Campaign.Seed, "shock:" + spec.Name));
    }
}
