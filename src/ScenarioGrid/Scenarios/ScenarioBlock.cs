using ScenarioGrid.Campaigns;
using ScenarioGrid.Instances;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>
/// One cell on one block of paths: instances wired lane to lane, stepped tick by tick in one fused loop.
/// </summary>
/// <remarks>
/// Inputs share the memory of the outputs they read, so nothing is copied between instances except inside a stage,
/// where a reader must see last tick's value whatever the order of steps.
/// </remarks>
public sealed class ScenarioBlock
{
    private readonly ScenarioPlan _plan;
    private readonly Instance[] _instances;
    private readonly ShockCalendar _shocks;
    private readonly Factors _factors;
    private readonly InboxSum[][] _inboxes;
    private readonly Delay[] _delays;
    private readonly Ledger[][] _ledgers;
    private readonly MeasureLanes[] _measures;

    /// <summary>Wires bound instances, given in tick order.</summary>
    public ScenarioBlock(ScenarioPlan plan, double[] settings, Instance[] instances)
    {
        _plan = plan;
        _instances = instances;
        _shocks = new ShockCalendar(plan.ShocksOf(settings), instances);
        _factors = new Factors(plan, instances);
        var delays = new List<Delay>();
        foreach (var wire in plan.Wiring.Inputs)
        {
            LaneAt(wire.To).Attach(Source(wire, delays));
        }

        var inboxes = plan.Wiring.Inboxes
            .Select(box => (box.To.Instance,
                Sum: new InboxSum(LaneAt(box.To), [.. box.Wires.Select(w => Source(w, delays))])))
            .ToLookup(b => b.Instance, b => b.Sum);
        _inboxes = [.. instances.Select((_, i) => inboxes[i].ToArray())];
        _delays = [.. delays];
        _ledgers = instances.Select(i => Ledger.Of(i).ToArray()).ToArray();
        _measures = plan.Campaign.Measures
            .Select(m => new MeasureLanes(instances[m.Instance].Port(m.Port.Name)[0], m.Port.Over)).ToArray();
    }

    /// <summary>Ticks made so far.</summary>
    public int TicksDone { get; private set; }

    /// <summary>First path of the block.</summary>
    public int FirstPath { get; private set; }

    /// <summary>Lanes of the block.</summary>
    public int Paths => _instances.Length == 0 ? 0 : _instances[0].Paths;

    /// <summary>
    /// Ticks between two looks for values that are not finite: at fixed ticks, so that windows cannot matter.
    /// </summary>
    public int FiniteCheckEvery { get; set; } = 16;

    /// <summary>Called after each tick with its number, for traces and series; null in ordinary runs.</summary>
    public Action<int>? AfterTick { get; set; }

    /// <summary>Puts every lane at its start for the block that begins with this path.</summary>
    public void Start(int firstPath)
    {
        FirstPath = firstPath;
        TicksDone = 0;

        foreach (var instance in _instances)
        {
            instance.Reset();
        }

        // Start sets and never adds, so it may run again: each pass lets earlier stages see the start of later ones,
        // and a lender that reads a router that reads a venue needs three.
        for (var pass = 0; pass < 3; pass++)
        {
            CopyDelays();
            for (var i = 0; i < _instances.Length; i++)
            {
                _instances[i].Start(TickOf(i, 0));
            }
        }

        foreach (var ledger in _ledgers.SelectMany(l => l))
        {
            ledger.Open();
        }

        foreach (var measure in _measures)
        {
            measure.Clear();
        }
    }

    /// <summary>Makes the next ticks.</summary>
    /// <exception cref="ScenarioFault">A lane is not finite, or an asset is not conserved.</exception>
    public void Run(int ticks)
    {
        for (var last = TicksDone + ticks; TicksDone < last; TicksDone++)
        {
            StepAll(TicksDone);
            CheckFinite(_instances);
        }
    }

    /// <summary>Writes one measure of the first paths of the block.</summary>
    /// <exception cref="ScenarioFault">A value is not finite: it came and went between looks at the lanes.</exception>
    public void Read(int measure, Span<double> paths)
    {
        _measures[measure].Read(TicksDone, paths);
        var real = Math.Min(paths.Length, _plan.Campaign.Paths - FirstPath);
        for (var path = 0; path < real; path++)
        {
            if (!double.IsFinite(paths[path]))
            {
                var spec = _plan.Campaign.Measures[measure];
                throw new ScenarioFault("numeric-fault", _instances[spec.Instance].Name, spec.Port.Name,
                    FirstPath + path, TicksDone - 1, FormattableString.Invariant($"measured value {paths[path]}"));
            }
        }
    }

