using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class LiquidityGridTests
{
    private static readonly LiquidityGrid Full = Ticks([-887_220, 887_220], [2]);

    /// <summary>Positions of depth 2 on all prices, below tick -60 and above tick 60.</summary>
    private static readonly LiquidityGrid Three = Ticks([-887_220, -60, 60, 887_220], [4, 2, 4]);

    private static readonly Gen<(double[] Edges, double[] Depths)> Bins = Gen.Select(
        Gen.Double[0.01, 0.5].Array[2, 20], Gen.Double[0.5, 100].Array[20], Gen.Int[0, 1].Array[20],
        (steps, depths, holes) =>
        {
            double[] edges = [0.5, .. steps.Select((_, j) => 0.5 * Math.Exp(steps.Take(j + 1).Sum()))];
            double[] kept = [.. steps.Select((_, j) => j == 1 ? 10 : depths[j] * holes[j])];
            return (edges, kept);
        });

    [Fact]
    public void Swaps_over_all_prices_equal_the_published_ones()
    {
        var sale = Full.SellBase(1, 0.997);
        ReferenceCases.Check("A11", sale.Out[0], Tick(sale));
        var exact = Full.TakeBase(1, 1);
        ReferenceCases.Check("A12", exact.Taken[0] / 0.997, Tick(exact));
        var down = Full.To(1, Math.Sqrt(0.5));
        ReferenceCases.Check("A13", down.Taken[0] / 0.997, down.Out[0]);
        var up = Full.To(1, Math.Sqrt(2.5));
        ReferenceCases.Check("A14", up.Taken[0] / 0.997, up.Out[0], Tick(up));
    }

    [Fact]
    public void Swaps_at_other_fees_and_prices_equal_the_published_ones()
    {
        var (sale, purchase) = (Full.SellBase(1, 0.9995), Full.BuyBase(1, 0.9995));
        ReferenceCases.Check("A15", sale.Out[0], Tick(sale), purchase.Out[0], Tick(purchase));
        ReferenceCases.Check("A16", Full.SellBase(1, 0.99).Out[0]);
        var dear = Full.SellBase(Math.Sqrt(10), 0.997);
        ReferenceCases.Check("A17", dear.Out[0], Tick(dear));
    }

    [Fact]
    public void Swaps_over_several_positions_equal_the_published_ones()
    {
        var (sale, purchase) = (Three.SellBase(1, 0.997), Three.BuyBase(1, 0.997));
        ReferenceCases.Check("A18", sale.Out[0], Tick(sale), purchase.Out[0], Tick(purchase));
        var down = Three.To(1, Math.Sqrt(0.4));
        ReferenceCases.Check("A19", down.Taken[0] / 0.997, down.Out[0]);
    }

    [Fact]
    public void A_swap_that_runs_out_takes_what_it_can_use()
    {
        var swap = Ticks([-10, 10], [2]).SellBase(1, 0.9995);
        ReferenceCases.Check("A20", swap.Taken[0] / 0.9995, swap.Out[0]);
        Assert.Equal(Ticks([-10, 10], [2]).Low, swap.Root[0], 1e-15);
    }

    [Fact]
    public void Two_steps_are_one_step() => Gen.Select(Bins, Gen.Double[0, 1], Gen.Double[0, 50], Gen.Double[0, 50])
        .Sample((bins, part, first, second) =>
        {
            var grid = new LiquidityGrid(bins.Edges, bins.Depths);
            var root = Math.Min(grid.Low + part * (grid.High - grid.Low), grid.High);
            var (one, both) = (grid.SellBase(root, first), grid.SellBase(root, first + second));
            var two = grid.SellBase(one.Root, second);
            Assert.Equal(both.Out[0], one.Out[0] + two.Out[0], 1e-9);
            Assert.Equal(both.Taken[0], one.Taken[0] + two.Taken[0], 1e-9);
            var (up, ups) = (grid.BuyBase(root, first), grid.BuyBase(root, first + second));
            var on = grid.BuyBase(up.Root, second);
            Assert.Equal(ups.Out[0], up.Out[0] + on.Out[0], 1e-9);
            Assert.Equal(ups.Taken[0], up.Taken[0] + on.Taken[0], 1e-9);
        });

    [Fact]
    public void What_a_swap_moves_is_the_change_of_what_is_held() =>
        Gen.Select(Bins, Gen.Double[0, 1], Gen.Double[0, 100]).Sample((bins, part, amount) =>
        {
            var grid = new LiquidityGrid(bins.Edges, bins.Depths);
            var root = Math.Min(grid.Low + part * (grid.High - grid.Low), grid.High);
            var (sale, purchase) = (grid.SellBase(root, amount), grid.BuyBase(root, amount));
            Assert.Equal(grid.BaseAt(sale.Root)[0] - grid.BaseAt(root)[0], sale.Taken[0], 1e-9);
            Assert.Equal(grid.QuoteAt(root)[0] - grid.QuoteAt(sale.Root)[0], sale.Out[0], 1e-9);
            Assert.Equal(grid.QuoteAt(purchase.Root)[0] - grid.QuoteAt(root)[0], purchase.Taken[0], 1e-9);
            Assert.Equal(grid.BaseAt(root)[0] - grid.BaseAt(purchase.Root)[0], purchase.Out[0], 1e-9);
            Assert.InRange(sale.Taken[0], 0, amount);
            Assert.InRange(sale.Root[0], grid.Low, root);
            Assert.InRange(purchase.Root[0], root, grid.High);
            var (isSold, isSpent) = (sale.Taken[0] > amount - 1e-9, purchase.Taken[0] > amount - 1e-9);
            Assert.True(isSold || sale.Root[0] <= grid.Low * (1 + 1e-9), $"{sale} of {amount:R}");
            Assert.True(isSpent || purchase.Root[0] >= grid.High * (1 - 1e-9), $"{purchase} of {amount:R}");
        });

    [Fact]
    public void A_sale_too_small_to_notice_does_not_lift_the_price()
    {
        var grid = new LiquidityGrid([0.6420127083438707, 0.9089330197756683], [10]);
        var root = 0.8409127158186336;
        Assert.All(Enumerable.Range(0, 1000), step =>
            Assert.InRange(grid.SellBase(root + step * 1e-16, 1e-81).Root[0], grid.Low, root + step * 1e-16));
    }

    [Fact]
    public void Exact_output_is_the_inverse_of_exact_input() =>
        Gen.Select(Bins, Gen.Double[0, 1], Gen.Double[0, 100]).Sample((bins, part, amount) =>
        {
            var grid = new LiquidityGrid(bins.Edges, bins.Depths);
            var root = Math.Min(grid.Low + part * (grid.High - grid.Low), grid.High);
            var sale = grid.SellBase(root, amount);
            var back = grid.TakeQuote(root, sale.Out);
            Assert.Equal(sale.Taken[0], back.Taken[0], 1e-8);
            var purchase = grid.BuyBase(root, amount);
            var again = grid.TakeBase(root, purchase.Out);
            Assert.Equal(purchase.Taken[0], again.Taken[0], 1e-8);
            var to = grid.To(root, sale.Root);
            Assert.Equal(sale.Out[0], to.Out[0], 1e-9);
        });

    [Fact]
    public void A_gap_is_jumped_at_no_cost()
    {
        var grid = new LiquidityGrid([1, 1.1, 1.5, 1.6], [10, 0, 10]);
        var swap = grid.BuyBase(1.05, 10 * 0.05 + 0.5);
        Assert.Equal(1.55, swap.Root[0], 1e-14);
        Assert.Equal(0, grid.DepthAt(1.2)[0]);
        var back = grid.SellBase(swap.Root, swap.Out);
        Assert.Equal((1.05, 1.0), (Math.Round(back.Root[0], 12), Math.Round(back.Out[0], 12)));
        Assert.Equal(1.1, grid.BuyBase(1.05, 0.5).Root[0], 1e-14);
        Assert.Equal(1.5, grid.SellBase(1.6, ConcentratedLiquidity.Base(1.5, 1.6, 10)).Root[0], 1e-14);
    }

    [Fact]
    public void Bins_that_make_no_grid_are_refused()
    {
        Assert.Contains("no bin has liquidity", Refused([1, 2], [0]), StringComparison.Ordinal);
        Assert.Contains("bin 1 from 2 to 2", Refused([1, 2, 2], [1, 1]), StringComparison.Ordinal);
        Assert.Contains("depth -1", Refused([1, 2], [-1]), StringComparison.Ordinal);
        Assert.Contains("1 bins need 2", Refused([1], [1]), StringComparison.Ordinal);
    }

    private static string Refused(double[] edges, double[] depths) =>
        Assert.Throws<ArgumentException>(() => new LiquidityGrid(edges, depths)).Message;

    private static LiquidityGrid Ticks(int[] ticks, double[] depths) =>
        new([.. ticks.Select(ConcentratedLiquidity.RootAt)], depths);

    private static double Tick(GridSwap swap) => ConcentratedLiquidity.TickAt(swap.Root[0]);
}
