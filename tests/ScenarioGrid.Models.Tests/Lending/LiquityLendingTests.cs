using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

public class LiquityLendingTests
{
    private static readonly LiquityLending.Parameters Plain = new()
    {
        Policy = BorrowerPolicy.Passive, KeeperLatency = new(0), RateElasticity = new(0), KeeperCapital = new(1e12),
        LiquidationsPerBlock = new(10_000), RatioHeadroom = new(1.001), CoinVolatility = new(0), PoolRefill = new(0),
        CriticalRatio = new(1.1),
    };

    [Fact]
    public void The_pool_pays_off_debts_and_gets_the_collateral_less_the_gas_share()
    {
        var (lending, rig) = Run(Plain, 1e12, 196, 196);
        var burned = rig.Total[0];
        Assert.True(burned > 0);
        Assert.Equal(60e6 - burned, lending.PoolCoins.Span[0], 1e-3);
        Assert.Equal(1 - burned / 60e6, lending.PoolProduct.Span[0], 1e-12);
        Assert.Equal(0, lending.BadDebt.Span[0]);
        Assert.Equal(0, lending.Redistributed.Span[0]);

        // Half of the gain is sold at once, besides the gas share of the keepers.
        var gained = lending.PoolSum.Span[0] * 60e6;
        Assert.Equal(gained * 0.5 + gained / 0.995 * 0.005, lending.Sell.Span[0], 1e-9 * gained);
    }

    [Fact]
    public void Debts_beyond_the_pool_go_to_the_other_positions_and_none_is_lost()
    {
        var (lending, _) = Run(Plain with { PoolShare = new(0.001) }, 1e12, 190, 190);
        Assert.Equal(0, lending.PoolCoins.Span[0]);
        Assert.True(lending.Redistributed.Span[0] > 0);
        Assert.Equal(100e6 - 100e3, lending.Debt.Span[0], 1.0);
        Assert.Equal(lending.Debt.Span[0], Positions(lending).Sum(q => q.Debt) * lending.Index.Span[0], 1e-3);
    }

    [Fact]
    public void Everybody_failing_leaves_the_debt_to_the_holders()
    {
        var (lending, _) = Run(Plain with { PoolShare = new(0.1) }, 1e12, 15, 15, 15, 15);
        Assert.Equal(0, lending.Collateral.Span[0], 1e-6);
        Assert.True(lending.BadDebt.Span[0] > 80e6);
        Assert.InRange(lending.Haircut.Span[0], 0.5, 1);
    }

    [Fact]
    public void In_recovery_mode_the_pool_takes_sound_positions_and_leaves_their_owners_the_rest()
    {
        var recovery = Plain with { CriticalRatio = new(3), PoolShare = new(1), LiquidationsPerBlock = new(1) };
        var (lending, rig) = Run(recovery, 1e12, 200, 200);
        var (calm, calmRig) = Run(Plain with { PoolShare = new(1) }, 1e12, 200, 200);
        Assert.Equal((1.0, 0.0), (lending.RecoveryMode.Span[0], calm.RecoveryMode.Span[0]));
        Assert.True(rig.Total[0] > 0);
        Assert.Equal(0, calmRig.Total[0]);

        // Depositors get at most 110 % of what they paid.
        Assert.InRange(lending.PoolSum.Span[0] * 100e6 * 200 / rig.Total[0], 1, 1.3);
        Assert.Equal(0, lending.BadDebtRealised.Span[0]);
    }

    [Fact]
    public void A_cheap_coin_is_redeemed_until_the_fee_eats_the_profit()
    {
        var lending = new LiquityLending(Plain with { RedemptionImpact = new(0), KeeperMargin = new(0),
            FlashFee = new(0) });
        var rig = new LendingRig(lending, poolQuote: 1e12);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Set(lending.LogShift, Math.Log(0.98));
        var lowest = Positions(lending)[0];
        rig.Step(_ => 220);

        // 2 % discount less .5 % floor: the base rate rises to 1.5 %, which is 3 % of the supply at beta 2.
        Assert.Equal(0.03 * 100e6, lending.Redeemed.Span[0], 1e-3);
        Assert.Equal(0.015, lending.BaseRate.Span[0], 1e-12);
        Assert.Equal(97e6, lending.Debt.Span[0], 1e-3);
        Assert.DoesNotContain(lowest, Positions(lending));

        // Sold less the mean fee, 0.5 % and half of 1.5 %.
        Assert.Equal(0.03 * 100e6 / 200 * 0.9875, lending.Sell.Span[0], 1e-6);
    }

