using ScenarioGrid.Models.Lending;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

public class CdpLendingKeeperTests
{
    private static readonly CdpLending.Parameters Fixed = Deep with
    {
        RateSlope = new(0), RateSlopeHigh = new(0), CloseFactor = new(0.5), RatioHeadroom = new(1.001),
    };

    [Fact]
    public void Unlimited_keepers_liquidate_every_cohort_as_the_closed_form() =>
        Gen.Double[0.5, 0.999].Sample(fall => Agrees(Fixed, fall, pool: 1e13, gas: 0), iter: 50);

    [Fact]
    public void Limited_keepers_take_the_worst_health_first() =>
        Gen.Select(Gen.Double[0.5, 0.999], Gen.Double[4.0, 8], Gen.Double[1.0, 2000], Gen.Double[5.0, 9],
            Gen.Double[0.0, 400])
            .Sample((fall, capital, slots, pool, gas) => Agrees(
                Fixed with { KeeperCapital = new(Math.Pow(10, capital)), LiquidationsPerBlock = new(slots) },
                fall, Math.Pow(10, pool), gas), iter: 200);

    [Fact]
    public void Nobody_liquidates_at_a_loss()
    {
        // A liquidation of 25000 dollars earns at most 1250; 350k gas at 200 dollars and 20000 gwei costs 1400.
        var rig = OneFall(Fixed, 0.99, 1e13, 20_000);
        Assert.Equal(0, rig.Total[0]);
        Assert.True(rig.Lending.LateLiquidations.Span[0] > 0);
    }

    [Theory]
    [InlineData(BorrowerPolicy.TopUp)]
    [InlineData(BorrowerPolicy.Repay)]
    [InlineData(BorrowerPolicy.Band)]
    public void Borrowers_with_money_move_to_their_target(BorrowerPolicy policy)
    {
        var parameters = Fixed with { Policy = policy, Attentive = new(1), BorrowerCash = new(2),
            ReactionDelay = new(0) };
        var rig = new LendingRig(parameters);
        rig.Set(rig.Lending.Inclusion, 1);
        var before = Health(rig);
        rig.Step(_ => 200);
        var after = Health(rig);
        Assert.Contains(before, x => x < 1.05);
        Assert.DoesNotContain(after, x => x < 1.05);
        Assert.Equal(before.Count(x => x < 1.05), after.Count(x => Math.Abs(x - 1.25) < 1e-9));
        Assert.Equal(0, rig.Total[0]);
    }

    [Fact]
    public void A_bot_borrows_when_the_price_has_risen_far()
    {
        var parameters = Fixed with
        {
            Policy = BorrowerPolicy.Band, Attentive = new(1), ReactionDelay = new(0), BoostHealth = new(6),
                UtilisationStart = new(0.1),
        };
        var rig = new LendingRig(parameters);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Step(_ => 300);
        rig.Step(_ => 300);
        Assert.True(rig.Lending.Buy.Span[0] > 0);
        Assert.All(Health(rig), x => Assert.True(x <= 6));
    }

    [Fact]
    public void Passive_or_inattentive_borrowers_do_nothing()
    {
        foreach (var parameters in new[] { Fixed, Fixed with { Policy = BorrowerPolicy.TopUp, Attentive = new(0) } })
        {
            var rig = new LendingRig(parameters);
            rig.Step(_ => 200);
            Assert.Equal(0, rig.Defended);
        }
    }

    private static double[] Health(LendingRig rig) =>
        [.. Positions(rig.Lending).Select(x => FixedSpread.Health(x.Collateral, rig.Lending.OraclePrice.Span[1], 0.83,
            x.Debt))];

    private static LendingRig OneFall(CdpLending.Parameters parameters, double fall, double pool, double gas)
    {
        var rig = new LendingRig(parameters, poolQuote: pool);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Set(rig.Lending.Blocks, 1);
        rig.Set(rig.Lending.GasPrice, gas);
        rig.Set(rig.Lending.Spot, 200 * fall);
        rig.Step(_ => 200 * fall);
        return rig;
    }

    private static void Agrees(CdpLending.Parameters parameters, double fall, double pool, double gas)
    {
        var positions = Positions(new LendingRig(parameters).Lending);
        var expected = Liquidate(parameters, positions, 200 * fall, pool / 200, pool, gas * 1e-9 * 200 * 350_000);
        var rig = OneFall(parameters, fall, pool, gas);
        Assert.Equal(expected.Repaid, rig.Lending.Liquidated.Span[1], 1e-6 + 1e-9 * expected.Repaid);
        Assert.Equal(expected.BadDebt, rig.Lending.BadDebtRealised.Span[1], 1e-6 + 1e-9 * expected.BadDebt);
        Assert.Equal(expected.Seized, rig.Lending.Treasury.Span[1] + rig.Lending.Sell.Span[1],
            1e-9 * (1 + expected.Seized));
        Assert.Equal(expected.Late, rig.Lending.LateLiquidations.Span[1],
            1e-6 + 1e-9 * (expected.Late + expected.Repaid));
    }

    /// <summary>The obvious way: one position after the other, worst health first, until something runs out.</summary>
    private static (double Repaid, double Seized, double BadDebt, double Late) Liquidate(
        CdpLending.Parameters p, IEnumerable<(double Collateral, double Debt)> positions, double price, double x,
            double y,
        double gasCost)
    {
        double repaid = 0, seized = 0, bad = 0, late = 0, sold = 0;
        double capital = p.KeeperCapital.Value, slots = p.LiquidationsPerBlock.Value;
        foreach (var (collateral, debt) in positions.OrderBy(q => q.Collateral / q.Debt))
        {
            var health = FixedSpread.Health(collateral, price, p.LiquidationThreshold.Value, debt);
            if (health >= 1)
            {
                break;
            }

            var closeFactor = FixedSpread.CloseFactor(health, p.CloseFactor.Value, 1, 0.95);
            var most = FixedSpread.Largest(collateral, price, debt, closeFactor, 1.05, 0.1);
            var keeps = (most.Seized - most.Fee) / most.Seized;
            var unitCost = 1 + 0.001 + 0.0005 + gasCost / (p.PositionSize.Value * most.Repaid / debt);
            var room = (Math.Sqrt(0.997 * x * y * 1.05 * keeps / (price * unitCost)) - x) / 0.997 - sold;
            var share = Math.Min(1, Math.Max(0, Math.Min(room / (most.Seized - most.Fee),
                Math.Min(capital / most.Repaid, slots * p.PositionSize.Value / debt))));
            repaid += share * most.Repaid;
            seized += share * most.Seized;
            bad += share * most.BadDebt;
            late += (1 - share) * most.Repaid;
            sold += share * (most.Seized - most.Fee);
            capital -= share * most.Repaid;
            slots -= share * debt / p.PositionSize.Value;
        }

        return (repaid, seized, bad, late);
    }
}
