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

/// <summary>Attack, oracle and venue wired lane to lane, as the engine does it.</summary>
public partial class TwapManipulationTests
{
    private const double Price = 2000, Quote = 5e5;

    private static readonly Parameters Reckless = new()
    {
        Rational = false, Budget = new(1e9), HoldTime = new(120), Financing = new(0), TargetMultiple = new(1.1),
        Bundled = false,
    };

    // Systems row 7 (b): the oracle ends at the multiple asked for, by m^(k/W) or 1 + (m - 1) k/W.
    [Theory]
    [InlineData(TwapOracle.Average.Geometric)]
    [InlineData(TwapOracle.Average.Arithmetic)]
    public void The_oracle_moves_to_the_target(TwapOracle.Average mean)
    {
        var scene = new Scene(Reckless, mean);
        scene.Step(11);
        Assert.Equal(1.1 * Price, Value(scene.Oracle.Price), 1e-9 * Price);
        Assert.Equal(Math.Log(1.1), Value(scene.Attack.OracleShift), 1e-9);
        var q = mean == TwapOracle.Average.Geometric
            ? Formula.GeometricSpot(1.1, 150, 10)
            : Formula.ArithmeticSpot(1.1, 150, 10);
        Assert.Equal(q, Value(scene.Attack.SpotMultiple), 1e-12 * q);
    }

    // Systems row 7 (c): each arbitraged block of a pool without fee costs y (sqrt(m) - 1)^2 / sqrt(m).
    [Fact]
    public void Each_arbitraged_block_costs_the_closed_form()
    {
        var scene = new Scene(Reckless, TwapOracle.Average.Geometric);
        var loss = Formula.Loss(Quote, Formula.GeometricSpot(1.1, 150, 10));
        scene.Step(1);
        for (var block = 1; block <= 10; block++)
        {
            scene.Step(1);
            Assert.Equal(block * loss, Value(scene.Attack.Cost), 1e-9 * block * loss);
        }

        scene.Step(1);
        Assert.Equal(10 * loss, Value(scene.Attack.Cost), 0.01 * loss);
    }

    [Theory]
    [InlineData(1.01, 1.5)]
    [InlineData(0.7, 0.99)]
    public void Profit_is_the_change_of_wealth_at_the_fair_price(double lowest, double highest) =>
        Gen.Select(
            Gen.Double[lowest, highest], Gen.Int[1, 20], Gen.Enum<TwapManipulation.Regime>(), Gen.Double[0, 0.003])
            .Sample((target, blocks, regime, fee) =>
            {
                var scene = new Scene(
                    Reckless with
                    {
                        TargetMultiple = new(target), HoldTime = new(12 * blocks), Regime = regime,
                        Exposure = new(100), Financing = new(0.1), ProposerShare = new(0.5),
                    },
                    TwapOracle.Average.Geometric, fee);
                scene.Lend(1e7, 0.8);
                var before = scene.Wealth();
                scene.Step(blocks + 200);
                Assert.Equal(scene.Wealth() - before, Value(scene.Attack.Profit), 1e-9 * 1e9);
            }, iter: 30);

    [Fact]
    public void Holdings_change_only_by_what_enters_and_leaves()
    {
        var scene = new Scene(
            Reckless with { Regime = TwapManipulation.Regime.Bribe, Exposure = new(10), Financing = new(1) },
            TwapOracle.Average.Geometric, 0.003);
        scene.Lend(1e7, 0.9);
        var attack = scene.Attack;
        for (var tick = 0; tick < 60; tick++)
        {
            var usd = Value(attack.Cash) + Value(attack.FlyingQuote);
            var coins = Value(attack.Pledge) + Value(attack.Inventory) + Value(attack.FlyingBase);
            scene.Step(1);
            var usdIn = Value(attack.Received);
            var change = Value(attack.Cash) + Value(attack.FlyingQuote) - usd;
            Assert.Equal(usdIn - Value(attack.Paid), change, 1e-12 * 1e9);
            var coinsOut = Value(attack.Sold) + Value(attack.AttackCollateral);
            change = Value(attack.Pledge) + Value(attack.Inventory) + Value(attack.FlyingBase) - coins;
            Assert.Equal(Value(attack.Bought) - coinsOut, change, 1e-9);
        }
    }

    [Fact]
    public void Whoever_proposes_every_block_pays_only_fees()
    {
        var scene = new Scene(
            Reckless with { Regime = TwapManipulation.Regime.ProposerControl, ProposerShare = new(1) },
            TwapOracle.Average.Geometric);
        scene.Step(12);
        Assert.Equal(0, Value(scene.Attack.Cost), 1e-3);
        Assert.True(Value(scene.Attack.Capital) > 0 || Value(scene.Attack.Inventory) < 1e-6);
    }

