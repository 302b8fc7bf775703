using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <inheritdoc cref="IPartGrain"/>
public sealed class PartGrain(PlanCache plans, ComputePool compute) : Grain, IPartGrain
{
    private ScenarioPart _part = null!;
    private IReadOnlyList<LaneAddress> _boundary = [];
    private int[] _own = [];
    private Stage[] _stages = [];

    public async Task Start(string campaign, long cell, int block, int part, int parts)
    {
        var plan = await plans.Get(campaign);
        await compute.Run(() => _part = new ScenarioPart(plan, cell, block, part, parts));
        _boundary = ScenarioPart.Boundary(plan, parts);
        _own = [.. Enumerable.Range(0, _boundary.Count)
            .Where(b => ScenarioPart.OwnerOf(_boundary[b].Instance, parts) == part)];
        _stages = [.. _boundary.Select(b => plan.Campaign.Instances[b.Instance].Kind.Stage)];
    }

    public async Task<LaneBlock[]> Step(int tick, int stage, LaneBlock[] received)
    {
        LaneBlock[] sent = [];
        await compute.Run(() =>
        {
            foreach (var lane in received)
            {
                _part.Receive(_boundary[lane.Address], lane.Values);
            }

            _part.Step(tick, (Stage)stage);
            sent = [.. _own.Where(b => _stages[b] == (Stage)stage)
                .Select(b => new LaneBlock(b, _part.Send(_boundary[b])))];
        });
        return sent;
    }

    public Task<LaneBlock[]> Measures() =>
        Task.FromResult(_part.Measures().Select(m => new LaneBlock(m.Measure, m.Values)).ToArray());
}
