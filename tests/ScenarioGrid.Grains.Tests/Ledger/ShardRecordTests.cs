namespace ScenarioGrid.Grains.Tests.Ledger;

/// <summary>The bookkeeping of one shard, held against its laws under random orders of events.</summary>
public sealed class ShardRecordTests
{
    private static readonly LeaseWish s_ann = new("ann", 0, 4);

    [Fact]
    public void Whatever_happens_every_law_of_the_ledger_holds_and_bytes_tell_all() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, int.MaxValue].Array[1, 200]).Sample((count, draws) =>
        {
            var (record, nowMs, last) = (new ShardRecord(count), 1_000L, 0L);
            foreach (var draw in draws)
            {
                nowMs += draw % 3;
                var given = Step(record, draw, nowMs);
                Assert.True(given is null || given.Token > last);
                last = given?.Token ?? last;
                Check(record);
                var bytes = record.ToBytes();
                record = ShardRecord.Read(bytes);
                Assert.Equal(bytes, record.ToBytes());
            }
        });

    private static ShardLease? Step(ShardRecord record, int draw, long nowMs)
    {
        var (silo, place) = ("silo" + draw % 3, draw / 7 % record.Count);
        var wish = new LeaseWish(silo, draw / 3 % 2, 1 + draw / 11 % 5);
        var token = record.Leases.Count > 0 ? record.Leases[draw / 13 % record.Leases.Count].Token : 1;
        switch (draw / 17 % 8)
        {
            case 0 or 1:
                return record.Take(wish, nowMs);
            case 2:
                return record.Leases.Any(l => l.Silo == silo) ? null : record.Hedge(wish, nowMs, _ => Holder.Late);
            case 3 or 4:
                record.Commit(token, place, (ulong)place + 1, isFailed: false);
                return null;
            case 5:
                foreach (var poisoned in record.Reclaim(
                    l => l.Silo == silo ? Holder.Lost : Holder.Alive, _ => place, _ => false))
                {
                    record.Quarantine(poisoned, 99);
                }

                return null;
            case 6:
                if (record.Fail(token, place))
                {
                    record.Quarantine(place, 99);
                }

                return null;
            default:
                record.Release(token);
                return null;
        }
    }

    private static void Check(ShardRecord record)
    {
        Assert.Equal(0, record.Failed.Without(record.Done).Count);
        for (var place = 0; place < record.Count; place++)
        {
            var holders = record.Leases.Where(l => l.Cells.Contains(place)).ToList();
            Assert.True(holders.Count <= 1 || (holders.Count == 2 && holders.Any(l => l.IsHedge)));
            Assert.Equal(record.Failed.Contains(place) ? 99UL : record.Done.Contains(place) ? (ulong)place + 1 : 0,
                record.HashOf(place));
        }

        Assert.All(record.Leases, l => Assert.NotEqual(0, l.Cells.Without(record.Done).Count));
    }

    [Fact]
    public void Tokens_rise_even_over_writes_that_the_store_lost()
    {
        var record = new ShardRecord(8);
        var kept = record.ToBytes();
        var lost = record.Take(s_ann, nowMs: 5_000)!;
        var again = ShardRecord.Read(kept).Take(s_ann, nowMs: 5_001)!;
        Assert.True(again.Token > lost.Token);
    }

    [Fact]
    public void A_stale_token_changes_nothing_unless_its_result_is_there_already()
    {
        var record = new ShardRecord(2);
        var old = record.Take(s_ann, 1)!;
        record.Release(old.Token);
        var now = record.Take(new LeaseWish("bob", 0, 2), 2)!;
        Assert.Equal(CellAnswer.Stale, record.Commit(old.Token, 0, 7, false));
        Assert.Equal(CellAnswer.Stored, record.Commit(now.Token, 0, 7, false));
        Assert.Equal(CellAnswer.Repeated, record.Commit(old.Token, 0, 7, false));
        Assert.Equal(CellAnswer.Conflict, record.Commit(old.Token, 0, 8, false));
        Assert.Equal(7UL, record.HashOf(0));
    }

    [Fact]
    public void A_result_that_comes_after_its_cell_was_given_up_is_late_and_no_contradiction()
    {
        var record = new ShardRecord(1);
        var lease = record.Take(s_ann, 1)!;
        record.Quarantine(0, 99);
        Assert.Equal(CellAnswer.Stale, record.Commit(lease.Token, 0, 7, false));
    }

    [Fact]
    public void Two_deaths_quarantine_the_cell_that_was_computed_and_its_neighbours_are_tried_alone()
    {
        var record = new ShardRecord(4);
        record.Take(s_ann, 1);
        Assert.Empty(Lose(record, executing: 2));
        var leases = Enumerable.Range(0, 4).Select(slot => record.Take(new LeaseWish("bob", slot, 4), 2)!).ToList();
        Assert.All(leases, l => Assert.Equal(1, l.Cells.Count));
        leases.Where(l => !l.Cells.Contains(2)).ToList().ForEach(
            l => record.Commit(l.Token, l.Cells.Places.Single(), 1, false));
        Assert.Equal([2], Lose(record, executing: -1));
    }

    [Fact]
    public void Silos_that_fall_silent_together_die_once_and_one_that_speaks_again_has_not_died()
    {
        var record = new ShardRecord(1);
        record.Take(s_ann, 1);
        record.Hedge(new LeaseWish("bob", 0, 1), 2, _ => Holder.Late);
        Assert.Empty(Lose(record, executing: 0));
        record.Take(new LeaseWish("cid", 0, 1), 3);
        Assert.Empty(record.Reclaim(_ => Holder.Lost, _ => 0, lives: _ => true));
        Assert.Equal(1, record.TroubleOf(0).Deaths);
        record.Take(new LeaseWish("dan", 0, 1), 4);
        Assert.Equal([0], Lose(record, executing: 0));
    }

    [Fact]
    public void The_third_error_of_the_engine_quarantines_that_cell()
    {
        var record = new ShardRecord(3);
        for (var error = 1; error <= ShardRecord.ErrorsMost; error++)
        {
            var lease = record.Take(s_ann, error)!;
            while (!lease.Cells.Contains(0))
            {
                record.Commit(lease.Token, lease.Cells.Places.First(), 1, false);
                lease = record.Take(s_ann, error)!;
            }

            Assert.Equal(error == ShardRecord.ErrorsMost, record.Fail(lease.Token, 0));
        }

        Assert.False(record.Fail(record.Take(s_ann, 9)!.Token, 1));
        Assert.False(record.Fail(token: 12345, 1));
    }

    [Fact]
    public void A_release_and_a_lease_nobody_works_on_blame_nobody()
    {
        var record = new ShardRecord(1);
        record.Release(record.Take(s_ann, 1)!.Token);
        record.Take(s_ann, 2);
        Assert.Empty(record.Reclaim(_ => Holder.Idle, _ => 0, _ => false));
        Assert.Equal(default, record.TroubleOf(0));
        Assert.NotNull(record.Take(s_ann, 3));
    }

    [Fact]
    public void A_worker_that_asks_again_gives_back_the_lease_it_never_heard_of()
    {
        var record = new ShardRecord(2);
        var unheard = record.Take(new LeaseWish("ann", 0, 2), 1)!;
        var heard = record.Take(new LeaseWish("ann", 0, 2), 2)!;
        Assert.Equal([heard.Token], record.Leases.Select(l => l.Token));
        Assert.Equal(unheard.Cells.Places, heard.Cells.Places);
    }

    [Fact]
    public void A_late_lease_is_hedged_once_by_another_silo_and_a_hedge_left_alone_may_be_hedged()
    {
        var record = new ShardRecord(4);
        record.Take(s_ann, 1);
        Assert.Null(record.Hedge(s_ann with { Slot = 1 }, 2, _ => Holder.Late));
        Assert.Null(record.Hedge(new LeaseWish("bob", 0, 4), 2, _ => Holder.Alive));
        var hedge = record.Hedge(new LeaseWish("bob", 0, 2), 2, _ => Holder.Late)!;
        Assert.Equal([2, 3], hedge.Cells.Places);
        Assert.True(hedge is { IsHedge: true, Attempt: > 0 });
        Assert.Null(record.Hedge(new LeaseWish("cid", 0, 4), 3, _ => Holder.Late));
        record.Reclaim(l => l.Silo == "ann" ? Holder.Lost : Holder.Alive, _ => -1, _ => false);
        Assert.Equal([2, 3], record.Hedge(new LeaseWish("cid", 0, 4), 4, _ => Holder.Late)!.Cells.Places);
    }

    private static IReadOnlyList<int> Lose(ShardRecord record, int executing) =>
        record.Reclaim(_ => Holder.Lost, _ => executing, _ => false);
}
