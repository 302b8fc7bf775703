using ScenarioGrid.Models.Attacks;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Probability;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Formula = ScenarioGrid.Models.Pricing.TwapManipulation;
using LiquidityLadder = ScenarioGrid.Models.Pricing.LiquidityLadder;
using Parameters = ScenarioGrid.Models.Attacks.TwapManipulation.Parameters;

namespace ScenarioGrid.Models.Tests.Attacks;

/// <content>What the attack waits for, weighs and sees of a venue.</content>
public partial class TwapManipulationTests
{
    // T15: a run of two blocks ends 110 slots after the first look in the mean, at a share of 10 %.
    [Theory]
    [InlineData(0.1, 2)]
    [InlineData(0.3, 3)]
    public void A_proposer_waits_for_a_run_as_long_as_the_exact_chain_says(double share, int run)
    {
        const int Paths = 4096, Horizon = 32;
        var attack = new TwapManipulation(Reckless with
        {
            Regime = TwapManipulation.Regime.ProposerControl, ProposerShare = new(share),
            HoldTime = new(12 * (run - 1)), Patience = new(1e6),
        });
        var harness = new Harness(attack, Paths);
        harness.Set(attack.OracleWindow, 1800).Set(attack.Spot, Price).Set(attack.ReserveBase, 1000)
            .Set(attack.ReserveQuote, 1000 * Price).Set(attack.OraclePrice, Price).Set(attack.Latency, 1).Start();
        harness.Step(Horizon - run + 1);
        var early = attack.Engaged.Span.ToArray().Average();
        var chance = SuccessRuns.Probability(share, run, Horizon);
        Assert.Equal(chance, early, 4 * Math.Sqrt(chance * (1 - chance) / Paths));
        harness.Step(3000);
        var begun = attack.Begun.Span.ToArray();
        Assert.All(begun, b => Assert.True(b >= 0));
        var mean = SuccessRuns.MeanTrials(share, run);
        Assert.Equal(mean, begun.Average() + run, 4 * mean / Math.Sqrt(Paths));
    }

    [Fact]
    public void One_block_is_held_once_and_reversed_with_the_share_of_the_proposer()
    {
        double Cost(double share)
        {
            var scene = new Scene(
                Reckless with { Regime = TwapManipulation.Regime.SingleBlock, ProposerShare = new(share) },
                TwapOracle.Average.Arithmetic);
            scene.Step(2);
            Assert.Equal(1.1 * Price, Value(scene.Oracle.Price), 1e-9 * Price);
            scene.Step(20);
            return Value(scene.Attack.Cost);
        }

        var loss = Formula.Loss(Quote, Formula.ArithmeticSpot(1.1, 150, 1));
        Assert.Equal(loss, Cost(0), 0.01 * loss);
        Assert.Equal(0, Cost(1), 1e-3);
    }

    [Fact]
    public void A_median_has_to_be_held_for_more_than_half_of_its_window()
    {
        var attack = Reckless with { TargetMultiple = new(1.2), HoldTime = new(12 * 76) };
        var scene = new Scene(attack, TwapOracle.Average.Median);
        scene.Step(77);
        Assert.Equal(1.2 * Price, Value(scene.Oracle.Price), 1e-9 * Price);
        Assert.Equal(1.2, Value(scene.Attack.SpotMultiple), 1e-12);
        var tooShort = attack with { HoldTime = new(12 * 75), Rational = true, Exposure = new(1e9) };
        scene = new Scene(tooShort, TwapOracle.Average.Median);
        scene.Step(77);
        Assert.Equal((0, 1e6), (Value(scene.Attack.Engaged), Value(scene.Attack.SecurityMargin)));
    }

    [Fact]
    public void A_truncated_mean_is_moved_to_the_target_at_a_higher_cost()
    {
        var attack = Reckless with { HoldTime = new(240) };
        var (free, bound) = (
            new Scene(attack, TwapOracle.Average.Geometric),
            new Scene(attack, TwapOracle.Average.Geometric, truncation: 1000));
        free.Step(21);
        bound.Step(21);
        Assert.Equal(1.1 * Price, Value(bound.Oracle.Price), 1e-6 * Price);
        Assert.True(Value(bound.Attack.Cost) > Value(free.Attack.Cost));
    }

    [Fact]
    public void Margin_and_least_liquidity_are_cost_and_reserve_over_what_can_be_won()
    {
        var scene = new Scene(Reckless with { Exposure = new(1000) }, TwapOracle.Average.Geometric);
        scene.Step(1);
        var q = Formula.GeometricSpot(1.1, 150, 10);
        var gain = 1000 * 0.1 * Price;
        Assert.Equal(gain, Value(scene.Attack.Winnable), 1e-9 * gain);
        Assert.Equal(Value(scene.Attack.ExpectedCost) / gain, Value(scene.Attack.SecurityMargin), 1e-12);
        Assert.Equal(Formula.SideNeeded(gain / 10, q), Value(scene.Attack.MinimumLiquidity), 1e-9 * gain);
        Assert.True(Value(scene.Attack.ExpectedCost) >= 10 * Formula.Loss(Quote, q));
    }

