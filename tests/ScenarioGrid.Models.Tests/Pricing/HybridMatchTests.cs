using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class HybridMatchTests
{
    private static readonly BookLevel[] Asks = [new(2001, 5), new(2003, 10), new(2006, 20), new(2010, 40)];

    internal static readonly BookLevel[] Bids = [new(1999, 6), new(1996, 12), new(1990, 25), new(1980, 50)];

    internal static LiquidityCurve Pool(double fee) => LiquidityCurve.ConstantProduct(1000, 2e6, 1 - fee);

    [Fact]
    public void A_buy_is_filled_at_the_best_marginal_price()
    {
        var fill = HybridMatch.Buy(40, Pool(0.003), Asks);
        ReferenceCases.Check("Hy1", fill.Curve, fill.Book, fill.Value, fill.Marginal);
        fill = HybridMatch.Buy(40, Pool(0.0005), Asks);
        ReferenceCases.Check("Hy2", fill.Curve, fill.Book, fill.Value);
        fill = HybridMatch.Buy(5, Pool(0.0005), Asks);
        ReferenceCases.Check("Hy3", fill.Curve, fill.Book, fill.Value);
        fill = HybridMatch.Buy(200, Pool(0.0005), Asks);
        ReferenceCases.Check("Hy4", fill.Curve, fill.Book, fill.Value, fill.Marginal);
    }

    [Fact]
    public void A_sale_is_filled_at_the_best_marginal_price()
    {
        var fill = HybridMatch.Sell(30, Pool(0.0005), Bids);
        ReferenceCases.Check("Hy5", fill.Curve, fill.Book, fill.Value, fill.Marginal);
    }

    [Fact]
    public void Ranges_of_liquidity_are_crossed()
    {
        var pool = new LiquidityCurve(
            Math.Sqrt(2000), 0.9995, [Math.Sqrt(1800), Math.Sqrt(1950), Math.Sqrt(2050), Math.Sqrt(2300)],
            [3e4, 2e5, 4e4]);
        var fill = HybridMatch.Buy(150, pool, [new(2002, 10), new(2005, 20), new(2012, 60), new(2060, 500)]);
        ReferenceCases.Check("Hy6", fill.Curve, fill.Book, fill.Value, pool.Root * pool.Root);
    }

    [Fact]
    public void A_crossed_book_is_uncrossed()
    {
        var pool = Pool(0.0005);
        var trade = HybridMatch.UncrossBids(pool, [new(2012, 3), new(2008, 10)]);
        ReferenceCases.Check("Hy7", trade.Base, trade.Profit, pool.Ask);
        Assert.Equal(0, HybridMatch.UncrossBids(pool, [new(2012, 3), new(2008, 10)]).Base, 1e-9);

        pool = Pool(0.0005);
        trade = HybridMatch.UncrossAsks(pool, [new(1990, 1), new(1994, 100)]);
        Assert.Equal(1994, pool.Bid, 1e-9);
        Assert.True(trade.Profit > 0 && trade.Base > 1);
    }

    [Fact]
    public void No_split_by_hand_is_cheaper() =>
        Gen.Select(Gen.Double[0.1, 80], Gen.Double[0, 0.01], Gen.Double[0, 1]).Sample((amount, fee, share) =>
        {
            var best = HybridMatch.Buy(amount, Pool(fee), Asks);
            Assert.Equal(amount, best.Curve + best.Book, 1e-9);
            var byCurve = Math.Max(amount * share, amount - Asks.Sum(a => a.Size));
            var cost = Pool(fee).BuyUpTo(double.PositiveInfinity, byCurve).Quote;
            var left = amount - byCurve;
            foreach (var ask in Asks)
            {
                cost += Math.Min(left, ask.Size) * ask.Price;
                left -= Math.Min(left, ask.Size);
            }

            Assert.True(best.Value <= cost * (1 + 1e-12), $"{best.Value:R} above {cost:R}");

            best = HybridMatch.Sell(amount, Pool(fee), Bids);
            var given = Math.Max(amount * share, amount - Bids.Sum(b => b.Size));
            var paid = Pool(fee).SellDownTo(0, given).Quote;
            left = amount - given;
            foreach (var bid in Bids)
            {
                paid += Math.Min(left, bid.Size) * bid.Price;
                left -= Math.Min(left, bid.Size);
            }

            Assert.True(best.Value >= paid * (1 - 1e-12), $"{best.Value:R} below {paid:R}");
        });

    [Fact]
    public void Legs_that_are_both_used_end_at_one_price() => Gen.Double[0.1, 200].Sample(amount =>
    {
        var pool = Pool(0.0005);
        var fill = HybridMatch.Buy(amount, pool, Asks);

        // KKT: the pool's ask is the price of the last level used, unless the order ended between two levels.
        var full = 0.0;
        var isWhole = Asks.Any(a => Math.Abs((full += a.Size) - fill.Book) < 1e-9);
        if (fill.Curve > 0 && fill.Book > 0 && !isWhole)
        {
            Assert.Equal(fill.Marginal, pool.Ask, 1e-9 * fill.Marginal);
        }
    });
}
