using ScenarioGrid.Models.Lending;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

/// <summary>What keeps keepers away, and positions that are not like the others.</summary>
public class CohortLendingKeeperTests
{
    [Fact]
    public void Keepers_who_do_not_adapt_their_gas_stay_out_when_it_is_dear()
    {
        const int Paths = 4096;
        var p = Deep with { GasPolicy = KeeperGas.Static, Cohorts = new(2), RatioHeadroom = new(1.001) };
        var rig = new LendingRig(p, paths: Paths, seconds: 12);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Set(rig.Lending.GasPrice, 120);
        rig.Step(_ => 190);
        rig.Step(_ => 190);

        // Bids at three times 20 gwei against 120, spread 1; one tick moves the mean by 12 s of a month.
        var chance = 0.2441083;
        Assert.InRange(rig.Total.Count(x => x > 0) / (double)Paths,
            chance - 4 * Math.Sqrt(chance / Paths), chance + 4 * Math.Sqrt(chance / Paths));
    }

    [Fact]
    public void Keepers_who_bid_by_the_rule_of_the_chain_get_in_as_often_as_it_says()
    {
        const int Paths = 4096;
        var p = Deep with { GasPolicy = KeeperGas.ChainRule, Cohorts = new(2), RatioHeadroom = new(1.001) };
        var rig = new LendingRig(p, paths: Paths, seconds: 12);
        rig.Set(rig.Lending.StaticInclusion, 0.3);
        rig.Set(rig.Lending.Blocks, 5);
        rig.Step(_ => 190);
        rig.Step(_ => 190);
        Assert.InRange(rig.Total.Count(x => x > 0) / (double)Paths, 0.27, 0.33);
    }

    [Fact]
    public void A_slow_or_failing_gateway_makes_keepers_late()
    {
        const int Paths = 4096;
        var rig = new LendingRig(Deep with { Cohorts = new(2), RatioHeadroom = new(1.001) }, paths: Paths, seconds: 12);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Set(rig.Lending.GatewayDelay, 30);
        rig.Set(rig.Lending.GatewayRejects, 0.4);
        rig.Step(_ => 190);
        rig.Step(_ => 190);
        var chance = (1 - Math.Exp(-12 / 30.0)) * 0.6;
        Assert.InRange(rig.Total.Count(x => x > 0) / (double)Paths,
            chance - 4 * Math.Sqrt(chance / Paths), chance + 4 * Math.Sqrt(chance / Paths));
    }

    [Fact]
    public void Whales_are_single_positions_that_pay_gas_once()
    {
        var p = Deep with { Whales = new(2), WhaleShare = new(0.4), WhaleHealth = new(1.01), CloseFactor = new(1) };
        LendingRig whales = new(p, poolQuote: 1e12), many = new(p with { Whales = new(0) }, poolQuote: 1e12);
        var rows = Positions(whales.Lending);
        Assert.Equal(66, rows.Length);
        Assert.Equal(100e6, rows.Sum(q => q.Debt), 1e-3);
        Assert.Equal(2, rows.Count(q => Math.Abs(q.Debt - 20e6) < 1e-3));
        whales.Step(_ => 197);
        whales.Step(_ => 197);
        many.Step(_ => 197);
        many.Step(_ => 197);
        Assert.Equal(40e6, whales.Total[0], 100.0);
        Assert.Equal(0, many.Total[0]);

        // Two gas bills of 350k gas at 20 gwei and 200 dollars, besides the flash fee.
        Assert.Equal(whales.Total[0] * 1.0005 + 2 * 350_000 * 20e-9 * 200, whales.Lending.CostBefore.Span[0], 50.0);
    }
}
