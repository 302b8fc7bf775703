namespace ScenarioGrid.Grains.Tests.Work;

public sealed class ShardLeasesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    [Fact]
    public void Every_cell_is_handed_out_once_while_its_lease_lives()
    {
        var leases = Open(10);
        var taken = Enumerable.Range(0, 5).Select(_ => leases.Take("w", 3, Start)).ToList();
        Assert.Equal(Enumerable.Range(100, 10).Select(c => (long)c),
            taken.Where(t => t is not null).SelectMany(t => t!.Cells));
        Assert.Null(taken[4]);
    }

    [Fact]
    public void An_overdue_lease_goes_to_another_worker_as_a_new_attempt_and_its_token_is_stale()
    {
        var leases = Open(2);
        var first = leases.Take("slow", 2, Start)!;
        Assert.Null(leases.Take("fast", 2, Start + Time - TimeSpan.FromTicks(1)));
        var second = leases.Take("fast", 2, Start + Time)!;
        Assert.Equal(first.Cells, second.Cells);
        Assert.Equal((0, 1), (first.Attempt, second.Attempt));
        Assert.True(second.Token > first.Token);
        Assert.False(leases.Renew(first.Token, Start + Time));
        Assert.True(leases.Renew(second.Token, Start + Time));
    }

    [Fact]
    public void A_renewed_lease_is_kept()
    {
        var leases = Open(1);
        var taken = leases.Take("w", 1, Start)!;
        Assert.True(leases.Renew(taken.Token, Start + Time / 2));
        Assert.Null(leases.Take("other", 1, Start + Time + Time / 4));
    }

    [Fact]
    public void Cells_that_were_finished_before_an_expiry_are_not_handed_out_again()
    {
        var leases = Open(3);
        leases.Take("w", 3, Start);
        leases.Complete(100);
        Assert.Equal([101, 102], leases.Take("other", 3, Start + Time)!.Cells);
        leases.Complete(101);
        Assert.False(leases.IsComplete);
        leases.Complete(102);
        Assert.True(leases.IsComplete);
        Assert.Null(leases.Take("w", 3, Start + 5 * Time));
    }

    [Fact]
    public void Whatever_the_order_of_events_every_cell_ends_done_once() =>
        Gen.Int[0, 2].Array[1, 200].Sample(events =>
        {
            var leases = Open(7);
            var (now, live, done) = (Start, new List<ShardLeases.Taken>(), new HashSet<long>());
            foreach (var kind in events)
            {
                now += TimeSpan.FromSeconds(3);
                if (kind == 0 && leases.Take("w", 2, now) is { } taken)
                {
                    Assert.DoesNotContain(taken.Cells, done.Contains);
                    live.Add(taken);
                }
                else if (kind == 1 && live.Count > 0 && leases.Renew(live[0].Token, now))
                {
                    Assert.True(done.Add(live[0].Cells.First(c => !done.Contains(c))));
                    leases.Complete(done.Last());
                    live.RemoveAll(t => t.Cells.All(done.Contains));
                }
                else if (kind == 2 && live.Count > 0)
                {
                    live.RemoveAt(0);
                }
            }

            while (leases.Take("end", 7, now += Time) is { } rest)
            {
                foreach (var cell in rest.Cells)
                {
                    Assert.True(done.Add(cell));
                    leases.Complete(cell);
                }
            }

            Assert.True(leases.IsComplete);
            Assert.Equal(7, done.Count);
        });

    private static ShardLeases Open(int cells)
    {
        var leases = new ShardLeases(Time);
        leases.Open(100, cells, []);
        return leases;
    }
}
