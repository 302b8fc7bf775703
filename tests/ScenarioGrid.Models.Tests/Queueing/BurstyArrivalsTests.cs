using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class BurstyArrivalsTests
{
    [Fact]
    public void Bursts_equal_the_matrix_geometric_solution()
    {
        var bursty = new BurstyArrivals(0.5, 1.4, 0.01, 0.04, 1);
        var (requests, time, decay) = bursty.Solve();
        ReferenceCases.Check("Q15", bursty.MeanRate, requests, time, decay);

        // M/M/1 at the mean rate gives 3.125: bursts more than treble the time.
        Assert.True(time > 3 * SingleServer.MeanTime(bursty.MeanRate, 1));
    }

    [Fact]
    public void Equal_rates_are_no_bursts()
    {
        var (requests, time, _) = new BurstyArrivals(0.7, 0.7, 0.01, 0.04, 1).Solve();
        ReferenceCases.Check("Q16", requests, time);
    }

    [Fact]
    public void A_server_that_cannot_keep_up_is_refused() => Assert.Contains("need more than 1",
        Assert.Throws<InvalidOperationException>(() => new BurstyArrivals(0.5, 1.4, 0.04, 0.01, 1).Solve()).Message,
        StringComparison.Ordinal);
}
