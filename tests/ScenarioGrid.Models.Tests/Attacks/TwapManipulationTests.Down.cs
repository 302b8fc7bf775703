using ScenarioGrid.Models.Attacks;
using ScenarioGrid.Models.Oracles;
using ScenarioGrid.Models.Tests.Kernel;
using Formula = ScenarioGrid.Models.Pricing.TwapManipulation;
using Parameters = ScenarioGrid.Models.Attacks.TwapManipulation.Parameters;

namespace ScenarioGrid.Models.Tests.Attacks;

/// <content>Pushes down.</content>
public partial class TwapManipulationTests
{
    private static readonly Parameters Down = Reckless with { TargetMultiple = new(0.95) };

    [Theory]
    [InlineData(TwapOracle.Average.Geometric)]
    [InlineData(TwapOracle.Average.Arithmetic)]
    public void The_oracle_moves_down_to_the_target(TwapOracle.Average mean)
    {
        var scene = new Scene(Down, mean);
        scene.Step(11);
        Assert.Equal(0.95 * Price, Value(scene.Oracle.Price), 1e-9 * Price);
        Assert.Equal(-Math.Log(0.95), Value(scene.Attack.OracleShift), 1e-9);

        // 10 of 150 blocks: 0.95^15, and 15 0.95 - 14 = 1/4.
        var q = mean == TwapOracle.Average.Geometric ? Math.Pow(0.95, 15) : 0.25;
        Assert.Equal(q, Value(scene.Attack.SpotMultiple), 1e-12);
    }

    // Bentley's formula does not mind the direction: to a quarter, R (1/2 + 2 - 2) is lost in every block.
    [Fact]
    public void Each_arbitraged_block_of_a_push_down_costs_the_closed_form()
    {
        var scene = new Scene(Down, TwapOracle.Average.Arithmetic);
        Assert.Equal(0.5, Formula.Loss(1.0, 0.25), 1e-15);
        scene.Step(1);
        Assert.Equal(10 * 0.5 * Quote, Value(scene.Attack.ExpectedCost) - UnwindingOf(10), 1e-6 * Quote);
        for (var block = 1; block <= 10; block++)
        {
            scene.Step(1);
            Assert.Equal(block * 0.5 * Quote, Value(scene.Attack.Cost), 1e-9 * Quote);
        }

        // Half of the quote reserve comes out in a block, and is spent again at half of 1 % above.
        static double UnwindingOf(int blocks) => blocks * 0.5 * Quote * 0.5 * 0.01;
    }

    [Fact]
    public void A_short_position_gains_what_the_oracle_falls()
    {
        var scene = new Scene(Down with { Exposure = new(100) }, TwapOracle.Average.Geometric);
        scene.Lend(1e8, 0.8);
        scene.Step(1);
        Assert.Equal(100 * 0.05 * Price, Value(scene.Attack.Winnable), 1e-9 * Price);
        scene.Step(10);
        Assert.Equal(100 * 0.05 * Price, Value(scene.Attack.Gain), 1e-6 * Price);
        Assert.Equal(0, Value(scene.Attack.AttackDebt));
    }

    [Fact]
    public void Tokens_sold_are_bought_back_after_the_hold_as_far_as_the_money_goes()
    {
        var (rich, poor) = (After(exposure: 1e5), After(exposure: 0));
        Assert.InRange(Value(rich.Inventory), 5e5, 5e5 + 0.2 * Quote / Price);
        Assert.True(Value(rich.Cash) > 1e6);
        Assert.Equal(0, Value(poor.Cash), 1e-6);
        Assert.Equal(5e5 - Value(poor.Cost) / Price, Value(poor.Inventory), 1e-6);

        static TwapManipulation After(double exposure)
        {
            var scene = new Scene(
                Down with { UnwindImpact = new(0.2), Exposure = new(exposure) }, TwapOracle.Average.Geometric, 0.003);
            Assert.Equal(5e5, Value(scene.Attack.Inventory), 1e-6);
            scene.Step(400);
            Assert.Equal((0.0, 0.0), (Value(scene.Attack.Buy), Value(scene.Attack.Sell)));
            return scene.Attack;
        }
    }

    [Theory]
    [InlineData(1e5, 1e9, 1)]
    [InlineData(1e5, 1e5, 0)]
    [InlineData(10, 1e9, 0)]
    public void A_rational_push_down_needs_a_profit_and_the_tokens(double exposure, double budget, double engaged)
    {
        var scene = new Scene(
            Down with { Rational = true, Exposure = new(exposure), Budget = new(budget) },
            TwapOracle.Average.Geometric);
        scene.Step(1);
        Assert.Equal(engaged, Value(scene.Attack.Engaged));
    }

    [Fact]
    public void An_arithmetic_mean_cannot_be_brought_to_where_the_spot_would_be_negative()
    {
        var scene = new Scene(
            Down with { TargetMultiple = new(0.9), Rational = true, Exposure = new(1e6) },
            TwapOracle.Average.Arithmetic);
        scene.Step(20);
        Assert.Equal((0, 1e6), (Value(scene.Attack.Engaged), Value(scene.Attack.SecurityMargin)));
    }

    [Fact]
    public void A_ladder_of_a_push_down_costs_what_the_pool_costs() =>
        Gen.Select(Gen.Double[0.92, 0.999], Gen.Double[0, 0.01]).Sample((multiple, fee) =>
        {
            double[] Costs(bool ladder)
            {
                var attack = new TwapManipulation(Down with
                {
                    HoldTime = new(12), TargetMultiple = new(multiple), Exposure = new(1000),
                });
                var harness = new Harness(attack);
                harness.Set(attack.OracleWindow, 12).Set(attack.OracleAveraging, 1).Set(attack.Latency, 1)
                    .Set(attack.OraclePrice, Price).Set(attack.VenueIsUp, 1).Set(attack.Fee, fee);
                SetPool(harness, attack, 1000, 1000 * Price, ladder);
                harness.Set(attack.MarketPrice, Price).Start().Step();
                return [Value(attack.Sell), Value(attack.ExpectedCost)];
            }

            var (plain, laddered) = (Costs(false), Costs(true));
            Assert.Equal(plain[0], laddered[0], 1e-6 + (fee + 1e-9) * 1000 * (1 - multiple));
            Assert.Equal(plain[1], laddered[1], 1e-6 * plain[1] + 1e-6);
        }, iter: 100);

    [Fact]
    public void A_target_at_the_price_is_refused()
    {
        Assert.Empty(new Parameters().Check());
        Assert.Empty((new Parameters { TargetMultiple = new(0.999) }).Check());
        Assert.Equal("targetMultiple", Assert.Single(new Parameters { TargetMultiple = new(1) }.Check()).Parameter);
    }
}
