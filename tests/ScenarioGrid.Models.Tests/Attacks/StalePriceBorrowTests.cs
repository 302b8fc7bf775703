using ScenarioGrid.Models.Attacks;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Tests.Kernel;
using LiquidityLadder = ScenarioGrid.Models.Pricing.LiquidityLadder;
using Parameters = ScenarioGrid.Models.Attacks.StalePriceBorrow.Parameters;

namespace ScenarioGrid.Models.Tests.Attacks;

/// <summary>The attack between a venue that fills every order and a lender that grants every loan.</summary>
public class StalePriceBorrowTests
{
    private const double Market = 0.01, Frozen = 0.107, LoanToValue = 0.55, Quote = 1e6, Fee = 0.003;

    private static readonly Parameters Fast = new()
    {
        Budget = new(1e5), Speed = new(1e6), Margin = new(0), BuyImpact = new(0.05), StepGas = new(0),
    };

    [Theory]
    [InlineData(Market / LoanToValue / (1 - Fee) * 0.9999, 0)]
    [InlineData(Market / LoanToValue / (1 - Fee) * 1.0001, 1)]
    public void It_acts_where_the_oracle_is_above_the_market_by_one_over_the_loan_to_value(double oracle, double acts)
    {
        var scene = new Scene(Fast, oracle, cash: 1e7);
        scene.Step(5);
        Assert.Equal(acts, Value(scene.Attack.Engaged));
    }

    // LUNA at Venus: 11.2M at 0.107 and 55 % need 190M tokens, 1.9M USD at a cent.
    [Fact]
    public void It_takes_the_cash_of_the_lender_for_the_price_of_the_collateral()
    {
        var scene = new Scene(Fast, Frozen, cash: 11.2e6);
        scene.Step(200);
        var tokens = 11.2e6 / (LoanToValue * Frozen);
        Assert.Equal(0, scene.Cash, 1e-6 * 11.2e6);
        Assert.Equal(11.2e6, Value(scene.Attack.Borrowed), 1e-6 * 11.2e6);
        Assert.InRange(Value(scene.Attack.Posted), tokens, 1.03 * tokens);
        Assert.InRange(Value(scene.Attack.Cost), tokens * Market / (1 - Fee), 1.06 * tokens * Market);
        var profit = 11.2e6 - Value(scene.Attack.Cost);
        Assert.Equal(profit, Value(scene.Attack.Profit), 1.1 * Value(scene.Attack.Inventory) * Market);
        Assert.Equal(1, Value(scene.Attack.Success));
    }

    [Fact]
    public void A_supply_cap_leaves_the_loan_to_value_of_the_cap()
    {
        var scene = new Scene(Fast with { SupplyCap = new(2e6) }, Frozen, cash: 11.2e6);
        scene.Step(200);
        Assert.Equal(LoanToValue * 2e6, Value(scene.Attack.Borrowed), 1e-6 * 2e6);
        Assert.Equal(2e6 / Frozen, Value(scene.Attack.Posted), 1e-6 * 2e6 / Frozen);
    }

    [Theory]
    [InlineData(1e5, 1e6, 0.05)]
    [InlineData(1e9, 500, 0.05)]
    [InlineData(100, 1e6, 0.05)]
    [InlineData(1e9, 1e6, 0.2)]
    public void A_tick_spends_what_budget_speed_and_liquidity_allow(double budget, double speed, double impact)
    {
        var scene = new Scene(
            Fast with { Budget = new(budget), Speed = new(speed), BuyImpact = new(impact) }, Frozen, cash: 1e8);
        scene.Step(1);
        var reach = Quote * (Math.Sqrt(1 + impact) - 1) / (1 - Fee);
        var expected = Math.Min(Math.Min(budget, speed * 12), reach);
        Assert.Equal(expected, Value(scene.Attack.Buy), 1e-12 * expected);
    }

    // A ladder cut from a constant product gives its closed form back.
    [Fact]
    public void A_ladder_takes_what_the_pool_takes_that_it_describes()
    {
        var (pool, ladder) = (new Scene(Fast with { Budget = new(1e9) }, Frozen, 1e8),
            new Scene(Fast with { Budget = new(1e9) }, Frozen, 1e8, hasLadder: true));
        pool.Step(1);
        ladder.Step(1);
        var expected = Value(pool.Attack.Buy);
        Assert.True(expected > 0);
        Assert.Equal(expected, Value(ladder.Attack.Buy), 1e-9 * expected);
    }

