namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>How often what goes wrong between a silo and the store, while faults are on.</summary>
/// <param name="Lost">Requests that do not arrive.</param>
/// <param name="AnswerLost">Answers that do not.</param>
/// <param name="Twice">Requests that arrive twice.</param>
/// <param name="Slow">Requests or answers that take up to <paramref name="SlowSeconds"/>.</param>
/// <param name="SlowSeconds">Longest way.</param>
public sealed record LinkFaults(double Lost, double AnswerLost, double Twice, double Slow, double SlowSeconds)
{
    public static LinkFaults None { get; } = new(0, 0, 0, 0, 0);
}

/// <summary>The way of one process to the store.</summary>
public sealed class StoreLink(World world, Node node, SimulatedStore store, Func<LinkFaults> faults) : ILedgerStore
{
    public Task<StoreRecord[]> Read(params string[] keys) =>
        Call($"read {string.Join(' ', keys)}", s => s.Read(keys));

    public Task<bool> Apply(StoreChange change) =>
        Call($"apply {change.Key} on {change.Expected}", s => s.Apply(change), change, isWrite: true);

    public Task<long> Take(string counter, long limit, string set, StoreEffect.Require? require = null) =>
        Call($"take {counter}", s => s.Take(counter, limit, set, require),
            isWrite: true);

    public Task<Dictionary<string, long>> Counters(string key) => Call($"counters {key}", s => s.Counters(key));

    public Task<string[]> Members(string key) => Call($"members {key}", s => s.Members(key));

    public Task<byte[][]> Entries(string key, long from, int most) =>
        Call($"entries {key} {from}", s => s.Entries(key, from, most));

    public Task Beat(string silo, byte[] says) => Call("beat", async s =>
    {
        await s.Beat(silo, says);
        return silo;
    }, beats: silo, isWrite: true);

    public Task<StoreBeat[]> Beats() => Call("beats", s => s.Beats());

    public Task Forget(string silo) => Call("forget", async s =>
    {
        await s.Forget(silo);
        return silo;
    }, isWrite: true);

    public Task<string?> Epoch(string? proposed) => Call(
        "epoch", s => s.Epoch(proposed), isWrite: proposed is not null);

    public Task<long> Now() => Call("now", s => s.Now());

    private Task<T> Call<T>(
        string what, Func<ILedgerStore, Task<T>> ask, StoreChange? change = null, string? beats = null,
        bool isWrite = false)
    {
        var answer = new TaskCompletionSource<T>();
        var now = faults();
        var isLost = node.IsCutTo || world.Chance(now.Lost);
        var isAnswerLost = world.Chance(now.AnswerLost);
        if (!isLost)
        {
            world.Schedule(null, Way(now), () => Arrive(isAnswerLost));
            if (world.Chance(now.Twice))
            {
                world.Schedule(null, Way(now) + Way(now), () => Arrive(isAnswerLost: true));
            }
        }

        // A client gives up when nothing came for so long.
        world.Schedule(node, TimeSpan.FromSeconds(2), () => Fail("no answer in time"));
        return answer.Task;

        void Arrive(bool isAnswerLost)
        {
            if (store.IsDown)
            {
                world.Schedule(node, Way(now), () => Fail("connection refused"));
                return;
            }

            var result = store.Happen(node, what, ask, change, isWrite);
            if (beats is not null)
            {
                store.Watch.Beaten(beats);
            }

            if (!isAnswerLost && !node.IsCutFrom)
            {
                world.Schedule(node, Way(now), () => answer.TrySetResult(result));
            }
        }

        void Fail(string why)
        {
            if (answer.TrySetException(new StoreException($"store: {why}")))
            {
                world.Say(node, $"{what}: {why}");
            }
        }
    }

    private TimeSpan Way(LinkFaults now) =>
        world.Chance(now.Slow) ? world.Between(0.01, now.SlowSeconds) : world.Between(0.0001, 0.002);
}
