using Orleans.Runtime.Placement;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>
/// Runs cells whose instances are spread over silos: each tick, stage by stage, the parts step and swap boundary lanes.
/// </summary>
public sealed class SpreadRunner
{
    private readonly ScenarioPlan _plan;
    private readonly Lease _lease;
    private readonly IPartGrain[] _parts;
    private readonly List<LaneBlock>[] _waiting;
    private readonly int[] _stages;
    private readonly IReadOnlyList<LaneAddress> _boundary;
    private readonly Queue<long> _cells;
    private readonly double[][] _values;
    private long _cell = -1;
    private int _block;
    private int _tick;

    public SpreadRunner(
        ScenarioPlan plan, Lease lease, string key, IReadOnlyList<SiloAddress> silos, IGrainFactory grains)
    {
        (_plan, _lease) = (plan, lease);
        _cells = new Queue<long>(lease.Cells);
        var count = Math.Clamp(silos.Count, 2, Math.Max(2, plan.Campaign.Instances.Count));
        _parts = [.. Enumerable.Range(0, count).Select(p => grains.GetGrain<IPartGrain>($"{key}/{p}"))];
        _waiting = [.. _parts.Select(_ => new List<LaneBlock>())];
        _stages = [.. plan.Campaign.Instances.Select(i => (int)i.Kind.Stage).Distinct().Order()];
        _boundary = ScenarioPart.Boundary(plan, count);
        _values = [.. plan.Campaign.Measures.Select(_ => new double[plan.Campaign.Paths])];
        Silos = silos;
    }

    private IReadOnlyList<SiloAddress> Silos { get; }

    /// <summary>Works for about so many path-ticks.</summary>
    public async Task<WorkReport> Advance(long pathTicks, CancellationToken cancellation)
    {
        var finished = new List<byte[]>();
        var done = 0L;
        while (done < pathTicks && (_cell >= 0 || _cells.Count > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_cell < 0)
            {
                (_cell, _block, _tick) = (_cells.Dequeue(), 0, -1);
            }

            try
            {
                done += await Step();
                if (_block == _plan.Blocks)
                {
                    finished.Add(CellStatistics
                        .Of(_cell, _values, CellStatistics.Named(_plan.Campaign.Statistics)).ToBytes());
                    _cell = -1;
                }
            }
            catch (GridException fault) when (fault.Code is FaultCode or GridFilter.Internal)
            {
                finished.Add(new CellResult(_cell, [], fault.Message).ToBytes());
                _cell = -1;
            }
        }

        return new WorkReport(new ResultBatch([.. finished], done), _cell, _cell < 0 && _cells.Count == 0);
    }

    /// <summary>Code of a broken invariant inside a part.</summary>
    public const string FaultCode = "SCENARIO_FAULT";

    private async Task<long> Step()
    {
        if (_tick < 0)
        {
            await Start();
        }

        foreach (var stage in _stages)
        {
            var sent = await Task.WhenAll(_parts.Select((part, p) =>
            {
                LaneBlock[] received = [.. _waiting[p]];
                _waiting[p].Clear();
                return part.Step(_tick, stage, received);
            }));
            foreach (var lane in sent.SelectMany(s => s))
            {
                var owner = ScenarioPart.OwnerOf(_boundary[lane.Address].Instance, _parts.Length);
                for (var p = 0; p < _parts.Length; p++)
                {
                    if (p != owner)
                    {
                        _waiting[p].Add(lane);
                    }
                }
            }
        }

        if (++_tick == _plan.Campaign.Ticks)
        {
            await Read();
        }

        return _plan.LanesOf(Math.Min(_block, _plan.Blocks - 1));
    }

    private async Task Start()
    {
        for (var p = 0; p < _parts.Length; p++)
        {
            // Parts go to different silos on purpose: default placement puts a burst of new grains on one.
            RequestContext.Set(IPlacementDirector.PlacementHintKey, Silos[p % Silos.Count]);
            await _parts[p].Start(_lease.Campaign, _cell, _block, p, _parts.Length);
            _waiting[p].Clear();
        }

        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        _tick = 0;
    }

    private async Task Read()
    {
        foreach (var part in _parts)
        {
            foreach (var measure in await part.Measures())
            {
                measure.Values.CopyTo(_values[measure.Address], _block * _plan.BlockPaths);
            }
        }

        (_block, _tick) = (_block + 1, -1);
    }
}