    [Fact]
    public void Holdings_change_only_by_what_enters_and_leaves()
    {
        var scene = new Scene(Fast with { StepGas = new(500_000) }, Frozen, cash: 1e6);
        var attack = scene.Attack;
        for (var tick = 0; tick < 60; tick++)
        {
            var (usd, coins) = (Value(attack.Cash) + Value(attack.Flying), Value(attack.Inventory));
            scene.Step(1);
            var change = Value(attack.Cash) + Value(attack.Flying) - usd;
            Assert.Equal(Value(attack.Received) - Value(attack.Paid), change, 1e-9 * 1e6);
            change = Value(attack.Inventory) - coins;
            Assert.Equal(Value(attack.Bought) - Value(attack.AttackCollateral), change, 1e-9 * 1e8);
        }

        Assert.True(Value(attack.Borrowed) > 0);
    }

    [Fact]
    public void Nothing_happens_before_the_onset_or_after_the_end()
    {
        var scene = new Scene(Fast with { For = new(120) }, Frozen, cash: 1e8, onset: 120);
        scene.Step(10);
        Assert.Equal(0, Value(scene.Attack.Buy) + Value(scene.Attack.Cost));
        scene.Step(10);
        Assert.True(Value(scene.Attack.Buy) > 0);
        scene.Step(1);
        Assert.Equal(0, Value(scene.Attack.Buy) + Value(scene.Attack.AttackDebt));
    }

    [Fact]
    public void A_purchase_that_does_not_earn_its_gas_is_not_made()
    {
        var scene = new Scene(Fast with { Budget = new(100), StepGas = new(10_000_000) }, Frozen, cash: 1e8);
        scene.Step(5);
        Assert.Equal(0, Value(scene.Attack.Cost));
    }

    [Fact]
    public void A_fixed_scene_gives_a_fixed_result()
    {
        var scene = new Scene(new(), Frozen, cash: 1e7);
        scene.Step(100);
        Assert.Equal(
            [8202563.8272175826, 1797436.1727824197], new[] { Value(scene.Attack.Profit), Value(scene.Attack.Cost) });
    }

    private static double Value(Lane lane) => lane.Span[0];

    private sealed class Scene
    {
        private readonly Harness _harness;
        private readonly double _oracle;
        private double _asked, _posted, _owed, _ordered;

        public Scene(Parameters parameters, double oracle, double cash, bool hasLadder = false, double onset = 0)
        {
            (Attack, Cash, _oracle) = (new(parameters) { Onset = onset }, cash, oracle);
            _harness = new Harness(Attack);
            foreach (var (lane, value) in new (Lane, double)[]
            {
                (Attack.OraclePrice, oracle), (Attack.BorrowLimit, LoanToValue), (Attack.ReserveQuote, Quote),
                (Attack.Fee, Fee), (Attack.Spot, Market), (Attack.MarketPrice, Market), (Attack.VenueIsUp, 1),
                (Attack.Latency, 1), (Attack.GasPrice, 20), (Attack.NativePrice, 2000),
                (Attack.Curve, hasLadder ? 1 : 0),
            })
            {
                _harness.Set(lane, value);
            }

            for (var knot = 0; knot < LiquidityLadder.Bins; knot++)
            {
                _harness.Set(Attack.BuyDepths, knot, Quote * (Math.Sqrt(1 + LiquidityLadder.PriceMoves[knot]) - 1));
            }

            _harness.Start();
        }

        public StalePriceBorrow Attack { get; }

        /// <summary>What the lender can lend.</summary>
        public double Cash { get; private set; }

        /// <summary>Ticks of attack, lender and venue: the lender answers a tick later, the venue in the same one, and
        /// arbitrage takes the price back.</summary>
        public void Step(int ticks)
        {
            for (var tick = 0; tick < ticks; tick++)
            {
                _harness.Set(Attack.VenueSpent, _ordered).Set(Attack.VenueBought, Bought(_ordered))
                    .Set(Attack.LenderCash, Cash).Step();
                var granted = Math.Max(Math.Min(Math.Min(_asked, _posted * _oracle * LoanToValue - _owed), Cash), 0);
                Cash -= granted;
                _owed += granted;
                _harness.Set(Attack.Granted, granted);
                _posted += Value(Attack.AttackCollateral);
                (_asked, _ordered) = (Value(Attack.AttackDebt), Value(Attack.Buy));
            }
        }

        private static double Bought(double spent)
        {
            var net = spent * (1 - Fee);
            return Quote / Market * net / (Quote + net);
        }
    }
}