    [Fact]
    public void A_redemption_never_lowers_the_ratio_of_the_position_it_takes_from()
    {
        var lending = new LiquityLending(Plain);
        var rig = new LendingRig(lending, poolQuote: 1e12);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Set(lending.LogShift, -0.05);
        var before = Positions(lending);
        rig.Step(_ => 220);
        var after = Positions(lending).Where(q => q.Debt > 0).Min(q => q.Collateral / q.Debt);
        Assert.True(lending.Redeemed.Span[0] > 0);
        Assert.True(after >= before.Min(q => q.Collateral / q.Debt));
    }

    // A base rate of 1.5 % asks 2 %, one of 30 % the ceiling of 5 %, recovery mode nothing.
    [Theory]
    [InlineData(0, 0, 0.005)]
    [InlineData(0.015, 0, 0.02)]
    [InlineData(0.3, 0, 0.05)]
    [InlineData(0.015, 1, 0)]
    public void A_new_loan_owes_a_fee_on_top(double baseRate, double recovery, double fee)
    {
        var lending = new LiquityLending(Plain with { RateElasticity = new(10), RateElsewhere = new(1) });
        var rig = new LendingRig(lending, poolQuote: 1e12);
        rig.Set(lending.BaseRate, baseRate);
        rig.Set(lending.RecoveryMode, recovery);
        rig.Step(_ => 200);

        // Demand of 10 a year on 100M for 300 s.
        var lent = 100e6 * 10 * 300 / Tick.YearSeconds;
        Assert.Equal(lent, lending.UsdOut.Span[0], 1e-6);
        Assert.Equal(lent * fee, lending.BorrowingFees.Span[0], 1e-6);
        Assert.Equal(100e6 + lent * (1 + fee), lending.Debt.Span[0], 1e-6);
        Assert.Equal(100e6 - lent, lending.Cash.Span[0], 1e-6);
        Assert.Equal(lending.Debt.Span[0], Positions(lending).Sum(q => q.Debt) * lending.Index.Span[0], 1e-3);
    }

    [Fact]
    public void An_attacker_reaches_the_limit_with_the_fee_and_not_without()
    {
        var lending = new LiquityLending(Plain);
        var rig = new LendingRig(lending, poolQuote: 1e12);
        Assert.Equal(1 / 1.1 / 1.005, lending.BorrowLimit.Span[0], 1e-15);
        rig.Set(lending.AttackCollateral, 1000);
        rig.Set(lending.AttackDebt, 1e9);
        rig.Step(_ => 200);
        Assert.Equal(200_000 / 1.1 / 1.005, lending.AttackBorrowed.Span[0], 1e-6);
        Assert.Equal(200_000 / 1.1, lending.AttackerDebt.Span[0], 1e-6);
    }

    [Fact]
    public void A_bot_that_borrows_owes_the_fee_too()
    {
        var bots = Plain with
        {
            Policy = BorrowerPolicy.Band, Attentive = new(1), ReactionDelay = new(0), BoostHealth = new(4),
            TargetHealth = new(2), RatioHeadroom = new(1.2),
        };
        var (lending, _) = Run(bots, 1e12, 210, 210);
        var lent = lending.Cash.Span[0];
        Assert.True(lent < 100e6);
        Assert.Equal((100e6 - lent) * 0.005, lending.BorrowingFees.Span[0], 1e-3);
        Assert.Equal(200e6 - lent + lending.BorrowingFees.Span[0], lending.Debt.Span[0], 1e-3);
        Assert.Equal(lending.Debt.Span[0], Positions(lending).Sum(q => q.Debt) * lending.Index.Span[0], 1e-3);
    }

    [Fact]
    public void The_coin_has_the_spread_of_its_process()
    {
        const int Paths = 8192;
        var lending = new LiquityLending(Plain with { CoinVolatility = new(0.5), CoinReversion = new(200),
            Cohorts = new(2) });
        var rig = new LendingRig(lending, seconds: 86_400, paths: Paths);
        for (var day = 0; day < 30; day++)
        {
            rig.Set(rig.Lending.OracleIsFresh, 0);
            rig.Step(_ => 200);
        }

        var logs = lending.CoinLog.Span.ToArray();
        var variance = 0.25 / 400;
        Assert.Equal(0, logs.Average(), 4 * Math.Sqrt(variance / Paths));
        Assert.Equal(variance, logs.Average(x => x * x), 4 * variance * Math.Sqrt(2.0 / Paths));
    }

    [Fact]
    public void Every_parameter_moves_some_output()
    {
        var kind = ComponentCatalog.Default.Components["liquity-lending"];
        Assert.Empty(kind.Parameters.Where(x => !Moves(kind, x)).Select(x => x.Name));
    }

    private static (LiquityLending Lending, LendingRig Rig) Run(
        LiquityLending.Parameters p, double pool, params double[] prices)
    {
        var lending = new LiquityLending(p);
        var rig = new LendingRig(lending, poolQuote: pool);
        rig.Set(rig.Lending.Inclusion, 1);
        foreach (var price in prices)
        {
            rig.Step(_ => price);
        }

        return (lending, rig);
    }
}
