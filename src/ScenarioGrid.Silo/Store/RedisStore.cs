using System.Buffers.Text;
using System.Diagnostics;
using ScenarioGrid.Grains;
using StackExchange.Redis;
using StackExchange.Redis.KeyspaceIsolation;

namespace ScenarioGrid.Silo;

/// <summary>The ledger's store of a cluster, in Redis.</summary>
/// <remarks>
/// <para>
/// An answer is durable when Redis runs with <c>appendonly yes</c> and <c>appendfsync always</c>. Every operation is
/// one command or one script, hence one round trip and atomic; records read together are of one moment. A key holds one
/// kind of thing for all its life, and the user may do all that a script does: a script that meets another kind, or a
/// right that it has not, stops where it is, and what it did until then stays.
/// </para>
/// <para>Entries that a list has forgotten are left out: reading starts at the oldest kept one.</para>
/// </remarks>
public sealed class RedisStore : ILedgerStore, IAsyncDisposable
{
    private const string BeatsKey = "beats", EpochKey = "epoch";

    private readonly IConnectionMultiplexer redis;
    private readonly IDatabase keys;
    private readonly string address;

    /// <summary>A store over a connection that it owns from now on.</summary>
    /// <param name="redis">The connection, made with <see cref="RedisOptions"/>.</param>
    /// <param name="prefix">What every key begins with, such as <c>sg:cluster:</c>.</param>
    public RedisStore(IConnectionMultiplexer redis, string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        this.redis = redis;
        keys = redis.GetDatabase().WithKeyPrefix(prefix);
        address = RedisOptions.Address(redis);
    }

    /// <summary>True while Redis is connected.</summary>
    public bool IsConnected => redis.IsConnected;

    /// <summary>Opens a store; does not fail when Redis is not there yet, as the first operation will.</summary>
    /// <param name="options">Where Redis is, from <see cref="RedisOptions.Parse"/>.</param>
    /// <param name="prefix">What every key begins with, such as <c>sg:cluster:</c>.</param>
    public static async Task<RedisStore> Open(ConfigurationOptions options, string prefix) =>
        new(await ConnectionMultiplexer.ConnectAsync(options), prefix);

    /// <inheritdoc/>
    public async Task<StoreRecord[]> Read(params string[] keys)
    {
        if (keys.Length == 0)
        {
            return [];
        }

        var names = Array.ConvertAll(keys, k => (RedisKey)k);
        return Array.ConvertAll(await Ask(db => db.StringGetAsync(names)), Record);
    }

    /// <inheritdoc/>
    public async Task<bool> Apply(StoreChange change)
    {
        var names = new RedisKey[1 + change.Effects.Length];
        var values = new RedisValue[3 * names.Length];
        names[0] = change.Key;
        Set(values, 0, change.Expected, change.Value is null ? 0 : 1, change.Value ?? RedisValue.EmptyString);
        for (var i = 1; i < names.Length; i++)
        {
            var effect = change.Effects[i - 1];
            names[i] = effect.Key;
            Say(effect, values, 3 * i);
        }

        return (bool)await Run(RedisScripts.Apply, names, values);
    }

    /// <inheritdoc/>
    public async Task<long> Take(string counter, long limit, string set, StoreEffect.Require? require = null) =>
        (long)await (require is null
            ? Run(RedisScripts.Take, [counter, set], [limit])
            : Run(RedisScripts.Take, [counter, set, require.Key], [limit, require.Value]));

    /// <inheritdoc/>
    public async Task<Dictionary<string, long>> Counters(string key) =>
        (await Ask(db => db.HashGetAllAsync(key))).ToDictionary(e => (string)e.Name!, e => (long)e.Value);

    /// <inheritdoc/>
    public async Task<string[]> Members(string key) =>
        Array.ConvertAll(await Ask(db => db.SetMembersAsync(key)), m => (string)m!);

    /// <inheritdoc/>
    public async Task<byte[][]> Entries(string key, long from, int most) =>
        (byte[][])(await Run(RedisScripts.Entries, [key], [Math.Max(0, from), most]))!;

