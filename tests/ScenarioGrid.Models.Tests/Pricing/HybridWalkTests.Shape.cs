using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

/// <content>A book in its shape.</content>
public partial class HybridWalkTests
{
    private static readonly double[] Powers = [0.5, 1, 1.7, 2, 3, 4];

    [Fact]
    public void Shape_and_curve_end_at_one_marginal_price()
    {
        var bids = new ShapedSide(new DepthShape(0.01, 1.5, isAsk: false), 1999, 100, 90);
        var sale = new HybridWalk(60, 1000, 2e6, 0.9995, double.PositiveInfinity);
        sale.Shape(bids);
        sale.Rest();
        ReferenceCases.Check(
            "Hy18", sale.CurveIn[0], sale.BookIn[0], (sale.CurveOut + sale.BookOut)[0], sale.Marginal[0]);

        var asks = new ShapedSide(new DepthShape(0.01, 2, isAsk: true), 2001, 100, 90);
        var purchase = new HybridWalk(120_000, 2e6, 1000, 0.9995, double.PositiveInfinity);
        purchase.Shape(asks);
        purchase.Rest();
        ReferenceCases.Check(
            "Hy19", purchase.CurveIn[0], purchase.BookIn[0], (purchase.CurveOut + purchase.BookOut)[0],
            1 / purchase.Marginal[0]);
    }

    [Fact]
    public void Nothing_is_lost_and_no_better_price_is_passed() =>
        Gen.Select(
            Gen.Double[-4, 4], Gen.Double[-8, 6], Gen.Double[0, 1], Gen.Int[0, 5],
            Gen.Double[0.97, 1.03], Gen.Double[1, 50], Gen.Bool).Sample(
            (size, pool, used, power, gap, concentration, isAsk) =>
            {
                // A book of 100 coins, pools from a millionth of a coin to a million, orders up to a hundred books.
                var side = new ShapedSide(new DepthShape(0.02, Powers[power], isAsk), 2000, 100, 100 * (1 - used));
                double coins = Math.Pow(10, pool) * concentration, quote = coins * 2000 * gap;
                var (x, y) = isAsk ? (quote, coins) : (coins, quote);
                var amount = Math.Pow(10, size - 2) * 100 * (isAsk ? 2000 : 1);
                var most = concentration > 2 ? x / (1 - 1 / concentration) : double.PositiveInfinity;
                var walk = new HybridWalk(amount, x, y, 0.9995, most);
                var traded = walk.Shape(side)[0];
                walk.Rest();
                Assert.True(walk.TradedThrough.None);
                Assert.Equal(amount, (walk.Left + walk.CurveIn + walk.BookIn)[0], 1e-12 * amount);
                Assert.Equal((isAsk ? walk.BookOut : walk.BookIn)[0], traded);
                Assert.InRange(traded, 0, side.Base[0] * (1 + 1e-13));
                Assert.True(double.IsPositiveInfinity(most) ? walk.Left[0] <= 1e-12 * amount : walk.Left[0] >= 0);
            }, iter: 20_000);

    [Fact]
    public void No_split_between_shape_and_curve_brings_more() =>
        Gen.Select(Gen.Double[1, 120], Gen.Double[0, 50], Gen.Double[1, 3]).Sample((amount, used, power) =>
        {
            var side = new ShapedSide(new DepthShape(0.02, power, isAsk: false), 1999, 100, 100 - used);
            var walk = new HybridWalk(amount, 1000, 2e6, 0.9995, double.PositiveInfinity);
            walk.Shape(side);
            walk.Rest();
            var best = (walk.CurveOut + walk.BookOut)[0];
            for (var n = 0; n <= 200; n++)
            {
                var end = side.From + (1.0 - side.From) * (n / 200.0);
                var book = Math.Min(side.BaseTo(end)[0], amount);
                if (book < amount)
                {
                    var curve = ConstantProduct.Out(amount - book, 1000, 2e6, 0.9995);
                    Assert.True(side.ValueTo(end)[0] + curve <= best * (1 + 1e-12));
                }
            }
        }, iter: 200);

    [Fact]
    public void Without_a_curve_the_shape_takes_what_it_can()
    {
        var side = new ShapedSide(new DepthShape(0.02, 2, isAsk: false), 2000, 100, 100);
        foreach (var (amount, filled) in new[] { (25.0, 25.0), (250, 100) })
        {
            var walk = new HybridWalk(amount, Vec.Zero, Vec.Zero, 1, Vec.Zero);
            walk.Shape(side);
            Assert.Equal(filled, walk.BookIn[0], 1e-12);
            Assert.Equal(amount - filled, walk.Left[0], 1e-10);
            var end = Math.Sqrt(filled / 100);
            Assert.Equal(2000 * filled * (1 - 0.02 * 2 / 3 * end), walk.BookOut[0], 1e-8);
            Assert.True(walk.TradedThrough.None);
        }
    }
}
