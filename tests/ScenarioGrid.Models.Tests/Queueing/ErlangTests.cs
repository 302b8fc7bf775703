using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class ErlangTests
{
    [Theory]
    [InlineData("Q1", 2, 1)]
    [InlineData("Q2", 5, 4)]
    [InlineData("Q4", 20, 18)]
    [InlineData("Q5", 100, 90)]
    public void Share_that_waits_and_its_wait_equal_the_closed_form(string id, int servers, double load) =>
        ReferenceCases.Check(id, Erlang.Waiting(servers, load), Erlang.MeanWait(servers, load, 1));

    [Fact]
    public void Erlang_B_and_C_agree_with_the_closed_form() =>
        ReferenceCases.Check("Q3", Erlang.Waiting(10, 8), Erlang.MeanWait(10, 8, 1), Erlang.Blocking(10, 8));

    [Fact]
    public void The_quantile_of_the_wait_equals_the_closed_form() =>
        ReferenceCases.Check("Q6", Erlang.WaitQuantile(8, 7.2, 1, 0.99));

    [Fact]
    public void Just_so_many_wait_longer_than_the_quantile() =>
        Assert.Equal(0.01, Erlang.Waiting(8, 7.2) * Math.Exp(-0.8 * Erlang.WaitQuantile(8, 7.2, 1, 0.99)), 1e-14);

    [Fact]
    public void One_server_is_the_single_server()
    {
        Assert.Equal(Math.Exp(-0.3 * 2), Erlang.TimeTail(1, 0.7, 1, 2), 1e-14);
        Assert.Equal(SingleServer.WaitOverService(0.8, 1), Erlang.MeanWait(1, 0.8, 1), 1e-12);
    }

    [Fact]
    public void The_tail_of_the_time_integrates_to_its_mean()
    {
        var sum = 0.0;
        for (var i = 0; i < 40_000; i++)
        {
            sum += Erlang.TimeTail(4, 3, 1, (i + 0.5) * 0.001) * 0.001;
        }

        Assert.Equal(1 + Erlang.MeanWait(4, 3, 1), sum, 1e-6);
    }

    [Fact]
    public void The_tail_has_no_hole_where_slack_equals_service() =>
        Assert.Equal(Erlang.TimeTail(4, 3.000001, 1, 2), Erlang.TimeTail(4, 3, 1, 2), 1e-5);

    [Fact]
    public void A_plan_meets_its_target_with_its_failures_and_not_with_one_server_less() =>
        Gen.Select(Gen.Double[1, 5000], Gen.Double[1, 200], Gen.Int[0, 4]).Sample((arrivals, service, failures) =>
        {
            var seconds = 8 / service;
            var servers = Erlang.ServersFor(arrivals, service, seconds, 0.01, failures);
            Assert.True(Erlang.TimeTail(servers - failures, arrivals, service, seconds) <= 0.01);
            Assert.True(Erlang.TimeTail(servers - failures - 1, arrivals, service, seconds) > 0.01);
        }, iter: 100);

    [Fact]
    public void No_number_of_servers_makes_service_itself_faster() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Erlang.ServersFor(1, 1, 1, 0.01, 0));

    [Fact]
    public void Overload_has_no_wait()
    {
        Assert.Equal(1, Erlang.Waiting(3, 3));
        Assert.Equal(double.PositiveInfinity, Erlang.MeanWait(3, 4, 1));
        Assert.Equal(1, Erlang.TimeTail(3, 4, 1, 9));
        Assert.Equal(double.PositiveInfinity, Erlang.WaitQuantile(3, 4, 1, 0.5));
        Assert.Equal(0, Erlang.WaitQuantile(8, 1, 1, 0.5));
    }
}
