using System.Diagnostics.CodeAnalysis;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Instances;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>
/// The instance grains of one scenario grain: all are borrowed for a window under one fence, and given back.
/// </summary>
public sealed class LentInstances(IGrainFactory grains, string key, string campaign, IReadOnlyList<InstanceSpec> specs)
{
    private readonly IInstanceGrain[] _grains =
        [.. specs.Select(i => grains.GetGrain<IInstanceGrain>(
            GrainId.Create(GrainTypes.Of(i.Kind.Family), $"{key}/{i.Name}")))];

    private long _fence;

    /// <summary>Borrows every instance, in tick order.</summary>
    [SuppressMessage("Reliability", "CA2012", Justification = "Each loan is awaited once, after all were asked for.")]
    public async Task<Instance[]> Borrow()
    {
        _fence++;
        var loans = new ValueTask<Loan>[_grains.Length];
        for (var i = 0; i < loans.Length; i++)
        {
            loans[i] = _grains[i].Lend(_fence, campaign, i);
        }

        var instances = new Instance[loans.Length];
        for (var i = 0; i < loans.Length; i++)
        {
            instances[i] = (await loans[i]).Instance;
        }

        return instances;
    }

    /// <summary>Gives every instance back and tells where the runner stands.</summary>
    public async Task GiveBack(CellRunner runner)
    {
        foreach (var instance in _grains)
        {
            await instance.Return(_fence, runner.Cell, runner.BlockIndex, runner.TicksDone);
        }
    }
}
