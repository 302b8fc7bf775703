using System.Text;

namespace ScenarioGrid.Grains.Tests.Ledger;

/// <summary>What every ledger store must do; the stores' own tests derive from it.</summary>
public abstract class LedgerStoreContract
{
    /// <summary>Bytes that would not survive being taken for text.</summary>
    private static readonly byte[] Binary = [0, 255, 13, 10, 0, 128, 36, 0];

    /// <summary>An empty store.</summary>
    protected abstract ILedgerStore Store { get; }

    /// <summary>The same store as another silo has it.</summary>
    protected virtual Task<ILedgerStore> Another() => Task.FromResult(Store);

    [Fact]
    public async Task A_record_that_is_not_there_has_version_0_and_no_bytes() =>
        Assert.Equal([default, default], await Store.Read("nobody", "nothing"));

    [Fact]
    public async Task Reading_no_records_gives_none() => Assert.Empty(await Store.Read());

    [Fact]
    public async Task A_change_is_made_once_for_the_version_it_expects()
    {
        Assert.True(await Store.Apply(new("r", 0, Bytes("first"))));
        Assert.False(await Store.Apply(new("r", 0, Bytes("late"))));
        Assert.False(await Store.Apply(new("r", 2, Bytes("early"))));
        await Holds("r", "first", 1);
        Assert.True(await Store.Apply(new("r", 1, Bytes("second"))));
        await Holds("r", "second", 2);
    }

    [Fact]
    public async Task Nothing_of_a_change_is_made_unless_all_it_requires_holds()
    {
        StoreChange Change(params StoreEffect[] effects) => new("r", 0, Bytes("made"), effects);
        Assert.False(await Store.Apply(Change(
            new StoreEffect.Include("s", "m"), new StoreEffect.Require("life", Binary))));
        Assert.True(await Store.Apply(new("life", 0, Binary)));
        Assert.False(await Store.Apply(Change(
            new StoreEffect.Include("s", "m"), new StoreEffect.Require("life", Bytes("other")))));
        Assert.Empty(await Store.Members("s"));
        Assert.Equal([default], await Store.Read("r"));
        Assert.True(await Store.Apply(Change(
            new StoreEffect.Include("s", "m"), new StoreEffect.Require("life", Binary))));
        await Holds("r", "made", 1);
        Assert.Equal(["m"], await Store.Members("s"));
    }

    [Fact]
    public async Task No_number_is_taken_unless_what_it_requires_holds()
    {
        var require = new StoreEffect.Require("life", Binary);
        Assert.Equal(-1, await Store.Take("n", 5, "taken", require));
        Assert.True(await Store.Apply(new("life", 0, Binary)));
        Assert.Equal(0, await Store.Take("n", 5, "taken", require));
        Assert.Equal(-1, await Store.Take("n", 5, "taken", require with { Value = Bytes("other") }));
        Assert.Equal(1, await Store.Take("n", 5, "taken"));
        Assert.Equal(["0", "1"], (await Store.Members("taken")).Order());
    }

    [Fact]
    public async Task A_change_without_bytes_deletes()
    {
        Assert.False(await Store.Apply(new("r", 1, null)));
        Assert.True(await Store.Apply(new("r", 0, Bytes("here"))));
        Assert.True(await Store.Apply(new("r", 1, null)));
        Assert.Equal([default], await Store.Read("r"));
        Assert.True(await Store.Apply(new("r", 0, null)));
        Assert.True(await Store.Apply(new("r", 0, Bytes("again"))));
        await Holds("r", "again", 1);
    }

    [Fact]
    public async Task Records_are_read_in_the_order_of_their_keys()
    {
        await Store.Apply(new("b", 0, Bytes("two")));
        await Store.Apply(new("a", 0, Bytes("one")));
        var read = await Store.Read("b", "missing", "a", "b");
        Assert.Equal(["two", "", "one", "two"], read.Select(r => Encoding.UTF8.GetString(r.Value ?? [])));
        Assert.Equal([1, 0, 1, 1], read.Select(r => r.Version));
    }

    [Fact]
    public async Task Bytes_come_back_as_they_were_given()
    {
        await Store.Apply(new("r", 0, Binary, new StoreEffect.Put("p", Binary), new StoreEffect.Append("l", Binary)));
        await Store.Apply(new("empty", 0, [], new StoreEffect.Append("l", [])));
        await Store.Beat("silo", Binary);
        var read = await Store.Read("r", "p", "empty");
        Assert.Equal(Binary, read[0].Value);
        Assert.Equal(Binary, read[1].Value);
        Assert.Equal([], read[2].Value!);
        Assert.Equal([Binary, []], await Store.Entries("l", 0, 10));
        Assert.Equal(Binary, Assert.Single(await Store.Beats()).Says);
    }

