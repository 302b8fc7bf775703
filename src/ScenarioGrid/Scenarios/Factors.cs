using ScenarioGrid.Campaigns;
using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>
/// Fills the factor lanes: independent normals per instance, mixed by the Cholesky root of the correlation matrix.
/// </summary>
public sealed class Factors
{
    private readonly Lane[] _lanes;
    private readonly PhiloxKey[] _keys;
    private readonly double[][] _root;
    private readonly Vec[] _own;

    public Factors(ScenarioPlan plan, IReadOnlyList<Instance> instances)
    {
        _lanes = plan.FactorPorts.Select(f => instances[f.Instance].Lanes[f.Port][0]).ToArray();
        _keys = plan.FactorPorts
            .Select(f => PhiloxKey.Of(plan.Campaign.Seed, "factor:" + plan.Campaign.Instances[f.Instance].Name))
            .ToArray();
        _root = plan.FactorRoot;
        _own = new Vec[_lanes.Length];
    }

    /// <summary>Draws this tick's factors.</summary>
    public void Draw(in Tick tick)
    {
        for (var i = 0; i < tick.Vectors; i++)
        {
            for (var f = 0; f < _lanes.Length; f++)
            {
                var own = new Tick(
                    tick.Index, tick.Count, tick.Seconds, tick.FirstPath, tick.Paths, _keys[f], _keys[f]);
                _own[f] = own.Normal(0, i);
                var mixed = Vec.Zero;
                for (var g = 0; g <= f; g++)
                {
                    if (_root[f][g] != 0)
                    {
                        mixed += _own[g] * _root[f][g];
                    }
                }

                var lane = _lanes[f].Vecs;
                lane[i] = mixed;
            }
        }
    }
}
