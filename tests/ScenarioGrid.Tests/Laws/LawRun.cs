using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>Runs a scenario of one component the way the engine does: bound once, started per block, inputs
/// shared.</summary>
internal sealed class LawRun
{
    private readonly LawCase _law;
    private readonly InputSignals _inputs;
    private readonly int _blockPaths;
    private Lane[][] _sources = [];

    /// <param name="law">The scenario.</param>
    /// <param name="blockPaths">Paths of a block.</param>
    /// <param name="inputs">What to feed, when not what the scenario says.</param>
    public LawRun(LawCase law, int blockPaths, InputSignals? inputs = null)
    {
        (_law, _blockPaths, _inputs) = (law, blockPaths, inputs ?? law.Inputs);
        Instance = Bind();
    }

    /// <summary>The instance being stepped.</summary>
    public Instance Instance { get; private set; }

    /// <summary>Called after the start of each block.</summary>
    public Action? AfterStart { get; init; }

    /// <summary>Called around each step: it must step the component itself.</summary>
    public Action<Component, Tick>? Stepping { get; init; }

    /// <summary>Number of the first path of the scenario.</summary>
    public int FirstPath { get; init; }

    /// <summary>How often a block is started before its first tick.</summary>
    public int StartPasses { get; init; } = 3;

    /// <summary>Tick before which the instance is saved and put into a fresh one; -1 for never.</summary>
    public int RestoreAt { get; init; } = -1;

    /// <summary>Runs all blocks.</summary>
    public Recording Record()
    {
        var recording = new Recording(_law, Instance);
        for (var first = 0; first < _law.Paths; first += _blockPaths)
        {
            Start(first);
            AfterStart?.Invoke();
            recording.Take(0, Instance, first);
            for (var index = 0; index < _law.Ticks; index++)
            {
                Step(index, first);
                recording.Take(index + 1, Instance, first);
            }
        }

        return recording;
    }

    /// <summary>Starts in passes, as a scenario does: first on nothing, then on what the others show at their
    /// start.</summary>
    public void Start(int firstPath)
    {
        var tick = _law.TickAt(0, FirstPath + firstPath, _blockPaths);
        Instance.Reset();
        foreach (var source in _sources.SelectMany(s => s))
        {
            source.AllRows.Fill(source.Initial);
        }

        Instance.Start(tick);
        Feed(0, firstPath, LaneKind.Input);
        for (var pass = 1; pass < StartPasses; pass++)
        {
            Instance.Start(tick);
        }
    }

    /// <summary>Makes one tick.</summary>
    public void Step(int index, int firstPath)
    {
        if (index == RestoreAt)
        {
            var saved = Instance.Save();
            Instance = Bind();
            Instance.Restore(saved);
        }

        Feed(index, firstPath, LaneKind.Input, LaneKind.Inbox, LaneKind.Dial, LaneKind.Factor);
        Echo();
        var tick = _law.TickAt(index, FirstPath + firstPath, _blockPaths);
        if (Stepping is null)
        {
            Instance.Component.Step(tick);
        }
        else
        {
            Stepping(Instance.Component, tick);
        }
    }

    private Instance Bind()
    {
        var instance = _law.Bind(_blockPaths);
        _sources = new Lane[instance.Lanes.Length][];
        for (var port = 0; port < _sources.Length; port++)
        {
            var info = _law.Kind.Ports[port];
            _sources[port] = info.Kind == LaneKind.Input ? [.. instance.Lanes[port].Select(Attach)] : [];

            Lane Attach(Lane input)
            {
                var source = Lane.State<Number>(info.Absent ?? 0, input.Rows);
                source.Attach(new double[input.Rows * _blockPaths], 0, _blockPaths);
                source.AllRows.Fill(source.Initial);
                input.Attach(source);
                return source;
            }
        }

        return instance;
    }

    private void Feed(int index, int firstPath, params ReadOnlySpan<LaneKind> kinds)
    {
        for (var port = 0; port < _sources.Length; port++)
        {
            if (!kinds.Contains(_law.Kind.Ports[port].Kind) || !_inputs.Feeds(port))
            {
                continue;
            }

            for (var item = 0; item < Instance.Lanes[port].Length; item++)
            {
                var lane = Instance.Lanes[port][item];
                for (var row = 0; row < lane.Rows; row++)
                {
                    _inputs.At(port, item, row, index, firstPath, _blockPaths)
                        .CopyTo(lane.AllRows[(row * _blockPaths)..]);
                }
            }
        }
    }

    /// <summary>A venue reports what it did with the last order: some of it, at a price near its spot.</summary>
    private void Echo()
    {
        for (var port = 0; port < _sources.Length; port++)
        {
            if (_law.Kind.Ports[port] is not { Kind: LaneKind.Push } push || push.Route!.Port is not ("sell" or "buy"))
            {
                continue;
            }

            var isSell = push.Route.Port == "sell";
            for (var item = 0; item < Instance.Lanes[port].Length; item++)
            {
                var order = Instance.Lanes[port][item].Span;
                if (Find(push, isSell ? "soldBase" : "spentQuote", item) is not { } done)
                {
                    continue;
                }

                var price = Find(push, isSell ? "averageSellPrice" : "averageBuyPrice", item)
                    ?? Find(push, "spot", item);
                var got = Find(push, isSell ? "proceeds" : "boughtBase", item);
                for (var path = 0; path < order.Length; path++)
                {
                    // The signal says how much is filled: its fraction of a whole power of ten.
                    done.Span[path] = order[path] * (1 - 0.5 * (done.Span[path] - Math.Floor(done.Span[path])));
                    if (got is not null && price is not null)
                    {
                        got.Span[path] = isSell ? done.Span[path] * price.Span[path]
                            : done.Span[path] / price.Span[path];
                    }
                }
            }
        }
    }

    private Lane? Find(PortInfo push, string name, int item)
    {
        for (var port = 0; port < _sources.Length; port++)
        {
            if (_law.Kind.Ports[port] is { Kind: LaneKind.Input, Route: { } route } && route.Port == name
                && route.Slots.SequenceEqual(push.Route!.Slots))
            {
                return _sources[port][item];
            }
        }

        return null;
    }
}
