using System.Runtime.InteropServices;

namespace ScenarioGrid.Grains;

/// <summary>The ledger's store in the memory of one process: the embedded grid's, and the tests'.</summary>
/// <remarks>Bytes are kept and handed out without a copy, so nobody may change them afterwards.</remarks>
/// <param name="time">The store's clock.</param>
public sealed class MemoryStore(TimeProvider time) : ILedgerStore
{
    private static readonly Task<bool> Made = Task.FromResult(true), Refused = Task.FromResult(false);

    private readonly Lock gate = new();
    private readonly Dictionary<string, object> things = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (byte[] Says, long At)> beats = new(StringComparer.Ordinal);
    private string? epoch;

    /// <inheritdoc/>
    public Task<StoreRecord[]> Read(params string[] keys)
    {
        var records = new StoreRecord[keys.Length];
        lock (gate)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                records[i] = Find<Record>(keys[i])?.Now ?? default;
            }
        }

        return Task.FromResult(records);
    }

    /// <inheritdoc/>
    public Task<bool> Apply(StoreChange change)
    {
        lock (gate)
        {
            var record = Find<Record>(change.Key);
            if ((record?.Now.Version ?? 0) != change.Expected
                || !change.Effects.OfType<StoreEffect.Require>().All(Holds))
            {
                return Refused;
            }

            if (change.Value is not null)
            {
                Put(change.Key, change.Value);
            }
            else
            {
                things.Remove(change.Key);
            }

            foreach (var effect in change.Effects)
            {
                Do(effect);
            }
        }

        return Made;
    }

    /// <inheritdoc/>
    public Task<long> Take(string counter, long limit, string set, StoreEffect.Require? require = null)
    {
        lock (gate)
        {
            if ((require is not null && !Holds(require)) || (Find<Counter>(counter)?.Next ?? 0) >= limit)
            {
                return Task.FromResult(-1L);
            }

            var taken = Make<Counter>(counter);

            Make<HashSet<string>>(set).Add(taken.Next.ToString());
            return Task.FromResult(taken.Next++);
        }
    }

    /// <inheritdoc/>
    public Task<Dictionary<string, long>> Counters(string key)
    {
        lock (gate)
        {
            var counters = Find<Dictionary<string, long>>(key);
            return Task.FromResult(counters is null ? [] : new Dictionary<string, long>(counters));
        }
    }

    /// <inheritdoc/>
    public Task<string[]> Members(string key)
    {
        lock (gate)
        {
            return Task.FromResult(Find<HashSet<string>>(key)?.ToArray() ?? []);
        }
    }

    /// <inheritdoc/>
    public Task<byte[][]> Entries(string key, long from, int most)
    {
        lock (gate)
        {
            return Task.FromResult(Find<MemoryList>(key)?.Entries(from, most) ?? []);
        }
    }

    /// <inheritdoc/>
    public Task Beat(string silo, byte[] says)
    {
        lock (gate)
        {
            beats[silo] = (says, Clock());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<StoreBeat[]> Beats()
    {
        lock (gate)
        {
            var now = Clock();
            return Task.FromResult(beats.Select(b => new StoreBeat(b.Key, b.Value.Says, now - b.Value.At)).ToArray());
        }
    }

    /// <inheritdoc/>
    public Task Forget(string silo)
    {
        lock (gate)
        {
            beats.Remove(silo);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> Epoch(string? proposed)
    {
        lock (gate)
        {
            return Task.FromResult(epoch ??= proposed);
        }
    }

    /// <inheritdoc/>
    public Task<long> Now() => Task.FromResult(Clock());

    private long Clock() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Do(StoreEffect effect)
    {
        switch (effect)
        {
            case StoreEffect.Require:
                break;
            case StoreEffect.Put put:
                Put(put.Key, put.Value);
                break;
            case StoreEffect.Delete:
                things.Remove(effect.Key);
                break;
            case StoreEffect.Add add:
                var counters = Make<Dictionary<string, long>>(add.Key);
                CollectionsMarshal.GetValueRefOrAddDefault(counters, add.Counter, out _) += add.By;
                break;
            case StoreEffect.Include include:
                Make<HashSet<string>>(include.Key).Add(include.Member);
                break;
            case StoreEffect.Exclude exclude:
                Find<HashSet<string>>(exclude.Key)?.Remove(exclude.Member);
                break;
            case StoreEffect.Append append:
                Make<MemoryList>(append.Key).Append(append.Entry, append.Most);
                break;
            default:
                throw new ArgumentException($"A store knows no effect {effect.GetType().Name}.", nameof(effect));
        }
    }

    private bool Holds(StoreEffect.Require require) =>
        Find<Record>(require.Key)?.Now.Value is { } value && value.AsSpan().SequenceEqual(require.Value);

    private void Put(string key, byte[] value)
    {
        var record = Make<Record>(key);
        record.Now = new(value, record.Now.Version + 1);
    }

    /// <exception cref="StoreException">The key holds something of another kind.</exception>
    private T? Find<T>(string key)
        where T : class => things.TryGetValue(key, out var thing) ? Kind<T>(key, thing) : null;

    private T Make<T>(string key)
        where T : class, new()
    {
        ref var thing = ref CollectionsMarshal.GetValueRefOrAddDefault(things, key, out _);
        return Kind<T>(key, thing ??= new T());
    }

    private static T Kind<T>(string key, object thing)
        where T : class => thing as T
        ?? throw new StoreException($"{key} holds a {thing.GetType().Name}, not a {typeof(T).Name}.");

    private sealed class Record
    {
        public StoreRecord Now { get; set; }
    }

    private sealed class Counter
    {
        public long Next { get; set; }
    }
}
