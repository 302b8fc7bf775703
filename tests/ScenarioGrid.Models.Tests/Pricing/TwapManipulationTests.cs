using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class TwapManipulationTests
{
    // Bentley's example: window 144 blocks, oracle 1.35 times, 50,000 a side.
    [Fact]
    public void Geometric_mean_costs_what_is_published()
    {
        ReferenceCases.Check("T1", Block(TwapManipulation.GeometricSpot(1.35, 144, 10)));
        ReferenceCases.Check("T2", [
            .. Block(TwapManipulation.GeometricSpot(1.35, 144, 20)),
            .. Block(TwapManipulation.GeometricSpot(1.35, 144, 72)),
        ]);
        ReferenceCases.Check("T3", Block(TwapManipulation.GeometricSpot(1.35, 144, 1))[..2]);
    }

    [Fact]
    public void Arithmetic_mean_costs_what_the_formula_gives() => ReferenceCases.Check("T4", [
        .. Block(TwapManipulation.ArithmeticSpot(1.35, 144, 1)),
        .. Block(TwapManipulation.ArithmeticSpot(1.35, 144, 10)),
    ]);

    [Fact]
    public void Crossover_to_one_block_equals_the_computed_root() => ReferenceCases.Check(
        "T17", [.. new[] { 2, 5, 10, 30 }.Select(TwapManipulation.SingleBlockCrossover)]);

    // One block adds 60.8 of the 3001 ticks that 35 % need.
    [Fact]
    public void Truncation_keeps_one_block_from_moving_the_mean()
    {
        var most = Math.Pow(TwapManipulation.GeometricShift(1.0001, 9116, 9116), 9116);
        ReferenceCases.Check("T18", most);
        Equal(1.0061, TwapManipulation.GeometricShift(most, 1, 150), 1e-4);
    }

    [Fact]
    public void Reserves_follow_from_the_traces_of_the_attack_on_Inverse()
    {
        var (weth, inv) = TwapManipulation.ImpliedReserves(300, 374.385477, 0.997, 50);
        ReferenceCases.Check("T19", weth, inv, weth / inv);
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

    private static double[] Block(double spot) => [
        spot, TwapManipulation.CapitalIn(50_000, spot), TwapManipulation.Loss(50_000, spot),
    ];

    private static void Equal(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Max(Math.Abs(expected), 1e-3),
            $"expected {expected:R}, actual {actual:R}, relative error {Math.Abs(actual / expected - 1):E2}");
}