    /// <inheritdoc/>
    public async Task Beat(string silo, byte[] says) => await Run(RedisScripts.Beat, [BeatsKey], [silo, says]);

    /// <inheritdoc/>
    public async Task<StoreBeat[]> Beats()
    {
        var answer = await Run(RedisScripts.Beats, [BeatsKey], []);
        var (now, said) = ((long)answer[0], (RedisValue[])answer[1]!);
        var beats = new StoreBeat[said.Length / 2];
        for (var i = 0; i < beats.Length; i++)
        {
            var (at, says) = Split(said[2 * i + 1], RedisScripts.TimeDigits);
            beats[i] = new(said[2 * i]!, says, now - at);
        }

        return beats;
    }

    /// <inheritdoc/>
    public async Task Forget(string silo) => await Ask(db => db.HashDeleteAsync(BeatsKey, silo));

    /// <inheritdoc/>
    public async Task<string?> Epoch(string? proposed) => proposed is null
        ? await Ask(db => db.StringGetAsync(EpochKey))
        : (string?)await Run(RedisScripts.Epoch, [EpochKey], [proposed]);

    /// <inheritdoc/>
    public async Task<long> Now()
    {
        // Not as a bare command: the client then no longer knows its database, and sends SELECT before the next one.
        var time = (RedisValue[])(await Run(RedisScripts.Now, [], []))!;
        return (long)time[0] * 1000 + (long)time[1] / 1000;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => redis.DisposeAsync();

    /// <summary>Runs a script by its hash; the client loads it when Redis does not know it, as after a restart.
    /// </summary>
    private Task<RedisResult> Run(string script, RedisKey[] names, RedisValue[] values) =>
        Ask(db => db.ScriptEvaluateAsync(script, names, values));

    private async Task<T> Ask<T>(Func<IDatabase, Task<T>> question)
    {
        var asked = Stopwatch.GetTimestamp();
        try
        {
            var answer = await question(keys).ConfigureAwait(false);
            GridMeter.StoreMilliseconds.Record(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            return answer;
        }
        catch (Exception e) when (RedisFault.Is(e))
        {
            throw RedisFault.Named(e, address);
        }
    }

    private static StoreRecord Record(RedisValue held)
    {
        if (held.IsNull)
        {
            return default;
        }

        var (version, value) = Split(held, RedisScripts.VersionDigits);
        return new(value, version);
    }

    private static (long Number, byte[] Bytes) Split(RedisValue held, int digits)
    {
        ReadOnlyMemory<byte> bytes = held;
        return bytes.Length >= digits && Utf8Parser.TryParse(bytes.Span[..digits], out long number, out var used)
            && used == digits
            ? (number, bytes.Span[digits..].ToArray())
            : throw new StoreException($"A record in Redis does not begin with its {digits} digits: "
                + "something else than ScenarioGrid writes under this prefix. Give the cluster a prefix of its own.");
    }

    private static void Say(StoreEffect effect, RedisValue[] values, int at)
    {
        (string Verb, RedisValue First, RedisValue Second) said = effect switch
        {
            StoreEffect.Require require => ("require", require.Value, RedisValue.EmptyString),
            StoreEffect.Put put => ("put", put.Value, RedisValue.EmptyString),
            StoreEffect.Delete => ("delete", RedisValue.EmptyString, RedisValue.EmptyString),
            StoreEffect.Add add => ("add", add.Counter, add.By),
            StoreEffect.Include include => ("include", include.Member, RedisValue.EmptyString),
            StoreEffect.Exclude exclude => ("exclude", exclude.Member, RedisValue.EmptyString),
            StoreEffect.Append append => ("append", append.Entry, append.Most),
            _ => throw new ArgumentException(
                $"A store knows no effect {effect.GetType().Name}.", nameof(effect)),
        };
        Set(values, at, said.Verb, said.First, said.Second);
    }

    private static void Set(RedisValue[] values, int at, RedisValue what, RedisValue x, RedisValue y) =>
        (values[at], values[at + 1], values[at + 2]) = (what, x, y);
}
