using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class RetryLoadTests
{
    private static readonly RetryLoad Server = new(100, 0.1, 3);

    [Fact]
    public void Both_roots_equal_the_fixed_points()
    {
        var stable = Server.Stable(65)!.Value;
        ReferenceCases.Check("Q17", stable, Server.Unstable(65)!.Value);
        Assert.Equal(0.039431502, Server.TimeoutShare(stable), 5e-10);
    }

    [Fact]
    public void The_roots_meet_at_the_tangency() =>
        ReferenceCases.Check("Q18", Server.FreshMost, Server.TippingLoad);

    [Fact]
    public void Beyond_it_nothing_stops_the_retries()
    {
        Assert.Null(Server.Stable(70));
        Assert.Null(Server.Unstable(70));
        ReferenceCases.Check("Q19", Server.Saturated(70));

        // The map of the fixed point climbs until every try times out.
        var load = 70.0;
        for (var i = 0; i < 200; i++)
        {
            load = 70 * load / Server.Fresh(load);
        }

        Assert.Equal(280, load, 1e-9);
    }

    [Fact]
    public void A_transient_comes_back_from_below_the_upper_root_only()
    {
        var upper = Server.Unstable(65)!.Value;
        Assert.Equal(Server.Stable(65)!.Value, Settle(upper - 0.5), 1e-6);
        Assert.Equal(260, Settle(upper + 0.5), 1e-6);

        static double Settle(double load)
        {
            for (var i = 0; i < 500; i++)
            {
                load = 65 * load / Server.Fresh(load);
            }

            return load;
        }
    }

    [Fact]
    public void Without_retries_the_load_is_the_fresh_one()
    {
        var server = new RetryLoad(100, 0.1, 0);
        Assert.Equal(65, server.Stable(65)!.Value, 1e-9);
        Assert.Null(server.Unstable(65));
    }
}
