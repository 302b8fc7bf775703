using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

public class CdpLendingRuleTests
{
    [Fact]
    public void Keepers_answer_as_often_as_their_latency_and_the_chain_say()
    {
        const int Paths = 4096;
        var rig = new LendingRig(
            Deep with { KeeperLatency = new(600), Cohorts = new(2), RatioHeadroom = new(1.001) }, paths: Paths,
                seconds: 12);
        rig.Set(rig.Lending.Inclusion, 0.3);
        rig.Set(rig.Lending.Blocks, 2);
        rig.Step(_ => 190);
        rig.Step(_ => 190);
        var chance = (1 - Math.Exp(-12 / 600.0)) * (1 - 0.7 * 0.7);
        var share = rig.Total.Count(x => x > 0) / (double)Paths;
        Assert.InRange(share, chance - 4 * Math.Sqrt(chance / Paths), chance + 4 * Math.Sqrt(chance / Paths));
    }

    [Fact]
    public void Nothing_moves_while_the_oracle_is_stale_or_the_chain_is_down()
    {
        foreach (var halts in new[] { false, true })
        {
            var rig = new LendingRig(new CdpLending.Parameters());
            rig.Set(halts ? rig.Lending.ChainIsUp : rig.Lending.OracleIsFresh, 0);
            rig.Step(_ => 100);
            rig.Step(_ => 100);
            Assert.Equal(0, rig.Total[0]);
            Assert.Equal(0, rig.Defended);
            Assert.True(!halts || rig.Lending.UsdIn.Span[0] <= 0);
            Assert.Equal(0, rig.Lending.BorrowLimit.Span[0]);
            Assert.True(rig.Lending.LateLiquidations.Span[0] > 0);
        }
    }

    [Fact]
    public void After_a_halt_only_deep_liquidations_are_allowed_in_the_grace()
    {
        var rig = new LendingRig(Deep with { SentinelGrace = new(3600) });
        rig.Set(rig.Lending.ChainIsUp, 0);
        rig.Step(_ => 192);
        rig.Set(rig.Lending.ChainIsUp, 1);
        for (var tick = 0; tick < 11; tick++)
        {
            rig.Step(_ => 192);
            Assert.Equal(0, rig.Total[0]);
        }

        rig.Step(_ => 192);
        Assert.True(rig.Total[0] > 0);
    }

    [Fact]
    public void A_loan_to_an_attacker_stays_within_the_limit_and_is_lost_when_the_price_returns()
    {
        var rig = new LendingRig(Deep with { KeeperLatency = new(0) }, poolQuote: 1e9, count: 4);
        rig.Set(rig.Lending.AttackCollateral, 100_000);
        rig.Set(rig.Lending.AttackDebt, 30e6);
        rig.Step(_ => 200);
        Assert.Equal(100_000 * 200 * 0.805, rig.Lending.AttackBorrowed.Span[0], 1e-6);
        rig.Set(rig.Lending.AttackCollateral, 0);
        rig.Set(rig.Lending.AttackDebt, 0);
        rig.Step(_ => 130);
        rig.Step(_ => 130);
        rig.Step(_ => 130);
        var lost = rig.Lending.BadDebt.Span[0];
        Assert.True(lost > 16.1e6 - 100_000 * 130 / 1.05, $"{lost}");
    }

    [Fact]
    public void A_higher_threshold_uses_capital_better()
    {
        LendingRig low = new(Deep with { LiquidationThreshold = new(0.75) }), high = new(Deep);
        low.Step(_ => 200);
        high.Step(_ => 200);
        Assert.Equal(0.725, low.Lending.CapitalEfficiency.Span[0], 1e-12);
        Assert.Equal(0.805, high.Lending.CapitalEfficiency.Span[0], 1e-12);
        Assert.True(high.Lending.CollateralValue.Span[0] < low.Lending.CollateralValue.Span[0]);
    }

    [Fact]
    public void Losses_fall_on_reserve_and_fund_before_depositors()
    {
        LendingRig bare = new(Deep, count: 3), insured = new(Deep with { InsuranceStart = new(1e6) }, count: 3);
        for (var tick = 0; tick < 3; tick++)
        {
            bare.Step(_ => 100);
            insured.Step(_ => 100);
        }

        Assert.Equal(bare.Lending.BadDebt.Span[0], insured.Lending.BadDebt.Span[0], 1.0);
        var saved = (bare.Lending.Haircut.Span[0] - insured.Lending.Haircut.Span[0]) * insured.Lending.Deposits.Span[0];
        Assert.Equal(1e6, saved, 10.0);
    }

    [Fact]
    public void Rules_between_parameters_are_told_with_their_numbers()
    {
        var bad = new CdpLending.Parameters { LiquidationThreshold = new(0.95), LiquidationBonus = new(0.1),
            ActHealth = new(1.3) };
        var problems = ((IChecked)bad).Check().ToArray();
        Assert.Equal(["liquidationBonus", "targetHealth"], problems.Select(x => x.Parameter));
        Assert.Contains("1.045", problems[0].Message, StringComparison.Ordinal);
        Assert.Empty(((IChecked)new CdpLending.Parameters()).Check());
    }

    [Theory]
    [InlineData(ToxicRule.Ignore)]
    [InlineData(ToxicRule.Stop)]
    [InlineData(ToxicRule.DynamicBonus)]
    public void A_toxic_rule_spares_solvent_positions_their_loss(ToxicRule rule)
    {
        var rig = new LendingRig(Deep with { ToxicStop = rule, Cohorts = new(2) }, poolQuote: 1e12);

        // The weakest ratio falls to 1.03: above 1, below 1.05.
        var price = 200 * 1.03 / (1.02 / 0.83);
        rig.Step(_ => price);
        rig.Step(_ => price);
        Assert.Equal(rule == ToxicRule.Ignore, rig.Lending.BadDebtRealised.Span[0] > 0);
        Assert.Equal(rule == ToxicRule.Stop, rig.Total[0] == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Keepers_are_paid_when_the_venue_has_answered(int latency)
    {
        var rig = new LendingRig(Deep, latency: latency);
        rig.Step(_ => 190);
        rig.Step(_ => 190);
        Assert.True(rig.Total[0] > 0);
        for (var tick = 1; tick <= latency; tick++)
        {
            Assert.Equal(0, rig.Lending.KeeperProfit.Span[0]);
            rig.Set(rig.Lending.VenueIsUp, 0);
            rig.Set(rig.Lending.AverageSellPrice, 195);
            rig.Step(_ => 190);
        }

        Assert.True(rig.Lending.KeeperProfit.Span[0] > 0);
    }

    [Fact]
    public void The_loop_gain_is_what_a_fall_would_sell_times_the_slope_of_the_pool()
    {
        var rig = new LendingRig(Deep with { CloseFactor = new(0.5), RatioHeadroom = new(1.001) }, poolQuote: 20e6);
        rig.Step(_ => 200);
        var index = rig.Lending.Index.Span[1];
        var crossing = Positions(rig.Lending)
            .Where(x => FixedSpread.Health(x.Collateral, 190, 0.83, x.Debt * index) < 1);
        var tokens = crossing.Sum(x => 0.5 * 1.05 * x.Debt * index / 200);
        Assert.Equal(LiquidationSpiral.GainOf(tokens / 10, 200, 20e6 / 200), rig.Lending.LoopGain.Span[1], 1e-9);
        Assert.True(tokens > 0);
    }
}
