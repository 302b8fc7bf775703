using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class RoundRobinTests
{
    [Fact]
    public void Two_servers_at_half_load_give_the_golden_ratio() =>
        ReferenceCases.Check("Q13", RoundRobin.Root(0.5, 2), RoundRobin.MeanTime(0.5, 2, 1));

    [Fact]
    public void Mean_times_equal_the_closed_form() =>
        ReferenceCases.Check("Q14", RoundRobin.MeanTime(0.9, 4, 1), RoundRobin.MeanTime(0.95, 16, 1));

    [Fact]
    public void One_server_in_turn_is_a_single_server() => Gen.Double[0.01, 0.98].Sample(load =>
        Assert.Equal(SingleServer.MeanTime(load, 1), RoundRobin.MeanTime(load, 1, 1), 1e-6 / (1 - load)));

    [Fact]
    public void Turns_are_better_than_chance_and_worse_than_one_line() =>
        Gen.Select(Gen.Double[0.05, 0.95], Gen.Int[2, 64]).Sample((load, servers) => Assert.InRange(
            RoundRobin.MeanTime(load, servers, 1), 1 + Erlang.MeanWait(servers, servers * load, 1),
            SingleServer.MeanTime(load, 1)));

    [Fact]
    public void The_short_iteration_of_the_kernel_is_as_good()
    {
        foreach (var load in new[] { 0.0, 0.1, 0.6, 0.9, 0.97, 1.2 })
        {
            Assert.Equal(RoundRobin.Root(load, 8), RoundRobin.Root(new Vec(load), 8)[0], 1e-7);
        }
    }
}
