using ScenarioGrid.Models.Queueing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Queueing;

public class ShortestOfTwoTests
{
    [Fact]
    public void Mean_times_equal_the_Markov_chain() =>
        ReferenceCases.Check("Q12", ShortestOfTwo.MeanTime(0.7), ShortestOfTwo.MeanTime(0.9));

    [Fact]
    public void The_shorter_line_lies_between_one_line_and_turns()
    {
        foreach (var load in new[] { 0.1, 0.5, 0.8, 0.95 })
        {
            Assert.InRange(ShortestOfTwo.MeanTime(load), 1 + Erlang.MeanWait(2, 2 * load, 1),
                RoundRobin.MeanTime(load, 2, 1));
        }
    }

    [Fact]
    public void A_load_beyond_its_cut_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ShortestOfTwo.MeanTime(0.96));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShortestOfTwo.MeanTime(0));
    }
}
