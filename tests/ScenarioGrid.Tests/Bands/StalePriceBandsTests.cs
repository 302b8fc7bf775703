namespace ScenarioGrid.Tests.Bands;

/// <summary>A feed that does not answer below a floor, on the days on which its token fell through it.</summary>
[Trait("Length", "Long")]
public class StalePriceBandsTests
{
    private const double LoanToValue = 0.55;

    /// <summary>12 May 2022 (S3 and S4): with the floor of 0.107 USD a lender that takes as much of the token as it has
    /// cash loses its loan-to-value of that cash, without the floor nothing.</summary>
    [Fact]
    public void A_floor_costs_the_lender_its_cash_and_none_costs_nothing()
    {
        var campaign = Band.Read("luna-2022");
        var cash = Band.Series(campaign with { Paths = 8 }, ["venus.cash"], ("feed.minAnswer", 0.107))[0][0][0];
        var clamped = Band.Means(campaign, ("feed.minAnswer", 0.107));
        Assert.InRange(clamped("venus.badDebt") / (LoanToValue * cash), 0.9, 1.1);
        Assert.True(clamped("thieves.profit") > 0);
        var free = Band.Means(campaign, ("feed.minAnswer", 0));
        Assert.InRange(free("venus.badDebt") / (LoanToValue * cash), 0, 0.01);
        Assert.Equal(0, free("thieves.engaged"));
    }

    /// <summary>Without a cap on what it takes, all of the cash is gone.</summary>
    [Fact]
    public void Without_a_supply_cap_all_of_the_cash_is_lost()
    {
        var campaign = Band.Read("luna-2022", "thieves.supplyCap=0 USD");
        var cash = Band.Series(campaign with { Paths = 8 }, ["venus.cash"], ("feed.minAnswer", 0.107))[0][0][0];
        Assert.InRange(Band.Means(campaign, ("feed.minAnswer", 0.107))("venus.badDebt") / cash, 0.9, 1.1);
    }
}
