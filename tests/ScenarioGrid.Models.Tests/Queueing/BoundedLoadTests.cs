using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class BoundedLoadTests
{
    [Fact]
    public void The_capacity_is_the_share_rounded_up() =>
        ReferenceCases.Check("Q23", BoundedLoad.Capacity(1000, 64, 1.25));

    [Fact]
    public void No_server_ever_passes_the_capacity_whatever_the_keys() =>
        Gen.Int[0, 63].Array[1000].Sample(homes =>
        {
            var loads = new int[64];
            for (var m = 1; m <= homes.Length; m++)
            {
                // Half of the keys point at one server.
                var home = m % 2 == 0 ? 7 : homes[m - 1];
                var capacity = BoundedLoad.Capacity(m, 64, 1.25);
                loads[BoundedLoad.Place(loads, home, capacity)]++;
                Assert.True(loads.Max() <= capacity);
            }
        }, iter: 20);

    [Fact]
    public void Large_servers_take_more() =>
        Assert.Equal((25.0, 13.0),
            (BoundedLoad.Capacity(100, 2, 10, 1.25)[0], BoundedLoad.Capacity(100, 1, 10, 1.25)[0]));

    [Fact]
    public void A_ring_that_is_full_takes_nothing() => Assert.Equal(-1, BoundedLoad.Place([1, 1], 0, 1));
}
