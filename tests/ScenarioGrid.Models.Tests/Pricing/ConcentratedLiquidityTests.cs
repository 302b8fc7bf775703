using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class ConcentratedLiquidityTests
{
    private const double TwoTo96 = 79228162514264337593543950336.0;

    [Fact]
    public void Roots_after_a_swap_equal_the_published_vectors() => ReferenceCases.Check("A7",
        ConcentratedLiquidity.AfterQuote(1, 1, 0.1) * TwoTo96, ConcentratedLiquidity.AfterBase(1, 1, 0.1) * TwoTo96);

    [Fact]
    public void A_step_to_a_price_equals_the_published_vector()
    {
        const double Fee = 600e-6;
        var root = Math.Sqrt(1.01);
        var paid = ConcentratedLiquidity.Quote(1, root, 2);
        ReferenceCases.Check("A8", paid, paid * Fee / (1 - Fee), ConcentratedLiquidity.Base(1, root, 2));
    }

    [Fact]
    public void Roots_at_ticks_equal_the_published_vectors() => ReferenceCases.Check("A9",
        [.. new[] { 50, 250, 1000, 5000, 50_000, -50_000 }.Select(t => ConcentratedLiquidity.RootAt(t) * TwoTo96)]);

    [Fact]
    public void Ticks_at_roots_equal_the_published_vectors() => ReferenceCases.Check("A10",
        [.. new[] { 2, 8, 64, 1e6 }.Select(price => (double)ConcentratedLiquidity.TickAt(Math.Sqrt(price)))]);

    [Fact]
    public void A_tick_holds_the_prices_from_its_own_to_the_next() =>
        Gen.Select(Gen.Int[ConcentratedLiquidity.TickMin, ConcentratedLiquidity.TickMax - 1], Gen.Double[0, 0.999])
            .Sample((tick, part) =>
            {
                var root = ConcentratedLiquidity.RootAt(tick);
                Assert.Equal(tick, ConcentratedLiquidity.TickAt(root));
                var within = root + part * (ConcentratedLiquidity.RootAt(tick + 1) - root);
                Assert.Equal(tick, ConcentratedLiquidity.TickAt(within));
                Assert.Equal(Math.Pow(1.0001, 0.5 * tick), root, 1e-9 * root);
            });

    [Fact]
    public void Loss_and_efficiency_of_a_range_equal_the_closed_form()
    {
        double root = Math.Sqrt(2000), low = Math.Sqrt(1800), high = Math.Sqrt(2200);
        ReferenceCases.Check("A36", ConcentratedLiquidity.LossRate(0.8, root, low, high),
            ConcentratedLiquidity.Efficiency(root, low, high));
        Assert.Equal(0, ConcentratedLiquidity.LossRate(0.8, 2 * high, low, high));
    }

    [Fact]
    public void The_value_of_a_range_is_that_of_its_coins_and_never_above_that_of_all_prices() =>
        Gen.Select(Gen.Double[0.1, 10], Gen.Double[0.1, 1], Gen.Double[1.01, 10]).Sample((root, low, factor) =>
        {
            var high = low * factor;
            var value = ConcentratedLiquidity.Value(root, low, high, 3);
            if (root > low && root < high)
            {
                Assert.Equal(3 * (2 * root - root * root / high - low), value, 1e-12 * (root + root * root / high));
            }

            Assert.InRange(value, 0, 6 * root);
        });

    [Fact]
    public void A_swap_forth_and_back_returns_to_the_root() =>
        Gen.Select(Gen.Double[0.1, 10], Gen.Double[1, 1e6], Gen.Double[1e-6, 5]).Sample((root, depth, share) =>
        {
            var paid = share * depth / root;
            var after = ConcentratedLiquidity.AfterBase(root, depth, paid);
            Assert.Equal(paid, ConcentratedLiquidity.Base(after, root, depth), 1e-9 * paid);
            var quote = ConcentratedLiquidity.Quote(after, root, depth);
            Assert.Equal(root, ConcentratedLiquidity.AfterQuote(after, depth, quote), 1e-12 * root);
        });
}
