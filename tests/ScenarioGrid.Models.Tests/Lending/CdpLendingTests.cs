using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

public class CdpLendingTests
{
    [Fact]
    public void Dollars_and_collateral_change_only_by_what_enters_and_leaves() =>
        Cases.Sample(c =>
        {
            var rig = new LendingRig(c.Parameters, count: 40);
            var lending = rig.Lending;
            for (var tick = 0; tick < 40; tick++)
            {
                var (usd, tokens) = (Usd(lending), Tokens(lending));
                Disturb(rig, c, tick);
                Assert.Equal(Usd(lending) - usd, lending.UsdIn.Span[1] - lending.UsdOut.Span[1], 1e-9 * usd);
                Assert.Equal(Tokens(lending) - tokens, lending.BaseIn.Span[1] - lending.BaseOut.Span[1], 1e-9 * tokens);
            }
        }, iter: 40);

    [Fact]
    public void Cohorts_add_up_stay_sorted_and_the_balance_sheet_closes() =>
        Cases.Sample(c =>
        {
            var rig = new LendingRig(c.Parameters, count: 41);
            var lending = rig.Lending;
            for (var tick = 0; tick < 40; tick++)
            {
                Disturb(rig, c, tick);
                double debt = 0, collateral = 0, last = 0;
                for (var row = 0; row < lending.CohortDebt.Rows; row++)
                {
                    var (tokens, owed) = (lending.CohortCollateral.AllRows[row * lending.Debt.Paths + 1],
                        lending.CohortDebt.AllRows[row * lending.Debt.Paths + 1]);
                    Assert.True(tokens >= 0 && owed >= 0);
                    Assert.True(owed == 0 || tokens / owed >= last * (1 - 1e-12));
                    (debt, collateral, last) = (debt + owed, collateral + tokens,
                        owed == 0 ? double.MaxValue : tokens / owed);
                }

                Assert.Equal(debt * lending.Index.Span[1], lending.BorrowersDebt.Span[1],
                    1e-9 * c.Parameters.Debt.Value);
                Assert.Equal(collateral, lending.Collateral.Span[1], 1e-9 * (1 + collateral));

                // Cash, loans and uncovered losses are owed to depositors and to the reserve.
                var assets = lending.Cash.Span[1] + lending.Debt.Span[1] + lending.Uncovered.Span[1];
                Assert.Equal(assets, lending.Deposits.Span[1] + lending.Reserve.Span[1], 1e-9 * assets);
            }
        }, iter: 40);

    [Fact]
    public void Positions_with_health_above_one_are_never_liquidated() =>
        Cases.Sample(c =>
        {
            var rig = new LendingRig(c.Parameters with { Policy = BorrowerPolicy.Passive, RateElasticity = new(0) });
            var lending = rig.Lending;
            for (var tick = 0; tick < 30; tick++)
            {
                var before = Positions(lending);
                Disturb(rig, c, tick);
                var threshold = c.Parameters.LiquidationThreshold.Value;
                var scaled = lending.OraclePrice.Span[1] / lending.Index.Span[1] * threshold;
                var after = Positions(lending).ToHashSet();
                var healthy = before.Where(x => x.Collateral * scaled > x.Debt * (1 + 1e-12));
                Assert.All(healthy, x => Assert.Contains(x, after));
            }
        }, iter: 40);

    [Fact]
    public void A_gap_inside_the_buffer_leaves_no_bad_debt() =>
        Gen.Select(Gen.Double[0.5, 0.9], Gen.Double[0.02, 0.1], Gen.Double[0.0, 0.6]).Sample((threshold, bonus, gap) =>
        {
            var buffer = 1 - threshold * (1 + bonus);
            if (buffer < 0.01 || Math.Abs(gap - buffer) < 0.02)
            {
                return;
            }

            var rig = new LendingRig(
                Deep with { LiquidationThreshold = new(threshold), LiquidationBonus = new(bonus),
                    RatioHeadroom = new(1.001) },
                poolQuote: 1e12, count: 2);
            rig.Set(rig.Lending.Inclusion, 1);
            var after = 200 * (1 - gap) / 1.001;
            rig.Step(_ => after);
            rig.Step(_ => after);
            var (bad, late) = (rig.Lending.BadDebt.Span[0], rig.Lending.LateLiquidations.Span[0]);
            Assert.True(gap < buffer ? bad <= 0 : bad > 0, $"bad {bad}, gap {gap}, buffer {buffer}, late {late}");
        }, iter: 200);

