using ScenarioGrid.Bench;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Grains.Tests.Work;

/// <summary>What becomes of a worker whose thread does not come back.</summary>
public sealed class StuckWindowTests
{
    private static readonly string Text = ReferenceCampaign.Text(paths: 16, skipIdle: false)
        .Replace("horizon: 600000s", "horizon: 6000s", StringComparison.Ordinal)
        .Replace("    pool:", "    knot: {kind: test-knot}\n    pool:", StringComparison.Ordinal)
        + "\nsweep:\n  knot.level: {from: 1, to: 8, steps: 8}\n";

    [Fact]
    public async Task A_thread_that_was_given_up_keeps_its_instances_for_itself()
    {
        await using var cluster = await TestCluster.Start(1, windowMost: TimeSpan.FromSeconds(3));
        try
        {
            var (status, results) = await cluster.Run(new CampaignSubmission(Text, 64, Id: "knot"));
            Assert.Equal((8, 8, 1), (status.Cells, status.Done, status.Failed));
            Assert.Contains("did not end within 3 s", results.Single(r => r.Cell == 1).Error, StringComparison.Ordinal);
            var worker = cluster.Cluster.Silos[0].SiloAddress.ToParsableString() + "#0";
            var lent = 0;
            for (var attempt = 0; attempt < 10; attempt++)
            {
                var key = GrainId.Create("venues", $"knot/{worker}/{status.SubmittedMs:x}.{attempt}/pool");
                lent += (await cluster.Grains.GetGrain<IInstanceGrain>(key).View()).IsLent ? 1 : 0;
            }

            Assert.Equal(ShardRecord.ErrorsMost, lent);
        }
        finally
        {
            TestKnot.Loose.Set();
        }
    }
}

/// <summary>Does not return from the second cell until it is let loose.</summary>
[Component("test-knot", Family = "Bonds")]
public sealed class TestKnot(TestKnot.Parameters p) : Component
{
    public sealed record Parameters
    {
        /// <summary>Level of the cell.</summary>
        [Bounds(0, 100)]
        public Quantity<Number> Level { get; init; } = new(1);
    }

    /// <summary>Ends what hangs.</summary>
    public static ManualResetEventSlim Loose { get; } = new();

    public Lane<Number> Value { get; } = Lane.Output<Number>(0, Over.Final);

    public override void Step(in Tick tick)
    {
        Value.Span.Fill(p.Level.Value);
        if (p.Level.Value == 2)
        {
            Loose.Wait();
        }
    }
}
