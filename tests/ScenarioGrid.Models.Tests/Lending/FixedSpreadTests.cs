using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Lending;

public class FixedSpreadTests
{
    // C7.
    [Fact]
    public void A_healthy_liquidation_moves_what_Aave_moves()
    {
        var health = FixedSpread.Health(10, 1700, 0.825, 14_300);
        var closeFactor = FixedSpread.CloseFactor(health, 0.5, 1, 0.95);
        var seizure = FixedSpread.Largest(10, 1700, 14_300, closeFactor, 1.05, 0.1);
        ReferenceCases.Check("C7", health, seizure.Repaid, seizure.Seized, seizure.Seized - seizure.Fee, seizure.Fee,
            FixedSpread.Health(10 - seizure.Seized, 1700, 0.825, 14_300 - seizure.Repaid));
        Assert.Equal(0, seizure.BadDebt);
    }

    // C8: the same position is solvent by 200 but worth less than b times its debt.
    [Fact]
    public void A_solvent_position_below_the_bonus_leaves_bad_debt()
    {
        var health = FixedSpread.Health(10, 1450, 0.825, 14_300);
        var seizure = FixedSpread.Largest(10, 1450, 14_300, FixedSpread.CloseFactor(health, 0.5, 1, 0.95), 1.05, 0.1);
        ReferenceCases.Check("C8", health, seizure.Seized, seizure.Repaid, seizure.BadDebt);
        Assert.Equal(seizure.BadDebt, FixedSpread.ToxicLoss(14_500, 14_300, 1.05), 1e-9);
    }

    // C9.
    [Fact]
    public void Below_the_bonus_every_liquidation_lowers_the_ratio_and_the_loss_is_fixed()
    {
        double collateral = 1.04, debt = 1, bad = 0;
        var ratios = new List<double>();
        for (var step = 0; step < 6; step++)
        {
            var seizure = FixedSpread.Largest(collateral, 1, debt, 0.5, 1.05, 0);
            (collateral, debt, bad) = (collateral - seizure.Seized, debt - seizure.Repaid, bad + seizure.BadDebt);
            ratios.Add(collateral / debt);
        }

        var last = FixedSpread.Largest(collateral, 1, debt, 0.5, 1.05, 0);
        ReferenceCases.Check("C9", [.. ratios, bad + last.BadDebt]);
        Assert.Equal(bad + last.BadDebt, FixedSpread.ToxicLoss(1.04, 1, 1.05), 1e-12);
    }

    // C10.
    [Fact]
    public void Repaying_to_a_health_reaches_it()
    {
        var repaid = FixedSpread.RepayToHealth(17_000, 14_300, 0.825, 1.05, 1.05);
        ReferenceCases.Check("C10", repaid);
        Assert.Equal(1.05, FixedSpread.Health(17_000 - 1.05 * repaid, 1, 0.825, 14_300 - repaid), 1e-12);
    }

    // C11.
    [Fact]
    public void The_optimal_repayment_has_the_highest_profit()
    {
        var best = FixedSpread.OptimalRepay(1700, 1.05, 5000, 8.5e6, 0.997);
        ReferenceCases.Check("C11", best, Profit(best));
        Assert.True(Profit(best * 1.001) < Profit(best) && Profit(best * 0.999) < Profit(best));

        static double Profit(double repaid) =>
            ConstantProduct.Out(repaid * 1.05 / 1700, 5000, 8.5e6, 0.997) - repaid - 50;
    }

    // C12.
    [Fact]
    public void A_bot_repays_what_reaches_its_ratio()
    {
        var repaid = FixedSpread.RebalanceDown(20_000, 12_500, 1.7, 0.003);
        ReferenceCases.Check("C12", repaid);
        Assert.Equal(1.7, (20_000 - repaid / 0.997) / (12_500 - repaid), 1e-12);
    }

    [Fact]
    public void A_bot_borrows_what_reaches_its_ratio()
    {
        var borrowed = FixedSpread.RebalanceUp(new(20_000), new(5_000), 1.7, 0.003)[0];
        Assert.Equal(1.7, (20_000 + borrowed * 0.997) / (5_000 + borrowed), 1e-12);
    }

    // The two closed forms of selling to a target ratio: (r D - C)/(r - 1) and, with a bonus, (r D - C)/(r - 1 - beta).
    [Fact]
    public void Selling_to_a_target_reaches_it() =>
        Gen.Select(Gen.Double[1.0, 100], Gen.Double[1.01, 1.4], Gen.Double[1.5, 3], Gen.Double[0.0, 0.2])
            .Sample((debt, ratio, target, beta) =>
            {
                var value = debt * ratio;
                var sold = FixedSpread.SellToTarget(value, debt, target);
                var repaid = FixedSpread.SellToTarget(value, debt, target, beta);
                Assert.Equal(target * (debt - sold), value - sold, 1e-9 * value);
                Assert.Equal(target * (debt - repaid), value - repaid * (1 + beta), 1e-9 * value);
            });

    // C23.
    [Fact]
    public void The_threshold_bound_is_as_computed() =>
        ReferenceCases.Check("C23", FixedSpread.ThresholdBound(1.05, 0.02, 1.5, 3600, 3.09));

    [Fact]
    public void What_is_seized_is_repaid_with_bonus_or_lost() =>
        Gen.Select(Gen.Double[0.1, 100], Gen.Double[0.5, 1.5], Gen.Double[0.05, 1], Gen.Double[1.0, 1.25])
            .Sample((collateral, ratio, closeFactor, bonus) =>
            {
                var debt = collateral * 1000 / ratio;
                var seizure = FixedSpread.Largest(collateral, 1000, debt, closeFactor, bonus, 0.1);
                Assert.Equal(seizure.Repaid * bonus, seizure.Seized * 1000, 1e-9 * debt);
                Assert.True(seizure.Repaid <= closeFactor * debt * (1 + 1e-12) && seizure.Seized <= collateral);
                Assert.True(seizure.BadDebt == 0 || seizure.Seized == collateral);
            });

    [Fact]
    public void A_dynamic_bonus_never_takes_more_than_the_position_has() =>
        Gen.Select(Gen.Double[0.5, 2], Gen.Double[1.0, 1.25], Gen.Double[0.0, 1]).Sample((ratio, bonus, slope) =>
        {
            var dynamic = FixedSpread.DynamicBonus(new(ratio), bonus, slope)[0];
            Assert.InRange(dynamic, 1, bonus);
            Assert.True(ratio < 1 || dynamic <= ratio + 1e-15);
        });
}