    [Fact]
    public async Task Names_may_hold_any_letters()
    {
        const string name = "Zürich / 東京 %{}*:\0.";
        await Store.Apply(new(name, 0, [1], new StoreEffect.Include(name + "s", name),
            new StoreEffect.Add(name + "c", name, 3)));
        Assert.Equal(1, (await Store.Read(name))[0].Version);
        Assert.Equal([name], await Store.Members(name + "s"));
        Assert.Equal(3, (await Store.Counters(name + "c"))[name]);
    }

    [Fact]
    public async Task All_effects_happen_with_their_change()
    {
        await Store.Apply(new("gone", 0, Bytes("x"), new StoreEffect.Include("set", "old")));
        Assert.True(await Store.Apply(Busy(expected: 0)));
        await Holds("put", "value", 1);
        Assert.Equal([default], await Store.Read("gone"));
        Assert.Equal(new() { ["done"] = 5, ["left"] = -2 }, await Store.Counters("counters"));
        Assert.Equal(["new"], await Store.Members("set"));
        Assert.Equal([Bytes("entry")], await Store.Entries("list", 0, 10));
    }

    [Fact]
    public async Task No_effect_happens_when_the_version_differs()
    {
        await Store.Apply(new("gone", 0, Bytes("x"), new StoreEffect.Include("set", "old")));
        Assert.False(await Store.Apply(Busy(expected: 7)));
        Assert.Equal([0, 0, 1], (await Store.Read("main", "put", "gone")).Select(r => r.Version));
        Assert.Empty(await Store.Counters("counters"));
        Assert.Equal(["old"], await Store.Members("set"));
        Assert.Empty(await Store.Entries("list", 0, 10));
    }

    [Fact]
    public async Task A_put_raises_the_version_whatever_it_was()
    {
        await Store.Apply(new("other", 0, null, new StoreEffect.Put("r", Bytes("1"))));
        await Store.Apply(new("other", 0, null, new StoreEffect.Put("r", Bytes("2"))));
        await Holds("r", "2", 2);
        Assert.False(await Store.Apply(new("r", 1, Bytes("stale"))));
    }

    [Fact]
    public async Task A_delete_takes_whatever_is_under_its_key()
    {
        await Store.Apply(new("r", 0, [1], new StoreEffect.Put("p", [1]), new StoreEffect.Add("c", "x", 1),
            new StoreEffect.Include("s", "m"), new StoreEffect.Append("l", [1])));
        await Store.Take("n", 5, "taken");
        await Store.Apply(new("r", 1, null,
            [.. "p c s l n taken missing".Split(' ').Select(k => new StoreEffect.Delete(k))]));
        Assert.Equal([default, default], await Store.Read("r", "p"));
        Assert.Empty(await Store.Counters("c"));
        Assert.Empty(await Store.Members("s"));
        Assert.Empty(await Store.Members("taken"));
        Assert.Equal(0, await Store.Take("n", 5, "taken"));
        await Store.Apply(new("r", 0, null, new StoreEffect.Append("l", [2])));
        Assert.Equal([[2]], await Store.Entries("l", 0, 10));
    }

