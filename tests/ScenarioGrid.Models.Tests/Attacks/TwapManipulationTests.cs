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
public class TwapManipulationTests
{
    private const double Price = 2000, Quote = 5e5;

    private static readonly Parameters Reckless = new()
    {
        Rational = false, Budget = new(1e9), HoldTime = new(120), Financing = new(0), TargetMultiple = new(1.1),
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

    [Fact]
    public void Profit_is_the_change_of_wealth_at_the_fair_price() =>
        Gen.Select(
            Gen.Double[1.01, 1.5], Gen.Int[1, 20], Gen.Enum<TwapManipulation.Regime>(), Gen.Double[0, 0.003]).Sample(
            (target, blocks, regime, fee) =>
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
            var usdIn = Value(attack.Received) + Value(attack.AttackDebt);
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

            // The reserves of the first keep the fee, the ladder does not know of it.
            Assert.Equal(plain[0], laddered[0], 1e-6 + (fee + 1e-9) * plain[0]);
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
            Lane[] buys = [attack.BuyDepth10, attack.BuyDepth50, attack.BuyDepth100, attack.BuyDepth200];
            foreach (var depth in buys.Append(attack.BuyDepth1000))
            {
                harness.Set(depth, 1e5);
            }

            harness.Set(attack.MarketPrice, Price).Start().Step();
            return Value(attack.ExpectedCost);
        }

        Assert.Equal(Cost(1.01), Cost(100), 1e-6);
        Assert.True(Cost(1.0005 + 1e-9) < Cost(1.01));
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
        Assert.Equal(0.8 * 1.5 * 4e6 - 4e6, Value(scene.Attack.Gain), 1);
        scene.Step(1);
        Assert.Equal(0, Value(scene.Attack.AttackDebt) + Value(scene.Attack.AttackCollateral));
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

    private static void SetPool(Harness harness, TwapManipulation attack, double x, double y, bool ladder)
    {
        harness.Set(attack.ReserveBase, x).Set(attack.ReserveQuote, y).Set(attack.Spot, y / x);
        harness.Set(attack.Curve, ladder ? 1 : 0);
        Lane[] sells =
            [attack.SellDepth10, attack.SellDepth50, attack.SellDepth100, attack.SellDepth200, attack.SellDepth1000];
        Lane[] buys =
            [attack.BuyDepth10, attack.BuyDepth50, attack.BuyDepth100, attack.BuyDepth200, attack.BuyDepth1000];
        for (var k = 0; k < sells.Length; k++)
        {
            harness.Set(sells[k], x * (LiquidityLadder.SellRoots[k] - 1));
            harness.Set(buys[k], y * (LiquidityLadder.BuyRoots[k] - 1));
        }
    }

    private static double Value(Lane lane) => lane.Span[0];

    private sealed class Scene
    {
        private readonly Harness _attack, _oracle, _venue;

        public Scene(
            Parameters parameters, TwapOracle.Average mean, double fee = 0, double onset = 0, double window = 1800,
            ConstantProductVenue.Timing timing = ConstantProductVenue.Timing.NextTick, double truncation = 0)
        {
            Venue = new(new()
            {
                Liquidity = new(2 * Quote), Fee = new(fee), Turnover = new(0), LiquiditySpeed = new(0),
                ArbitrageTiming = timing,
            });
            Oracle = new(new()
            {
                Mean = mean, Cadence = new(12), Window = new(window), BreakLimit = new(10),
                Truncation = new(truncation),
            });
            Attack = new(parameters) { Onset = onset };
            (_venue, _oracle, _attack) = (new(Venue), new(Oracle), new(Attack));
            _venue.Set(Venue.MarketPrice, Price).Set(Venue.MarketVolatility, 0.8).Set(Venue.ChainIsUp, 1);
            _oracle.Set(Oracle.ChainIsUp, 1);
            Oracle.VenueSpot.Attach(Venue.Spot);
            Oracle.MarketPrice.Attach(Venue.MarketPrice);
            Attack.OraclePrice.Attach(Oracle.Price);
            Attack.OracleWindow.Attach(Oracle.Window);
            Attack.OracleAveraging.Attach(Oracle.Averaging);
            Attack.OracleMoveLimit.Attach(Oracle.MoveLimit);
            Attack.MarketPrice.Attach(Venue.MarketPrice);
            foreach (var (to, from) in new (Lane, Lane)[]
            {
                (Attack.ReserveBase, Venue.ReserveBase), (Attack.ReserveQuote, Venue.ReserveQuote),
                (Attack.Fee, Venue.Fee), (Attack.Spot, Venue.Spot), (Attack.VenueIsUp, Venue.IsUp),
                (Attack.Latency, Venue.Latency), (Attack.VenueSpent, Venue.SpentQuote),
                (Attack.VenueBought, Venue.BoughtBase), (Attack.VenueSold, Venue.SoldBase),
                (Attack.VenueProceeds, Venue.Proceeds), (Venue.Buy, Attack.Buy), (Venue.Sell, Attack.Sell),
            })
            {
                to.Attach(from);
            }

            _venue.Start();
            _oracle.Start();
            _attack.Start();
        }

        public ConstantProductVenue Venue { get; }

        public TwapOracle Oracle { get; }

        public TwapManipulation Attack { get; }

        public void Lend(double cash, double limit, double lenderPrice = 0) => _attack.Set(Attack.LenderCash, cash)
            .Set(Attack.BorrowLimit, limit).Set(Attack.LenderPrice, lenderPrice);

        public void SetBudget(double cash) => _attack.Set(Attack.Cash, cash);

        public void Step(int ticks)
        {
            for (var tick = 0; tick < ticks; tick++)
            {
                _oracle.Step();
                _attack.Step();
                _venue.Step();
            }
        }

        /// <summary>What the attacker has at the fair price; orders on their way count as what was sent.</summary>
        public double Wealth() => Value(Attack.Cash) + Value(Attack.FlyingQuote)
            + Price * (Value(Attack.Pledge) + Value(Attack.Inventory) + Value(Attack.FlyingBase));
    }
}
