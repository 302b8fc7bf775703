using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class TwapManipulationTests
{
    // T1, T2: Bentley (Euler), cost-of-attack.tex: window 144 blocks, oracle 1.35 times, 50,000 a side.
    [Theory]
    [InlineData(10, 75.301957560315, 383883.50268337, 339645.41800059)]
    [InlineData(20, 8.6776700536673, 97289.426416727, 64262.810459426)]
    [InlineData(72, 1.8225, 17500, 4537.037037037)]
    public void Geometric_mean_costs_what_is_published(int held, double spot, double capital, double loss)
    {
        var q = TwapManipulation.GeometricSpot(1.35, 144, held);
        Equal(spot, q, 1e-11);
        Equal(capital, TwapManipulation.CapitalIn(50_000, q), 1e-11);
        Equal(loss, TwapManipulation.Loss(50_000, q), 1e-11);
    }

    // T3: one block, Bentley.
    [Fact]
    public void One_block_of_a_geometric_mean_costs_what_is_published()
    {
        var q = TwapManipulation.GeometricSpot(1.35, 144, 1);
        Equal(5.8622274304746e18, q, 1e-10);
        Equal(1.2106018570976e14, TwapManipulation.CapitalIn(50_000, q), 1e-10);
    }

    // T4.
    [Theory]
    [InlineData(1, 51.4, 308468.9665787, 265443.07098684)]
    [InlineData(10, 6.04, 72882.057274445, 43226.768743724)]
    public void Arithmetic_mean_costs_what_the_formula_gives(int held, double spot, double capital, double loss)
    {
        var q = TwapManipulation.ArithmeticSpot(1.35, 144, held);
        Equal(spot, q, 1e-11);
        Equal(capital, TwapManipulation.CapitalIn(50_000, q), 1e-11);
        Equal(loss, TwapManipulation.Loss(50_000, q), 1e-11);
    }

    // T17 and the other crossovers of the section.
    [Theory]
    [InlineData(2, 3.43910910685)]
    [InlineData(5, 2.24452023881)]
    [InlineData(10, 1.65073073882)]
    [InlineData(30, 1.03926908584)]
    public void Crossover_to_one_block_equals_the_computed_root(int blocks, double shift) =>
        Equal(shift, TwapManipulation.SingleBlockCrossover(blocks), 1e-9);

    // T18: 9116 ticks are a factor of 2.488 a block; one block adds 60.8 of the 3001 ticks that 35 % need.
    [Fact]
    public void Truncation_keeps_one_block_from_moving_the_mean()
    {
        var perBlock = TwapManipulation.GeometricShift(1.0001, 9116, 9116);
        var most = Math.Pow(perBlock, 9116);
        Equal(2.48818722447, most, 1e-10);
        Equal(1.0061, TwapManipulation.GeometricShift(most, 1, 150), 1e-4);
    }

    // T19: Inverse Finance, 2022: 300 WETH in at 30 bp, 374.385477 INV out, price times 50.
    [Fact]
    public void Reserves_follow_from_the_traces_of_the_attack_on_Inverse()
    {
        var (weth, inv) = TwapManipulation.ImpliedReserves(300, 374.385477, 0.997, 50);
        Equal(49.27, weth, 0.02);
        Equal(436.05, inv, 0.02);
        Equal(0.113, weth / inv, 0.02);
    }

    [Fact]
    public void Spot_and_shift_are_inverse() =>
        Gen.Select(Gen.Double[1, 3], Gen.Int[1, 100]).Sample((multiple, held) =>
        {
            var geometric = TwapManipulation.GeometricSpot(multiple, 100, held);
            Equal(multiple, TwapManipulation.GeometricShift(geometric, held, 100), 1e-12);
            var arithmetic = TwapManipulation.ArithmeticSpot(multiple, 100, held);
            Equal(multiple, TwapManipulation.ArithmeticShift(arithmetic, held, 100), 1e-12);
            Equal(TwapManipulation.Loss(7.0, arithmetic),
                TwapManipulation.CapitalIn(7, arithmetic) - TwapManipulation.Received(7, arithmetic), 1e-9);
        });

    [Fact]
    public void An_exponential_mean_with_full_weight_follows_the_spot()
    {
        Equal(1.5, TwapManipulation.ExponentialSpot(1.5, 1, 1), 1e-15);
        var q = TwapManipulation.ExponentialSpot(1.5, 0.1, 3);
        Equal(Math.Log(1.5), Math.Log(q) * (1 - 0.9 * 0.9 * 0.9), 1e-13);
    }

    [Fact]
    public void Liquidity_needed_makes_the_attack_break_even() =>
        Equal(1e6, TwapManipulation.Loss(TwapManipulation.SideNeeded(1e6, 2), 2), 1e-14);

    private static void Equal(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Max(Math.Abs(expected), 1e-3),
            $"expected {expected:R}, actual {actual:R}, relative error {Math.Abs(actual / expected - 1):E2}");
}
