using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class ConstantProductTests
{
    private static readonly Gen<double> Reserve = Gen.Double[1, 1e9];
    private static readonly Gen<double> Gamma = Gen.Double[0.9, 1];

    [Fact]
    public void Output_equals_the_published_vectors()
    {
        ReferenceCases.Check("A1", ConstantProduct.Out(1, 5, 10, 0.997));
        ReferenceCases.Check("A2", ConstantProduct.Out(2, 5, 10, 0.997));
        ReferenceCases.Check("A3", ConstantProduct.Out(1, 10, 10, 0.997));
        ReferenceCases.Check("A4", ConstantProduct.Out(1, 100, 100, 0.997));
        ReferenceCases.Check("A5", ConstantProduct.Out(1, 1000, 1000, 0.997));
    }

    [Fact]
    public void Arbitrage_equals_the_published_vector()
    {
        var trade = ConstantProduct.ArbitrageTo(10.0, 1000.0, 0.997, 90.0);
        ReferenceCases.Check("A6", trade.BaseIn[0], trade.QuoteOut[0]);
        Assert.Equal(0.0, trade.QuoteIn[0] + trade.BaseOut[0]);
    }

    [Fact]
    public void Loss_versus_rebalancing_is_an_eighth_of_the_variance()
    {
        ReferenceCases.Check("A34", ConstantProduct.LossRate(0.05), ConstantProduct.LossRate(0.8));
        Assert.Equal(3.125e-4, ConstantProduct.ExpectedLoss(0.05, 1), 1e-7);
    }

    // The fee enters as the spec's g = phi.
    [Fact]
    public void Trade_probability_equals_the_closed_form() => ReferenceCases.Check("A35",
        ConstantProduct.TradeProbability(0.05, 7200, 30e-4), ConstantProduct.TradeProbability(0.05, 7200, 5e-4),
        ConstantProduct.TradeProbability(0.05, 7200, 1e-4), ConstantProduct.TradeProbability(0.05, 43_200, 30e-4));

    // Milionis et al. 2023 at 5 % a day, 30 bp, 12 s: 0.38110 bp a day (0.38163 by simulation).
    [Fact]
    public void Arbitrage_rate_equals_the_closed_form() =>
        Assert.Equal(0.38110e-4, ConstantProduct.ArbitrageRate(0.05, 7200, 30e-4), 5e-10);

    [Fact]
    public void Depth_equals_the_closed_form() => ReferenceCases.Check("A37",
        ConstantProduct.BuyDepth(1e7, 0.01), ConstantProduct.SellDepth(1e7, 0.01));

    [Fact]
    public void Impermanent_loss_is_never_a_gain_and_zero_at_the_entry_price()
    {
        Assert.Equal(0, ConstantProduct.ImpermanentLoss(1.0));
        Assert.Equal(-0.2, ConstantProduct.ImpermanentLoss(4.0), 1e-15);
        Gen.Double[1e-3, 1e3].Sample(r => ConstantProduct.ImpermanentLoss(r) is > -1 and <= 0);
    }

    [Fact]
    public void Input_and_output_are_inverse() =>
        Gen.Select(Gen.Double[1e-6, 1e6], Reserve, Reserve, Gamma).Sample((input, x, y, gamma) =>
        {
            var back = ConstantProduct.In(ConstantProduct.Out(input, x, y, gamma), x, y, gamma);
            Assert.Equal(input, back, 1e-9 * input * (1 + input / x));
        });

    [Fact]
    public void The_product_of_reserves_never_falls() =>
        Gen.Select(Gen.Double[0, 1e9], Reserve, Reserve, Gamma).Sample((input, x, y, gamma) =>
        {
            var after = (x + input) * (y - ConstantProduct.Out(input, x, y, gamma));
            Assert.True(after >= x * y * (1 - 1e-12 * (1 + input / x)), $"{after:R} < {x * y:R}");
        });

    [Fact]
    public void A_larger_order_gets_a_worse_average_price() =>
        Gen.Select(Gen.Double[1, 1e6], Gen.Double[1.001, 10], Reserve, Reserve).Sample((input, factor, x, y) =>
        {
            var small = ConstantProduct.Out(input, x, y, 0.997) / input;
            var large = ConstantProduct.Out(input * factor, x, y, 0.997) / (input * factor);
            Assert.True(large <= small);
        });

    [Fact]
    public void Scaling_reserves_and_order_scales_the_output() =>
        Gen.Select(Gen.Double[1e-3, 1e3], Gen.Double[1, 1e6], Reserve, Reserve).Sample((c, input, x, y) =>
        {
            var once = ConstantProduct.Out(input, x, y, 0.997);
            Assert.Equal(c * once, ConstantProduct.Out(c * input, c * x, c * y, 0.997), 1e-13 * c * once);
        });

    [Fact]
    public void Arbitrage_leaves_the_marginal_price_at_the_fair_price() =>
        Gen.Select(Reserve, Gen.Double[1e-2, 1e2], Gen.Double[0.9, 0.9999], Gen.Double[0.2, 5])
            .Sample((x, spot, gamma, move) =>
            {
                var y = x * spot;
                var fair = spot * move;
                var trade = ConstantProduct.ArbitrageTo(x, y, gamma, fair);
                double quoteIn = trade.QuoteIn[0], baseIn = trade.BaseIn[0];
                if (quoteIn > 0)
                {
                    var marginal = (y + gamma * quoteIn) * (y + gamma * quoteIn) / (x * y) / gamma;
                    Assert.Equal(fair, marginal, 1e-9 * fair);
                }
                else if (baseIn > 0)
                {
                    var marginal = gamma * x * y / ((x + gamma * baseIn) * (x + gamma * baseIn));
                    Assert.Equal(fair, marginal, 1e-9 * fair);
                }
                else
                {
                    Assert.InRange(fair, gamma * spot * (1 - 1e-12), spot / gamma * (1 + 1e-12));
                }
            });

    [Fact]
    public void No_other_trade_size_earns_more_than_the_arbitrage() =>
        Gen.Select(Gen.Double[0.3, 3], Gen.Double[0.5, 1.5], Gen.Double[0.95, 0.9999]).Sample((move, size, gamma) =>
        {
            var trade = ConstantProduct.ArbitrageTo(1000.0, 1000.0, gamma, move);
            double quote = trade.QuoteIn[0] * size, coin = trade.BaseIn[0] * size;
            var profit = ConstantProduct.Out(quote, 1000, 1000, gamma) * move - quote
                + ConstantProduct.Out(coin, 1000, 1000, gamma) - coin * move;
            Assert.True(profit <= trade.Profit[0] + 1e-9, $"{profit:R} > {trade.Profit[0]:R}");
        });

    // Pathwise: without a fee the arbitrageur takes V (sqrt(R) - 1)^2 / 2 of a pool worth V when the price moves by R.
    [Fact]
    public void Arbitrage_profit_without_fee_is_half_the_squared_move_of_the_root_price() =>
        Gen.Double[0.2, 5].Sample(move =>
        {
            var trade = ConstantProduct.ArbitrageTo(100.0, 100.0, 1.0, move);
            var root = Math.Sqrt(move) - 1;
            Assert.Equal(0.5 * 200 * root * root, trade.Profit[0], 1e-10);
        });

    [Fact]
    public void Moving_the_price_lands_on_the_price() =>
        Gen.Select(Reserve, Gen.Double[1, 100], Gamma).Sample((reserve, multiple, gamma) =>
        {
            var paid = ConstantProduct.InputToMultiple(reserve, multiple, gamma)[0];
            var after = (reserve + paid) * (reserve + gamma * paid) / (reserve * reserve);
            Assert.Equal(multiple, after, 1e-9 * multiple);
            var aside = ConstantProduct.QuoteToMultiple(reserve, multiple, gamma)[0];
            var root = 1 + gamma * aside / reserve;
            Assert.Equal(multiple, root * root, 1e-9 * multiple);
            var sold = ConstantProduct.BaseToMultiple(reserve, 1 / multiple, gamma)[0];
            Assert.Equal(aside, sold, 1e-9 * (1 + aside));
        });
}
