namespace ScenarioGrid.Grains.Tests.Ledger;

public sealed class MemoryStoreTests : LedgerStoreContract
{
    private readonly Hands clock = new();
    private readonly MemoryStore store;

    public MemoryStoreTests() => store = new(clock);

    protected override ILedgerStore Store => store;

    [Fact]
    public async Task A_beat_is_as_old_as_the_clock_says()
    {
        await Store.Beat("silo", []);
        clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(7000, Assert.Single(await Store.Beats()).SilentMs);
    }

    private sealed class Hands : TimeProvider
    {
        private DateTimeOffset now = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan by) => now += by;
    }
}
