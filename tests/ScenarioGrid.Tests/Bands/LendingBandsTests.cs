namespace ScenarioGrid.Tests.Bands;

/// <summary>Lenders on a day of large sales, against what was published of it.</summary>
[Trait("Length", "Long")]
public class LendingBandsTests
{
    /// <summary>What a lender keeps of a year's interest at the kink of its rate (stableTwo: 4 %, of which 10 % go to
    /// the reserve): a loss that it earns back is not systemic.</summary>
    private const double ReserveIncome = 0.04 * 0.1;

    /// <summary>19 May 2021 (S2): 377M USD of collateral were sold, 1 to 5 % of what there was, and no lender was left
    /// with bad debt to speak of. The health of the weakest borrowers is set so that Maker sells its 60M USD; that all
    /// three together stay in the band is the check.</summary>
    [Fact]
    public void May_2021_sells_a_few_percent_of_the_collateral_and_leaves_no_bad_debt()
    {
        var campaign = Band.Read("may-2021");
        string[] lenders = ["aave", "compound", "maker"];
        string[] ports = [.. lenders.Select(l => l + ".collateralValue"), .. lenders.Select(l => l + ".debt")];
        var start = Band.Series(campaign, ports).Select(series => series[0].Average()).ToArray();
        var collateral = start[..lenders.Length].Sum();
        Assert.InRange(collateral, 20e9, 23e9);
        var run = Band.Means(campaign);
        var maker = run("maker.recovered");
        Assert.InRange(maker, 54e6, 66e6);
        var aave = run("aave.liquidated") + run("aave.bonusPaid");
        var compound = run("compound.liquidated") + run("compound.bonusPaid") + run("compound.credited");
        Assert.InRange((aave + compound + maker) / collateral, 0.01, 0.05);
        for (var lender = 0; lender < lenders.Length; lender++)
        {
            Assert.InRange(run(lenders[lender] + ".badDebt") / start[lenders.Length + lender], 0, ReserveIncome);
        }
    }
}
