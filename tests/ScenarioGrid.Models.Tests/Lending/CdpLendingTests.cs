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
                    var (tokens, owed) = (lending.CohortCollateral.AllRows[row * 4 + 1], lending.CohortDebt.AllRows[row * 4 + 1]);
                    Assert.True(tokens >= 0 && owed >= 0);
                    Assert.True(owed == 0 || tokens / owed >= last * (1 - 1e-12));
                    (debt, collateral, last) = (debt + owed, collateral + tokens, owed == 0 ? double.MaxValue : tokens / owed);
                }

                Assert.Equal(debt * lending.Index.Span[1], lending.BorrowersDebt.Span[1], 1e-9 * c.Parameters.Debt.Value);
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
                var scaled = lending.OraclePrice.Span[1] / lending.Index.Span[1] * c.Parameters.LiquidationThreshold.Value;
                var after = Positions(lending).ToHashSet();
                Assert.All(before.Where(x => x.Collateral * scaled > x.Debt * (1 + 1e-12)), x => Assert.Contains(x, after));
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
                Deep with { LiquidationThreshold = new(threshold), LiquidationBonus = new(bonus), RatioHeadroom = new(1.001) },
                poolQuote: 1e12, count: 2);
            rig.Set(rig.Lending.Inclusion, 1);
            var after = 200 * (1 - gap) / 1.001;
            rig.Step(_ => after);
            rig.Step(_ => after);
            var (bad, late) = (rig.Lending.BadDebt.Span[0], rig.Lending.LateLiquidations.Span[0]);
            Assert.True(gap < buffer ? bad <= 0 : bad > 0, $"bad debt {bad} at gap {gap}, buffer {buffer}, late {late}");
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
        LendingRig whole = new(parameters, paths: 8), part = new(parameters, firstPath: 4);
        for (var tick = 0; tick < 60; tick++)
        {
            var price = 200 - 2.0 * tick;
            whole.Step(_ => price);
            part.Step(_ => price);
        }

        Assert.Equal(whole.Total[4..], part.Total);
        Assert.Equal(whole.Lending.Debt.Span[4..].ToArray(), part.Lending.Debt.Span.ToArray());
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
    public void Keepers_answer_as_often_as_their_latency_and_the_chain_say()
    {
        const int Paths = 4096;
        var rig = new LendingRig(
            Deep with { KeeperLatency = new(600), Cohorts = new(2), RatioHeadroom = new(1.001) }, paths: Paths, seconds: 12);
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
            Assert.Equal(0, rig.Lending.Defended.Span[0]);
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
    public void Rules_between_parameters_are_told_with_their_numbers()
    {
        var bad = new CdpLending.Parameters { LiquidationThreshold = new(0.95), LiquidationBonus = new(0.1), ActHealth = new(1.3) };
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

        Assert.Equal("", $"{rig.Lending.BadDebt.Span[0]:R} {rig.Lending.Debt.Span[3]:R} {rig.KeeperProfit:R}");
    }
}