    [Fact]
    public void A_bribed_builder_earns_what_arbitrage_would()
    {
        var bribed = new Scene(
            Reckless with { Regime = TwapManipulation.Regime.Bribe }, TwapOracle.Average.Geometric);
        bribed.Step(12);
        var loss = 10 * Formula.Loss(Quote, Formula.GeometricSpot(1.1, 150, 10));
        Assert.Equal(loss, Value(bribed.Attack.Cost), 1e-6 * loss);
    }

    [Fact]
    public void It_leaves_collateral_that_is_worth_less_than_the_loan()
    {
        var scene = new Scene(
            Reckless with { TargetMultiple = new(1.5), Collateral = new(4e6) }, TwapOracle.Average.Geometric);
        scene.Lend(1e8, 0.8);
        scene.Step(11);
        Assert.Equal(2000, Value(scene.Attack.AttackCollateral), 1e-9);
        Assert.Equal(0.8 * 2000 * 1.5 * Price, Value(scene.Attack.AttackDebt), 1);
        scene.Step(1);
        Assert.Equal(0, Value(scene.Attack.AttackDebt) + Value(scene.Attack.AttackCollateral));
        scene.Grant(0.8 * 1.5 * 4e6);
        scene.Step(1);
        Assert.Equal(0.8 * 1.5 * 4e6 - 4e6, Value(scene.Attack.Gain), 1);
        var modest = new Scene(Reckless, TwapOracle.Average.Geometric);
        modest.Lend(1e8, 0.8);
        modest.Step(11);
        Assert.Equal(0, Value(modest.Attack.AttackDebt));
    }

    [Fact]
    public void The_loan_is_no_more_than_the_lender_has()
    {
        var scene = new Scene(
            Reckless with { TargetMultiple = new(1.5), Collateral = new(4e6) }, TwapOracle.Average.Geometric);
        scene.Lend(4.1e6, 0.8);
        scene.Step(11);
        Assert.Equal(4.1e6, Value(scene.Attack.AttackDebt));
    }

    [Fact]
    public void A_rational_attacker_acts_only_for_a_profit_within_the_budget()
    {
        var cost = 10 * Formula.Loss(Quote, Formula.GeometricSpot(1.1, 150, 10));
        var exposure = cost / (0.1 * Price);
        bool Engages(double share, double budget)
        {
            var scene = new Scene(
                Reckless with { Rational = true, Exposure = new(share * exposure), Budget = new(budget) },
                TwapOracle.Average.Geometric);
            scene.Step(12);
            return Value(scene.Attack.Engaged) == 1;
        }

        Assert.False(Engages(0.99, 1e9));
        Assert.True(Engages(1.1, 1e9));
        Assert.False(Engages(1.1, 1e5));
    }

    [Fact]
    public void A_longer_window_makes_the_same_shift_dearer()
    {
        double Cost(double window)
        {
            var scene = new Scene(Reckless, TwapOracle.Average.Geometric, window: window);
            scene.Step(40);
            return Value(scene.Attack.Cost);
        }

        var costs = new[] { 300.0, 600, 1200, 1800 }.Select(Cost).ToArray();
        Assert.Equal(costs.Order(), costs);
    }

    [Fact]
    public void Nothing_happens_before_the_onset()
    {
        var scene = new Scene(Reckless, TwapOracle.Average.Geometric, onset: 600);
        scene.Step(50);
        Assert.Equal(0, Value(scene.Attack.Buy) + Value(scene.Attack.Engaged));
        scene.Step(1);
        Assert.True(Value(scene.Attack.Buy) > 0);
    }

    [Fact]
    public void Arbitrage_within_the_tick_keeps_the_oracle_where_it_is()
    {
        var scene = new Scene(
            Reckless, TwapOracle.Average.Geometric, timing: ConstantProductVenue.Timing.WithinTick);
        scene.Step(12);
        Assert.Equal(Price, Value(scene.Oracle.Price), 1e-9 * Price);
        Assert.True(Value(scene.Attack.Profit) < 0);
    }

    [Fact]
    public void Inventory_is_sold_after_the_hold()
    {
        var scene = new Scene(Reckless with { UnwindImpact = new(0.2) }, TwapOracle.Average.Geometric, 0.003);
        scene.Step(400);
        Assert.Equal(0, Value(scene.Attack.Inventory), 1e-9);
        Assert.Equal(0, Value(scene.Attack.FlyingBase), 1e-9);
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var scene = new Scene(
            Reckless with { Regime = TwapManipulation.Regime.SingleBlock, ProposerShare = new(0.4) },
            TwapOracle.Average.Arithmetic, 0.003);
        scene.Step(30);
        Assert.Equal(
            [1128162.7624076323, 998567888.25695014],
            new[] { Value(scene.Attack.Cost), Value(scene.Attack.Cash) });
    }

    private static double Value(Lane lane) => lane.Span[0];
}
