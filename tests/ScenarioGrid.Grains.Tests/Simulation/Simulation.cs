using System.Globalization;

namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>A cluster of simulated silos on a simulated store, its faults and its clients.</summary>
public sealed class Simulation
{
    /// <summary>Time after the last fault in which every campaign must have ended.</summary>
    public static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(900);

    private static readonly LinkFaults s_noise = new(0.03, 0.03, 0.03, 0.1, 1.5);

    private readonly Host[] _hosts;
    private readonly Dictionary<(string Campaign, long Cell), int> _executed = [];
    private int _clientsLeft;
    private bool _areFaultsOver;

    public Simulation(int seed, SimulationOptions options, bool isTraced = false)
    {
        (Options, World) = (options, new World(seed, isTraced));
        Store = new SimulatedStore(World);
        Store.Watch.MayKill = options.MayKill;
        _hosts = [.. Enumerable.Range(1, options.Silos).Select(h => new Host(this, h))];
    }

    public SimulationOptions Options { get; }

    public World World { get; }

    public SimulatedStore Store { get; }

    /// <summary>What goes wrong on the ways to the store now.</summary>
    public LinkFaults Links { get; private set; } = LinkFaults.None;

    /// <summary>Cells whose computation ended more than once.</summary>
    public int Repeated => _executed.Values.Sum(n => n - 1);

    public int ExecutedCells => _executed.Count;

    public int FaultsDone { get; private set; }

    /// <summary>Silos that answer clients.</summary>
    public IReadOnlyList<SimulatedSilo> Up => [.. _hosts.Select(h => h.Silo).Where(s => s.IsUp && !s.Node.IsDead)];

    public void Executed(string campaign, long cell) =>
        _executed[(campaign, cell)] = _executed.GetValueOrDefault((campaign, cell)) + 1;

    /// <summary>Runs to the end.</summary>
    /// <returns>Null, or the law that was broken.</returns>
    public string? Run()
    {
        foreach (var host in _hosts)
        {
            host.Keep();
        }

        _clientsLeft = Options.Clients;
        for (var number = 1; number <= Options.Clients; number++)
        {
            var client = new SimulatedClient(this, number);
            client.Node.Start(async () =>
            {
                await client.Run();
                _clientsLeft--;
            });
        }

        if (Options.Faults.Length > 0)
        {
            World.Schedule(null, World.Between(0, 2 * Options.FaultEvery), NextFault);
        }

        World.Schedule(null, TimeSpan.FromSeconds(Options.FaultSeconds), () => _areFaultsOver = true);
        var isOver = World.Run(
            () => _clientsLeft == 0, TimeSpan.FromSeconds(Options.FaultSeconds + 30) + EndsWithin);
        return World.Broken ?? (isOver ? null : $"not over at {World.Seconds:0} s");
    }

    private void NextFault()
    {
        if (_areFaultsOver)
        {
            return;
        }

        var kind = Options.Faults[World.Random.Next(Options.Faults.Length)];
        World.Say(null, $"fault {kind}");
        FaultsDone++;
        Happen(kind, _hosts[World.Random.Next(_hosts.Length)].Silo.Node);
        World.Schedule(null, World.Between(0.1, 2 * Options.FaultEvery), NextFault);
    }

    private void Happen(FaultKind kind, Node node)
    {
        switch (kind)
        {
            case FaultKind.Crash:
                node.Crash();
                break;
            case FaultKind.CrashAll:
                Array.ForEach(_hosts, h => h.Silo.Node.Crash());
                break;
            case FaultKind.Pause:
                node.Pause(World.Between(0.5, 25));
                break;
            case FaultKind.Drain:
                _hosts.First(h => h.Silo.Node == node).Drain();
                break;
            case FaultKind.Slow:
                For(5, 30, () => node.Slowness = World.Between(2, 20).TotalSeconds, () => node.Slowness = 1);
                break;
            case FaultKind.Cut:
                For(1, 25, () => (node.IsCutTo, node.IsCutFrom) = (true, true),
                    () => (node.IsCutTo, node.IsCutFrom) = (false, false));
                break;
            case FaultKind.CutOneWay when World.Chance(0.5):
                For(1, 25, () => node.IsCutTo = true, () => node.IsCutTo = false);
                break;
            case FaultKind.CutOneWay:
                For(1, 25, () => node.IsCutFrom = true, () => node.IsCutFrom = false);
                break;
            case FaultKind.StoreRestart:
                Store.Restart(World.Between(1, 12), TimeSpan.Zero);
                break;
            case FaultKind.TailLost:
                Store.Restart(World.Between(1, 6), World.Between(0.001, 1));
                break;
            case FaultKind.Noise:
                For(3, 20, () => Links = s_noise, () => Links = LinkFaults.None);
                break;
            case FaultKind.Skew:
                node.Skew = World.Between(-600, 600);
                break;
            default:
                Store.Empty();
                break;
        }
    }

    private void For(double least, double most, Action begin, Action end)
    {
        begin();
        World.Schedule(null, World.Between(least, most), end);
    }

    /// <summary>A machine that starts its silo again when it has ended.</summary>
    private sealed class Host
    {
        private readonly Simulation _simulation;
        private readonly int _number;
        private int _life;
        private bool _isDraining;

        public Host(Simulation simulation, int number)
        {
            (_simulation, _number) = (simulation, number);
            Silo = Start();
        }

        public SimulatedSilo Silo { get; private set; }

        public void Drain()
        {
            if (!_isDraining && Silo.IsUp && !Silo.Node.IsDead)
            {
                _isDraining = true;
                Silo.Drain();
            }
        }

        /// <summary>Looks after its silo from now on; a silo that is fenced for good is started anew.</summary>
        public void Keep()
        {
            var world = _simulation.World;
            if (Silo.Node.IsDead)
            {
                world.Schedule(null, world.Between(0.5, 6), () =>
                {
                    Silo = Start();
                    Keep();
                });
                return;
            }

            if (Silo.Fence.IsFenced && !Silo.Node.IsPaused && world.Chance(0.05))
            {
                Silo.Node.Crash();
            }

            world.Schedule(null, TimeSpan.FromSeconds(0.5), Keep);
        }

        private SimulatedSilo Start()
        {
            _isDraining = false;
            return new SimulatedSilo(_simulation, string.Create(CultureInfo.InvariantCulture, $"s{_number}@{++_life}"));
        }
    }
}