    /// <summary>The lane at an address.</summary>
    public Lane LaneAt(LaneAddress address) => _instances[address.Instance].Lanes[address.Port][address.Item];

    private void CopyDelays()
    {
        foreach (var delay in _delays)
        {
            delay.Copy();
        }
    }

    /// <summary>Looks for values that are not finite, if this tick is one to look at.</summary>
    private void CheckFinite(IEnumerable<Instance> instances)
    {
        if (TicksDone % FiniteCheckEvery != FiniteCheckEvery - 1 && TicksDone != _plan.Campaign.Ticks - 1)
        {
            return;
        }

        foreach (var instance in instances)
        {
            if (instance.FindNotFinite(_plan.Campaign.Paths - FirstPath) is var (port, path, value))
            {
                throw new ScenarioFault("numeric-fault", instance.Name, port, FirstPath + path, TicksDone,
                    FormattableString.Invariant($"value {value}"));
            }
        }
    }

    private void StepAll(int index)
    {
        if (_instances.Length == 0)
        {
            return;
        }

        OpenTick(index);
        for (var i = 0; i < _instances.Length; i++)
        {
            StepOne(i, index);
        }

        foreach (var measure in _measures)
        {
            measure.Add();
        }

        AfterTick?.Invoke(index);
    }

    /// <summary>
    /// Turns dials, draws factors and keeps last tick's values where a reader of the same stage needs them.
    /// </summary>
    internal void OpenTick(int index)
    {
        var clock = TickOf(0, index);
        _shocks.Turn(clock);
        _factors.Draw(clock);
        CopyDelays();
    }

    /// <summary>Steps one instance: its inboxes, its component, its ledgers.</summary>
    internal void StepOne(int instance, int index)
    {
        foreach (var inbox in _inboxes[instance])
        {
            inbox.Sum();
        }

        var tick = TickOf(instance, index);
        _instances[instance].Component.Step(tick);
        foreach (var ledger in _ledgers[instance])
        {
            ledger.Check(tick, _plan.Campaign.Paths);
        }
    }

    /// <summary>Takes one measure of the tick just made.</summary>
    internal void Measure(int measure) => _measures[measure].Add();

    /// <summary>Ends a tick that was made instance by instance.</summary>
    internal void CloseTick(IEnumerable<int> instances)
    {
        CheckFinite(instances.Select(i => _instances[i]));
        TicksDone++;
    }

    private Tick TickOf(int instance, int index) => new(
        index, _plan.Campaign.Ticks, _plan.Campaign.TickSeconds, FirstPath, _instances[instance].Paths,
        _plan.Keys[instance], _plan.SharedKey);

    /// <summary>The lane that a reader attaches to: the output itself, or its copy from before the tick.</summary>
    private Lane Source(Wire wire, List<Delay> delays)
    {
        var lane = LaneAt(wire.From);
        if (!wire.Delayed)
        {
            return lane;
        }

        var known = delays.Find(d => d.Original == lane);
        if (known is null)
        {
            known = new Delay(lane);
            delays.Add(known);
        }

        return known.Copied;
    }

    /// <summary>The value of an output as it was before the tick.</summary>
    private sealed class Delay
    {
        public Delay(Lane original)
        {
            Original = original;
            Copied = Lane.State<Number>(rows: original.Rows);
            Copied.Attach(GC.AllocateArray<double>(original.Rows * original.Paths, pinned: true), 0, original.Paths);
        }

        public Lane Original { get; }

        public Lane Copied { get; }

        public void Copy() => Original.AllRows.CopyTo(Copied.AllRows);
    }

    private sealed class InboxSum
    {
        private readonly Lane _inbox;
        private readonly Lane[] _pushed;
        private readonly bool _isShared;

        public InboxSum(Lane inbox, Lane[] pushed)
        {
            (_inbox, _pushed) = (inbox, pushed);

            // A lone sender needs no sum: the inbox is its lane.
            _isShared = pushed.Length == 1;
            if (_isShared)
            {
                inbox.Attach(pushed[0]);
            }
        }

        public void Sum()
        {
            if (_isShared)
            {
                return;
            }

            var inbox = _inbox.Vecs;
            for (var i = 0; i < inbox.Length; i++)
            {
                var sum = _pushed[0].Vecs[i];
                for (var p = 1; p < _pushed.Length; p++)
                {
                    sum += _pushed[p].Vecs[i];
                }

                inbox[i] = sum;
            }
        }
    }
}
