using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class WeightedPoolTests
{
    private static readonly Gen<double> Reserve = Gen.Double[1, 1e9];
    private static readonly Gen<double> Weight = Gen.Double[0.05, 0.95];

    [Fact]
    public void Invariants_equal_the_published_vectors() => ReferenceCases.Check("A24",
        WeightedPool.Invariant([10, 12], [0.3, 0.7]), WeightedPool.Invariant([10, 12, 14], [0.3, 0.2, 0.5]));

    [Fact]
    public void Output_and_input_equal_the_published_vectors() => ReferenceCases.Check("A25",
        WeightedPool.Out(15, 100, 100, 50.0 / 40, 1), WeightedPool.In(15, 100, 100, 50.0 / 40, 1));

    [Fact]
    public void Equal_weights_are_a_constant_product() =>
        Gen.Select(Gen.Double[1e-6, 1e9], Reserve, Reserve, Gen.Double[0.9, 1]).Sample((input, x, y, gamma) =>
        {
            var expected = ConstantProduct.Out(input, x, y, gamma);
            Assert.Equal(expected, WeightedPool.Out(input, x, y, 1, gamma), 1e-12 * expected);
            Assert.Equal(y / x, WeightedPool.Spot(x, y, 0.5)[0], 1e-14 * y / x);
        });

    [Fact]
    public void Input_and_output_are_inverse() =>
        Gen.Select(Gen.Double[1e-6, 2], Reserve, Reserve, Weight).Sample((share, x, y, w) =>
        {
            var power = w / (1 - w);
            var back = WeightedPool.In(WeightedPool.Out(share * x, x, y, power, 0.997), x, y, power, 0.997);
            Assert.Equal(share * x, back, 1e-7 * share * x);
        });

    [Fact]
    public void The_invariant_never_falls() =>
        Gen.Select(Gen.Double[0, 3], Reserve, Reserve, Weight, Gen.Double[0.9, 1]).Sample((share, x, y, w, gamma) =>
        {
            var outgoing = WeightedPool.Out(share * x, x, y, w / (1 - w), gamma);
            var before = WeightedPool.Invariant([x, y], [w, 1 - w]);
            Assert.True(WeightedPool.Invariant([x * (1 + share), y - outgoing], [w, 1 - w]) >= before * (1 - 1e-10));
        });

    [Fact]
    public void Scaling_reserves_and_order_scales_the_output() =>
        Gen.Select(Gen.Double[1e-3, 1e3], Gen.Double[1, 1e6], Reserve, Weight).Sample((c, input, x, w) =>
        {
            var once = WeightedPool.Out(input, x, 2 * x, w / (1 - w), 0.997);
            var scaled = WeightedPool.Out(c * input, c * x, 2 * c * x, w / (1 - w), 0.997);
            Assert.Equal(c * once, scaled, 1e-12 * c * once);
        });

    [Fact]
    public void Arbitrage_with_equal_weights_is_that_of_the_constant_product() =>
        Gen.Select(Gen.Double[0.2, 5], Gen.Double[0.9, 0.9999]).Sample((move, gamma) =>
        {
            var expected = ConstantProduct.ArbitrageTo(1000.0, 3000.0, gamma, 3 * move);
            var trade = WeightedPool.ArbitrageTo(1000.0, 3000.0, 0.5, gamma, 3 * move);
            Assert.Equal(expected.QuoteIn[0], trade.QuoteIn[0], 1e-9);
            Assert.Equal(expected.BaseIn[0], trade.BaseIn[0], 1e-9);
            Assert.Equal(expected.Profit[0], trade.Profit[0], 1e-9);
        });

    // CFMMRouter.jl, geom_arb_delta: ((g m eta R2 R1^eta)^(1/(eta + 1)) - R1)/g with eta = w1/w2 and m = p2/p1.
    [Fact]
    public void Arbitrage_equals_that_of_the_router_of_Diamandis() =>
        Gen.Select(Gen.Double[0.1, 10], Weight, Gen.Double[0.9, 1]).Sample((fair, w, gamma) =>
        {
            const double Coins = 100, Quote = 300;
            var eta = (1 - w) / w;
            var pays = Math.Max((Math.Pow(gamma * fair * eta * Coins * Math.Pow(Quote, eta), 1 / (eta + 1)) - Quote)
                / gamma, 0);
            var trade = WeightedPool.ArbitrageTo(Coins, Quote, w, gamma, fair);
            Assert.Equal(pays, trade.QuoteIn[0], 1e-9 * (1 + pays));
            Assert.True(trade.Profit[0] >= 0);
        });

    [Fact]
    public void No_other_trade_size_earns_more_than_the_arbitrage() =>
        Gen.Select(Gen.Double[0.3, 3], Gen.Double[0.5, 1.5], Weight).Sample((fair, size, w) =>
        {
            var trade = WeightedPool.ArbitrageTo(1000.0, 1000.0, w, 0.997, fair);
            double quote = trade.QuoteIn[0] * size, coin = trade.BaseIn[0] * size;
            var profit = WeightedPool.Out(quote, 1000, 1000, (1 - w) / w, 0.997) * fair - quote
                + WeightedPool.Out(coin, 1000, 1000, w / (1 - w), 0.997) - coin * fair;
            Assert.True(profit <= trade.Profit[0] + 1e-9, $"{profit:R} > {trade.Profit[0]:R}");
        });

    [Fact]
    public void Impermanent_loss_with_equal_weights_is_that_of_the_constant_product_and_a_heavy_base_loses_less() =>
        Gen.Double[1e-3, 1e3].Sample(ratio =>
        {
            var even = ConstantProduct.ImpermanentLoss(ratio);
            Assert.Equal(even, WeightedPool.ImpermanentLoss(ratio, 0.5)[0], 1e-12);
            Assert.InRange(WeightedPool.ImpermanentLoss(ratio, 0.8)[0], even - 1e-12, 1e-12);
            Assert.Equal(ConstantProduct.LossRate(ratio), WeightedPool.LossRate(ratio, 0.5)[0], 1e-9 * ratio * ratio);
        });

    [Fact]
    public void Empty_pools_and_wrong_weights_are_refused()
    {
        Assert.Contains("balance 1 is 0", Assert.Throws<ArgumentException>(
            () => WeightedPool.Invariant([1, 0], [0.5, 0.5])).Message, StringComparison.Ordinal);
        Assert.Contains("sum to 0.9", Assert.Throws<ArgumentException>(
            () => WeightedPool.Invariant([1, 1], [0.5, 0.4])).Message, StringComparison.Ordinal);
    }
}
