using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

public class CompoundLendingTests
{
    private static readonly CompoundLending.Parameters Plain = new()
    {
        Policy = BorrowerPolicy.Passive, KeeperLatency = new(0), RateElasticity = new(0), KeeperCapital = new(1e12),
        LiquidationsPerBlock = new(10_000), RatioHeadroom = new(1.001),
    };

    [Fact]
    public void An_absorbed_account_is_credited_what_Comet_credits()
    {
        var lending = new CompoundLending(Plain with { TargetReserves = new(0), InsuranceStart = new(1e9) });
        var rig = new LendingRig(lending, poolQuote: 1e12);
        rig.Set(rig.Lending.Inclusion, 1);
        var before = Positions(lending);
        rig.Step(_ => 190);
        rig.Step(_ => 190);
        var index = lending.Index.Span[1];
        var failing = before.Where(q => q.Collateral * 190 * 0.895 < q.Debt * index).ToArray();
        Assert.NotEmpty(failing);
        var credit = failing.Sum(q => CometRules.Credit(q.Collateral * 190, q.Debt * index, 0.95)[0]);
        Assert.Equal(failing.Sum(q => q.Debt) * index, rig.Total[1], 10.0);
        Assert.Equal(credit, lending.Credited.Span[1], 10.0);

        // Reserves are above the target of nothing, so the collateral stays.
        Assert.Equal(failing.Sum(q => q.Collateral), lending.Inventory.Span[1], 1e-6);
        Assert.Equal(rig.Total[1] + credit, lending.InventoryCost.Span[1], 10.0);
    }

    [Fact]
    public void The_store_front_asks_the_discounted_price()
    {
        var lending = new CompoundLending(Plain);
        var rig = new LendingRig(lending, poolQuote: 1e12);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Step(_ => 190);
        rig.Step(_ => 190);
        Assert.Equal(lending.Sell.Span[0] * 190 * 0.975, lending.Recovered.Span[0], 1e-6 * lending.Recovered.Span[0]);
        Assert.Equal(0, lending.Inventory.Span[0]);

        // Sold at 97.5 % of what the protocol had paid 95 % for.
        var gain = lending.Recovered.Span[0] * (1 - 0.95 / 0.975);
        Assert.Equal(gain, lending.Reserve.Span[0], 0.01 * gain + 1000);
    }

    [Fact]
    public void A_shallow_pool_leaves_collateral_in_the_store()
    {
        var (deep, shallow) = (After(1e9), After(1e6));
        Assert.Equal(0, deep.Inventory.Span[0]);
        Assert.True(shallow.Inventory.Span[0] > 0);
        Assert.True(shallow.BadDebt.Span[0] > deep.BadDebt.Span[0]);

        static CompoundLending After(double pool)
        {
            var lending = new CompoundLending(Plain);
            var rig = new LendingRig(lending, poolQuote: pool, count: 30);
            for (var tick = 0; tick < 30; tick++)
            {
                var price = 195 - 3.0 * tick;
                rig.Step(_ => price);
            }

            return lending;
        }
    }

    [Fact]
    public void The_balance_sheet_closes_at_all_times() =>
        Gen.Select(Gen.Double[0.2, 1.2], Gen.Double[0.05, 0.5], Gen.Double[6.0, 9]).Sample((depth, frequency, pool) =>
        {
            var lending = new CompoundLending(Plain);
            var rig = new LendingRig(lending, poolQuote: Math.Pow(10, pool));
            for (var tick = 0; tick < 60; tick++)
            {
                Disturb(rig, new LendingCase(new(), depth, frequency, 40), tick);
                var assets = lending.Cash.Span[1] + lending.Debt.Span[1] + lending.InventoryCost.Span[1]
                    + lending.Uncovered.Span[1];
                Assert.Equal(assets, lending.Deposits.Span[1] + lending.Reserve.Span[1], 1e-9 * assets);
            }
        }, iter: 40);

    [Fact]
    public void Suppliers_earn_their_own_curve_and_the_reserve_the_rest()
    {
        var lending = new CompoundLending(Plain with { UtilisationStart = new(0.5) });
        var rig = new LendingRig(lending, seconds: 86_400);
        for (var day = 0; day < 30; day++)
        {
            rig.Step(_ => 400);
        }

        // At half of the money lent: borrowers pay 3.25 %, suppliers get 1.625 % on twice as much.
        Assert.Equal(0.0325, lending.BorrowRate.Span[0], 1e-4);
        Assert.Equal(0.01625, lending.SupplyRate.Span[0], 1e-4);
        Assert.Equal(0, lending.Reserve.Span[0], 200.0);
    }

    [Fact]
    public void A_loan_above_the_liquidation_factor_is_refused_as_a_setting()
    {
        var problem = new CompoundLending.Parameters { BorrowFactor = new(0.9) }.Check().Single();
        Assert.Equal("borrowFactor", problem.Parameter);
        Assert.Empty(new CompoundLending.Parameters().Check());
    }

    [Fact]
    public void Every_parameter_moves_some_output()
    {
        var kind = ComponentCatalog.Default.Components["compound-lending"];
        Assert.Empty(kind.Parameters.Where(x => !Moves(kind, x)).Select(x => x.Name));
    }
}
