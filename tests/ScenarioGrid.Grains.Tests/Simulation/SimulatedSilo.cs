using Microsoft.Extensions.Logging;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>One life of a silo process: everything of a real one but Orleans and the arithmetic.</summary>
public sealed class SimulatedSilo
{
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _workers = [];
    private readonly Dictionary<string, IScenarioGrain> _scenarios = [];
    private readonly Simulation _simulation;
    private readonly Func<int, WorkerSlot> _slot;
    private Task _beating = Task.CompletedTask;

    public SimulatedSilo(Simulation simulation, string name)
    {
        _simulation = simulation;
        Node = new Node(simulation.World, name);
        var time = Node.Time;
        var store = new StoreLink(simulation.World, Node, simulation.Store, () => simulation.Links);
        var campaigns = new CampaignLedger(store, new AdmissionLimits());
        var plans = new PlanCache(campaigns, TestCluster.Catalog);
        var signal = new WorkSignal();
        var log = new TraceLog(Node);
        Pulse = new SiloPulse(store, name, simulation.Options.Slots, RunFolder.EngineVersion,
            time, Fence, log.Of<SiloPulse>());
        var dispatcher = new Dispatcher(store, campaigns, plans, Pulse, Fence, signal, time, log.Of<Dispatcher>());
        Front = new CampaignFront(store, campaigns, plans, dispatcher, Pulse, Fence, log.Of<CampaignFront>());
        _slot = slot => new WorkerSlot(
            slot, dispatcher, Pulse, Fence, key => Scenario(key, plans), signal, time, log.Of<WorkerSlot>());
        Node.Start(Begin);
    }

    public Node Node { get; }

    public SiloPulse Pulse { get; }

    public SiloFence Fence { get; } = new();

    public ICampaignFront Front { get; }

    /// <summary>True once it takes work.</summary>
    public bool IsUp { get; private set; }

    /// <summary>True once it has ended by itself.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Says that a cell's computation ended.</summary>
    public void Executed(string campaign, long cell) => _simulation.Executed(campaign, cell);

    /// <summary>Ends in good order.</summary>
    public void Drain() => Node.Start(async () =>
    {
        Node.World.Say(Node, "drains");
        Pulse.Drain();
        _drain.Cancel();
        await Task.WhenAll(_workers);
        _end.Cancel();
        await _beating;
        try
        {
            await Pulse.Leave();
        }
        catch (StoreException)
        {
            Node.World.Say(Node, "leaves without a goodbye");
        }

        HasLeft = true;
        Node.Crash();
    });

    private async Task Begin()
    {
        while (true)
        {
            try
            {
                await Pulse.Start();
                break;
            }
            catch (StoreException)
            {
                await Node.Spend(TimeSpan.FromSeconds(1));
            }
        }

        _beating = Pulse.Run(_end.Token);
        for (var slot = 0; slot < Pulse.Workers; slot++)
        {
            _workers.Add(_slot(slot).Run(_drain.Token));
        }

        IsUp = true;
        await Task.WhenAll([_beating, .. _workers]);
    }

    private IScenarioGrain Scenario(string key, PlanCache plans) => _scenarios.TryGetValue(key, out var known)
        ? known
        : _scenarios[key] = new SimulatedScenario(this, plans, _simulation.Options);

    /// <summary>Log lines become part of the trace.</summary>
    private sealed class TraceLog(Node node)
    {
        public ILogger<T> Of<T>() => new Lines<T>(node);

        private sealed class Lines<T>(Node node) : ILogger<T>
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
                Func<TState, Exception?, string> formatter)
            {
                node.World.Say(node, formatter(state, exception)
                    + (exception is null ? "" : $" {exception.GetType().Name}: {exception.Message}"));
                if (exception is not (null or StoreException or GridException))
                {
                    node.World.Break($"{node.Name} met {exception}");
                }
            }
        }
    }
}