    [Fact]
    public async Task Taking_gives_every_number_below_the_limit_once()
    {
        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Another()));
        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            Task.Run(() => silos[i % silos.Length].Take("n", 25, "s"))));
        Assert.Equal(Enumerable.Repeat(-1L, 15).Concat(Enumerable.Range(0, 25).Select(i => (long)i)), taken.Order());
        var members = await Store.Members("s");
        Assert.Equal(Enumerable.Range(0, 25), members.Select(int.Parse).Order());
        Assert.Equal(25, await Store.Take("n", 26, "s"));
    }

    [Fact]
    public async Task Positions_stay_when_a_list_is_shortened()
    {
        for (byte i = 0; i < 10; i++)
        {
            await Store.Apply(new("r", i, [i], new StoreEffect.Append("l", [i], Most: 4)));
        }

        Assert.Equal([[6], [7], [8], [9]], await Store.Entries("l", 6, 10));
        Assert.Equal([[7], [8]], await Store.Entries("l", 7, 2));
        Assert.Equal([[6], [7]], await Store.Entries("l", 0, 2));
        Assert.Empty(await Store.Entries("l", 10, 5));
        Assert.Empty(await Store.Entries("l", 6, 0));
    }

    [Fact]
    public Task A_list_reads_like_the_obvious_one() => Gen.Int[0, 6].Array[0, 40].SampleAsync(async mosts =>
    {
        var key = $"list {Guid.NewGuid()}";
        var (all, base0) = (new List<byte[]>(), 0);
        foreach (var most in mosts)
        {
            var entry = BitConverter.GetBytes(all.Count);
            await Store.Apply(new("other", 0, null, new StoreEffect.Append(key, entry, most)));
            all.Add(entry);
            base0 = most > 0 ? Math.Max(base0, all.Count - most) : base0;
            var from = all.Count * 2 / 3;
            Assert.Equal(all.Skip(Math.Max(from, base0)).Take(3), await Store.Entries(key, from, 3));
            Assert.Equal(all.Skip(base0), await Store.Entries(key, 0, 100));
        }
    }, iter: 20);

    [Fact]
    public async Task Writers_at_the_same_time_lose_no_update()
    {
        const int writers = 8, each = 50;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            var silo = await Another();
            for (var done = 0; done < each;)
            {
                var read = (await silo.Read("sum"))[0];
                var sum = read.Value is null ? 0 : BitConverter.ToInt32(read.Value);
                var made = await silo.Apply(new("sum", read.Version, BitConverter.GetBytes(sum + 1),
                    new StoreEffect.Add("counts", $"writer {w}", 1), new StoreEffect.Append("log", [(byte)w])));
                done += made ? 1 : 0;
            }
        })));
        var end = (await Store.Read("sum"))[0];
        Assert.Equal(writers * each, BitConverter.ToInt32(end.Value!));
        Assert.Equal(writers * each, end.Version);
        Assert.All((await Store.Counters("counts")).Values, c => Assert.Equal(each, c));
        Assert.Equal(writers * each, (await Store.Entries("log", 0, int.MaxValue)).Length);
    }

    [Fact]
    public async Task The_first_name_of_an_epoch_stays()
    {
        Assert.Null(await Store.Epoch(null));
        Assert.Equal("one", await Store.Epoch("one"));
        Assert.Equal("one", await Store.Epoch("two"));
        Assert.Equal("one", await Store.Epoch(null));
    }

    [Fact]
    public async Task A_beat_ages_by_the_clock_of_the_store_until_it_is_forgotten()
    {
        var before = await Store.Now();
        await Store.Beat("a", Bytes("hello"));
        var after = await Store.Now();
        await Store.Beat("b", Bytes("there"));
        await Store.Beat("a", Bytes("again"));
        var beats = (await Store.Beats()).OrderBy(b => b.Silo).ToArray();
        var elapsed = await Store.Now() - before;
        Assert.InRange(after, before, before + elapsed);
        Assert.Equal(["a", "b"], beats.Select(b => b.Silo));
        Assert.Equal(Bytes("again"), beats[0].Says);
        Assert.All(beats, b => Assert.InRange(b.SilentMs, 0, elapsed));
        await Store.Forget("a");
        await Store.Forget("nobody");
        Assert.Equal("b", Assert.Single(await Store.Beats()).Silo);
    }

    [Fact]
    public async Task A_key_of_another_kind_is_refused()
    {
        await Store.Apply(new("r", 0, [1], new StoreEffect.Include("s", "m")));
        await Assert.ThrowsAsync<StoreException>(() => Store.Counters("s"));
        await Assert.ThrowsAsync<StoreException>(() => Store.Members("r"));
        await Assert.ThrowsAsync<StoreException>(() => Store.Apply(new("s", 0, [1])));
    }

    private static StoreChange Busy(long expected) => new("main", expected, Bytes("main"),
        new StoreEffect.Put("put", Bytes("value")), new StoreEffect.Delete("gone"),
        new StoreEffect.Add("counters", "done", 2), new StoreEffect.Add("counters", "done", 3),
        new StoreEffect.Add("counters", "left", -2), new StoreEffect.Include("set", "new"),
        new StoreEffect.Exclude("set", "old"), new StoreEffect.Exclude("set", "never"),
        new StoreEffect.Append("list", Bytes("entry")));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task Holds(string key, string value, long version)
    {
        var read = (await Store.Read(key))[0];
        Assert.Equal((value, version), (Encoding.UTF8.GetString(read.Value!), read.Version));
    }
}