    [Fact]
    public void Skipping_calm_paths_changes_no_bit() =>
        Cases.Sample(c =>
        {
            LendingRig skips = new(c.Parameters, count: 30), visits = new(c.Parameters, count: 30);
            for (var tick = 0; tick < 30; tick++)
            {
                visits.Set(visits.Lending.Trigger, 1e300);
                Disturb(skips, c, tick);
                Disturb(visits, c, tick);
                Assert.Equal(Outputs(skips.Lending), Outputs(visits.Lending));
            }
        }, iter: 30);

    [Fact]
    public void A_path_is_the_same_in_any_block()
    {
        var parameters = new CdpLending.Parameters();
        LendingRig whole = new(parameters, paths: 16), part = new(parameters, firstPath: 8);
        for (var tick = 0; tick < 60; tick++)
        {
            var price = 200 - 2.0 * tick;
            whole.Step(_ => price);
            part.Step(_ => price);
        }

        Assert.Equal(whole.Total[8..], part.Total);
        Assert.Equal(whole.Lending.Debt.Span[8..].ToArray(), part.Lending.Debt.Span.ToArray());
    }

    [Fact]
    public void Doubling_the_unit_of_money_doubles_every_amount_exactly()
    {
        var one = new CdpLending.Parameters();
        var two = one with
        {
            Debt = new(2 * one.Debt.Value),
            PositionSize = new(2 * one.PositionSize.Value),
            KeeperCapital = new(2 * one.KeeperCapital.Value),
            InsuranceStart = new(2 * one.InsuranceStart.Value),
        };
        LendingRig single = new(one, 200, 20e6, count: 60), twice = new(two, 400, 40e6, count: 60);
        for (var tick = 0; tick < 60; tick++)
        {
            var price = 200 - 2.0 * tick;
            single.Step(_ => price);
            twice.Step(_ => 2 * price);
        }

        Assert.True(single.Lending.BadDebt.Span[0] > 0 && single.Total[0] > 0);
        Assert.Equal(2 * single.Lending.BadDebt.Span[0], twice.Lending.BadDebt.Span[0]);
        Assert.Equal(2 * single.Lending.Cash.Span[0], twice.Lending.Cash.Span[0]);
        Assert.Equal(2 * single.KeeperProfit, twice.KeeperProfit);
        Assert.Equal(single.GainMax, twice.GainMax);
    }

    [Fact]
    public void Starting_twice_is_starting_once()
    {
        LendingRig once = new(new CdpLending.Parameters()), twice = new(new CdpLending.Parameters());
        twice.Start();
        Assert.Equal(Outputs(once.Lending), Outputs(twice.Lending));
        Assert.Equal(once.Lending.CohortDebt.AllRows.ToArray(), twice.Lending.CohortDebt.AllRows.ToArray());
    }

    [Fact]
    public void A_year_at_a_fixed_rate_grows_as_the_exponential()
    {
        var rig = new LendingRig(
            Deep with { RateBase = new(0.05), RateSlope = new(0), RateSlopeHigh = new(0) }, seconds: 86_400);
        for (var day = 0; day < 365; day++)
        {
            rig.Step(_ => 400);
        }

        // Exponential of the rate; a day of cubic binomial seconds differs from it by less than 1e-9.
        Assert.Equal(Math.Exp(0.05) * Deep.Debt.Value, rig.Lending.Debt.Span[0], 1e-8 * Deep.Debt.Value);
        Assert.Equal(0.1 * (Math.Exp(0.05) - 1) * Deep.Debt.Value, rig.Lending.Reserve.Span[0], 1e-8 * Deep.Debt.Value);
    }

    [Fact]
    public void Every_parameter_moves_some_output()
    {
        var kind = ComponentCatalog.Default.Components["cdp-lending"];
        Assert.Empty(kind.Parameters.Where(x => !Moves(kind, x)).Select(x => x.Name));
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var rig = new LendingRig(new CdpLending.Parameters(), count: 60);
        for (var tick = 0; tick < 60; tick++)
        {
            var price = 200 - 2.0 * tick;
            rig.Step(_ => price);
        }

        Assert.Equal(15221217.375632208, rig.Lending.BadDebt.Span[0]);
        Assert.Equal(80554660.45265134, rig.Lending.Debt.Span[3]);
        Assert.Equal(2916371.5524392463, rig.KeeperProfit);
        Assert.Equal(0.08451470492787949, rig.Lending.Haircut.Span[1]);
    }
}
