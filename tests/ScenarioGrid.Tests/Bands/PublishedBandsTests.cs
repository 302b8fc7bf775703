namespace ScenarioGrid.Tests.Bands;

/// <summary>Whole systems against what was published of real crises: bands, not digits.</summary>
/// <remarks>All of them by one command: <c>dotnet test -c Release --filter Length=Long</c>.</remarks>
[Trait("Length", "Long")]
public class PublishedBandsTests
{
    /// <summary>12 March 2020 (S1): 36 % of auctions were won by nothing, 5.67M of 8.32M USD of that collateral were
    /// the deficit; Maker's later auctions have no zero bids.</summary>
    [Fact]
    public void Black_Thursday_gives_a_third_of_flip_auctions_away_and_none_of_clip()
    {
        var campaign = Band.Read("collateral-balancing") with { Paths = 64 };
        var flip = Band.Means(
            campaign, ("vaults.liquidationRatio", 1.5), ("vaults.auction", 0), ("vaults.policy", 0));
        Assert.InRange(flip("vaults.zeroBidShare"), 0.31, 0.41);
        Assert.InRange(flip("vaults.badDebt") / flip("vaults.zeroBidCollateral"), 0.5, 0.9);
        var clip = Band.Means(
            campaign, ("vaults.liquidationRatio", 1.5), ("vaults.auction", 1), ("vaults.policy", 0));
        Assert.Equal(0, clip("vaults.zeroBidShare"));
    }

    /// <summary>15 December 2023 (O1): 78 minutes without a sequencer at four tenths of its capacity. As a fluid (Q21)
    /// it takes 52 minutes to work off what waits, and whoever came meanwhile is 39 minutes late: all waiting time over
    /// all arrivals, by Little's law.</summary>
    [Fact]
    public void An_outage_of_78_minutes_takes_52_more_and_39_of_everybody_it_hits()
    {
        const double Tick = 12, Onset = 30 * 60, End = Onset + 78 * 60;
        var campaign = Band.Read("arbitrum-2023");
        var series = Band.Series(campaign, ["sequencer.waiting", "sequencer.arrivals"]);
        var (waiting, arrivals) = (series[0], series[1]);
        var (drain, delay) = (0.0, 0.0);
        for (var path = 0; path < campaign.Paths; path++)
        {
            var (empty, waited, came) = ((int)(End / Tick), 0.0, 0.0);
            while (waiting[empty][path] > 1)
            {
                empty++;
            }

            for (var tick = (int)(Onset / Tick); tick <= empty; tick++)
            {
                waited += waiting[tick][path] * Tick;
                came += arrivals[tick][path] * Tick;
            }

            drain += ((empty + 1) * Tick - End) / 60 / campaign.Paths;
            delay += waited / came / 60 / campaign.Paths;
        }

        Assert.InRange(drain, 51.5, 52.5);
        Assert.InRange(delay, 38.5, 39.5);
    }

    /// <summary>May and June 2022 (S5): the pool stood at 31.7 : 68.3 when stETH was 2 % below ether (A30: 1.88 %), and
    /// at 111,300 : 491,000 when it was more than 6 % below (A31: 6.26 %).</summary>
    [Theory]
    [InlineData(68.3, 31.7, 0.9812490232)]
    [InlineData(491_000, 111_300, 0.9373817574)]
    public void A_pool_at_the_published_balances_shows_the_published_discount(double steth, double eth, double price)
    {
        var campaign = Band.Read("steth-2022");
        var series = Band.Series(
            campaign, ["curve.reserveBase", "curve.reserveQuote", "curve.spot", "steth.price"]);
        for (var path = 0; path < campaign.Paths; path++)
        {
            // The balances are met on the way down, at the end of some hour or between two.
            var tick = Enumerable.Range(0, campaign.Ticks).MinBy(t => Math.Abs(
                series[0][t][path] / (series[0][t][path] + series[1][t][path]) - steth / (steth + eth)));
            Assert.Equal(price, series[2][tick][path], tolerance: 0.005);
            Assert.Equal(price, series[3][tick][path], tolerance: 0.005);
        }
    }

    /// <summary>10 October 2025 (S8): with 98 % of the depth gone the same sales cost more than 20 times as
    /// much.</summary>
    [Fact]
    public void Sales_into_an_empty_book_cost_twenty_times_as_much()
    {
        var campaign = Band.Read("october-2025");
        string[] ports = ["book.slippage", "book.soldBase", "book.depth"];
        var (calm, empty) = (Band.Series(campaign, ports, ("flight.severity", 0)),
            Band.Series(campaign, ports, ("flight.severity", 1)));
        for (var path = 0; path < campaign.Paths; path++)
        {
            var worst = Enumerable.Range(0, campaign.Ticks).Where(t => calm[1][t][path] > 0)
                .MinBy(t => empty[2][t][path] / calm[2][t][path]);
            Assert.Equal(calm[1][worst][path], empty[1][worst][path], tolerance: 1e-9 * calm[1][worst][path]);
            Assert.True(empty[0][worst][path] > 20 * calm[0][worst][path]);
        }
    }
}