    [Fact]
    public void Patience_waits_until_the_attack_pays()
    {
        var scene = new Scene(
            Reckless with { Rational = true, Exposure = new(1e5), Patience = new(1200) },
            TwapOracle.Average.Geometric);
        scene.Attack.Onset = 0;
        scene.SetBudget(0);
        scene.Step(30);
        Assert.Equal(0, Value(scene.Attack.Engaged));
        scene.SetBudget(1e9);
        scene.Step(1);
        Assert.Equal((1, 30), (Value(scene.Attack.Engaged), Value(scene.Attack.Begun)));
    }

    [Fact]
    public void The_lender_lends_by_its_own_oracle()
    {
        var scene = new Scene(
            Reckless with { TargetMultiple = new(1.5), Collateral = new(4e6) }, TwapOracle.Average.Geometric);
        scene.Lend(1e8, 0.8, lenderPrice: 1.3 * Price);
        scene.Step(11);
        Assert.Equal(0.8 * 2000 * 1.3 * Price, Value(scene.Attack.AttackDebt), 1);
    }

    [Fact]
    public void A_bundled_loan_is_asked_for_with_the_last_purchase_and_is_what_the_lender_grants()
    {
        var scene = new Scene(
            Reckless with { TargetMultiple = new(1.5), Collateral = new(4e6), Bundled = true },
            TwapOracle.Average.Geometric);
        scene.Lend(1e8, 0.8);
        scene.Step(10);
        Assert.Equal((2000, 1e8), (Value(scene.Attack.AttackCollateral), Value(scene.Attack.AttackDebt)));
        scene.Step(1);
        Assert.Equal((0, 0), (Value(scene.Attack.AttackCollateral), Value(scene.Attack.AttackDebt)));
        scene.Grant(4.5e6);
        scene.Step(1);
        Assert.InRange(Value(scene.Attack.Received), 4.5e6, 4.6e6);
        Assert.Equal(0.5e6, Value(scene.Attack.Gain), 1e-3);
        scene.Step(1);
        Assert.Equal(0.5e6, Value(scene.Attack.Gain), 1e-3);
    }

    // The ladder of a constant product gives the constant product back up to its last point, 10 % away.
    [Fact]
    public void A_ladder_costs_what_the_pool_it_is_the_ladder_of_costs() =>
        Gen.Select(Gen.Double[1.001, 1.09], Gen.Double[0, 0.01], Gen.Double[-0.05, 0.05]).Sample((multiple, fee, off) =>
        {
            var held = multiple;
            double[] Costs(bool ladder)
            {
                var attack = new TwapManipulation(Reckless with
                {
                    HoldTime = new(12), TargetMultiple = new(held), Exposure = new(1000),
                });
                var harness = new Harness(attack);
                harness.Set(attack.OracleWindow, 12).Set(attack.OracleAveraging, 1).Set(attack.Latency, 1)
                    .Set(attack.OraclePrice, Price).Set(attack.VenueIsUp, 1).Set(attack.Fee, fee);
                SetPool(harness, attack, 1000, 1000 * Price * (1 + off), ladder);
                harness.Set(attack.MarketPrice, Price).Start().Step();
                return [Value(attack.Buy), Value(attack.Winnable)];
            }

            var (plain, laddered) = (Costs(false), Costs(true));
            Assert.Equal(plain[1], laddered[1], 1e-9 * plain[1]);

            // The reserves of the first keep the fee of all that moves them, from the spot to the target; the ladder
            // does not know of it.
            var moved = 1000 * Price * (Math.Abs(off) + multiple - 1);
            Assert.Equal(plain[0], laddered[0], 1e-6 + (fee + 1e-9) * moved);
        }, iter: 100);

    [Fact]
    public void Beyond_the_last_liquidity_the_price_rises_for_free()
    {
        double Cost(double multiple)
        {
            var attack = new TwapManipulation(Reckless with { HoldTime = new(12), TargetMultiple = new(multiple) });
            var harness = new Harness(attack);
            harness.Set(attack.OracleWindow, 12).Set(attack.OracleAveraging, 1).Set(attack.Spot, Price)
                .Set(attack.Curve, 1).Set(attack.ReserveQuote, 1e6).Set(attack.ReserveBase, 500).Set(attack.Latency, 1);
            harness.Set(attack.BuyDepths, 1e5).Set(attack.MarketPrice, Price).Start().Step();
            return Value(attack.ExpectedCost);
        }

        Assert.Equal(Cost(1.01), Cost(100), 1e-6);
        Assert.True(Cost(1.0005 + 1e-9) < Cost(1.01));
    }

    private static void SetPool(Harness harness, TwapManipulation attack, double x, double y, bool ladder)
    {
        harness.Set(attack.ReserveBase, x).Set(attack.ReserveQuote, y).Set(attack.Spot, y / x);
        harness.Set(attack.Curve, ladder ? 1 : 0);
        for (var k = 0; k < LiquidityLadder.Bins; k++)
        {
            harness.Set(attack.SellDepths, k, x * (LiquidityLadder.SellRoots[k] - 1));
            harness.Set(attack.BuyDepths, k, y * (LiquidityLadder.BuyRoots[k] - 1));
        }
    }
}
