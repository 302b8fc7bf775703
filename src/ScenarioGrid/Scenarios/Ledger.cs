using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>
/// The double-entry check of one asset of one instance: what is held changes only by what enters and leaves.
/// </summary>
public sealed class Ledger
{
    /// <summary>Allowed imbalance as a share of the gross flow of the tick.</summary>
    public const double FlowTolerance = 1e-9;

    /// <summary>
    /// Allowed imbalance as a share of the holding: the rounding of adding a small flow to a large holding.
    /// </summary>
    public const double HoldingTolerance = 1e-12;

    private readonly Lane[] _holds;
    private readonly Lane[] _enters;
    private readonly Lane[] _leaves;
    private readonly double[] _before;

    private Ledger(string instance, string asset, int paths, Lane[] holds, Lane[] enters, Lane[] leaves)
    {
        Instance = instance;
        Asset = asset;
        _before = new double[paths];
        (_holds, _enters, _leaves) = (holds, enters, leaves);
    }

    public string Instance { get; }

    public string Asset { get; }

    /// <summary>The ledgers an instance declares by the Holds, Enters and Leaves attributes of its lanes.</summary>
    public static IEnumerable<Ledger> Of(Instance instance)
    {
        var ports = instance.Kind.Ports;
        var assets = ports.SelectMany(p => new[] { p.Holds, p.Enters, p.Leaves })
            .OfType<string>().Distinct().Order(StringComparer.Ordinal);
        Lane[] Lanes(Func<PortInfo, string?> role, string asset) =>
            Enumerable.Range(0, ports.Count).Where(i => role(ports[i]) == asset)
                .SelectMany(i => instance.Lanes[i]).ToArray();
        return assets.Select(a => new Ledger(
            instance.Name, a, instance.Paths, Lanes(p => p.Holds, a), Lanes(p => p.Enters, a),
            Lanes(p => p.Leaves, a)));
    }

    /// <summary>Takes the holdings as they are: before the first tick.</summary>
    public void Open()
    {
        for (var i = 0; i < _before.Length / Vec.Width; i++)
        {
            Total(_holds, i).Store(_before, i);
        }
    }

    /// <summary>Checks the tick just made and opens the next.</summary>
    /// <param name="tick">The tick just made.</param>
    /// <param name="paths">Paths of the campaign: lanes that only fill up the last vector are not looked at.</param>
    /// <exception cref="ScenarioFault">A path does not balance.</exception>
    public void Check(in Tick tick, int paths)
    {
        for (var i = 0; i < tick.Vectors; i++)
        {
            var before = Vec.Load(_before, i);
            var now = Total(_holds, i);
            var enters = Total(_enters, i);
            var leaves = Total(_leaves, i);
            var residual = Vec.Abs(now - before - (enters - leaves));
            var gross = Vec.Abs(enters) + Vec.Abs(leaves);
            var allowed = gross * FlowTolerance + (Vec.Abs(now) + Vec.Abs(before)) * HoldingTolerance;
            if (!(residual <= allowed).All)
            {
                ThrowFirst(tick, i, paths, (residual <= allowed).AsOne(), (before, now, enters, leaves));
            }

            now.Store(_before, i);
        }
    }

    private static Vec Total(Lane[] lanes, int i)
    {
        var total = Vec.Zero;
        foreach (var lane in lanes)
        {
            for (var row = 0; row < lane.Rows; row++)
            {
                total += lane.Row(row)[i];
            }
        }

        return total;
    }

    private void ThrowFirst(
        in Tick tick, int i, int paths, Vec balances, (Vec Before, Vec Now, Vec Enters, Vec Leaves) books)
    {
        for (var lane = 0; lane < Vec.Width; lane++)
        {
            var path = tick.FirstPath + i * Vec.Width + lane;
            if (balances[lane] == 0 && path < paths)
            {
                throw new ScenarioFault("conservation", Instance, Asset, path, tick.Index,
                    $"held {books.Before[lane]:R}, then {books.Now[lane]:R}, but {books.Enters[lane]:R} entered and "
                    + $"{books.Leaves[lane]:R} left");
            }
        }
    }
}
