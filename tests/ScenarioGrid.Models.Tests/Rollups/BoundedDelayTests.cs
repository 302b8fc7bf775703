using ScenarioGrid.Models.Rollups;

namespace ScenarioGrid.Models.Tests.Rollups;

public class BoundedDelayTests
{
    [Fact]
    public void Tolerated_censorship_is_the_period_less_the_moves()
    {
        // RU-3: OffchainLabs/bold at 30e78f6, equations 17 to 19.
        Assert.Equal(72, BoundedDelay.ArbitrumOne.Moves);
        Assert.Equal(43_945, BoundedDelay.ArbitrumOne.CensorshipTolerated(25));
        Assert.Equal(6.10347222, 43_945 * 12 / 86_400.0, 1e-8);
        Assert.Equal(91_635, BoundedDelay.ArbitrumOne.SettledBy(25));
        Assert.Equal(34_945, BoundedDelay.ArbitrumOne.CensorshipTolerated(150));
    }

    [Theory]
    [InlineData(10, 1.08e8, 1.1642e9, 1.17551e10)]
    [InlineData(1, 3.6e6, 5.9e6, 9.2e6)]
    public void Stakes_grow_with_the_resource_ratio(double ratio, double finest, double middle, double coarsest)
    {
        // RU-4, equations 43 and 54 to 63.
        var stakes = BoundedDelay.Stakes(ratio, new MoveGas(2e6, 1e5, 3e5, 8e5, 8e5), 23, 19, 26);
        Assert.Equal(finest, stakes[0], 1e-3);
        Assert.Equal(middle, stakes[1], 1e-3);
        Assert.Equal(coarsest, stakes[2], 1e-3);
    }

    // RU-5 and RU-11.
    [Theory]
    [InlineData(8, 2, 16)]
    [InlineData(4, 3, 27)]
    [InlineData(15, 2, 16)]
    [InlineData(100, 1, 7)]
    [InlineData(8, 1, 4)]
    public void Tournaments_take_a_logarithm_of_the_claims(int claims, int levels, long expected) =>
        Assert.Equal(expected, BoundedDelay.TournamentPeriods(claims, levels));

    [Fact]
    public void Bounded_delay_settles_within_two_periods_however_many_claims_there_are()
    {
        Assert.True(BoundedDelay.ArbitrumOne.SettledBy(25) <= 2 * BoundedDelay.ArbitrumOne.ConfirmationPeriod);
        Assert.Equal(5, 1 + BoundedDelay.TournamentPeriods(8, 1));
        Assert.Equal(16, BoundedDelay.SequentialPeriods(8));
    }
}
