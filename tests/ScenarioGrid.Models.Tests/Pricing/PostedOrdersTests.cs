using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Pricing;

public class PostedOrdersTests
{
    private const double Gamma = 0.9995;

    [Fact]
    public void Orders_filled_leave_the_pool_on_its_curve() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0.0001, 0.05]).Sample((count, spacing) =>
        {
            var orders = Make(spacing, 40);
            var end = 1000 * Math.Pow(1 + spacing, 0.5 * count);
            var expected = 2e6 - 2e9 / end;
            Assert.Equal(expected, orders.Output(1000, end - 1000)[0], 1e-9 * 2e6);
            Assert.Equal(end - 1000, orders.Input(1000, expected)[0], 1e-9 * 1000);
        });

    [Fact]
    public void Prices_of_orders_are_evenly_apart_and_their_mean_is_that_of_the_curve()
    {
        var orders = Make(0.01, 4);
        var first = Gamma * 2000 / Math.Sqrt(1.01);
        for (var k = 0; k < 4; k++)
        {
            var (start, end) = (1000 * Math.Pow(1.01, 0.5 * k), 1000 * Math.Pow(1.01, 0.5 * (k + 1)));
            var rate = first / Math.Pow(1.01, k);
            Assert.Equal(rate, orders.NextRate(start)[0], 1e-9);
            Assert.Equal(rate, orders.LastRate(end)[0], 1e-9);
            Assert.Equal(rate, orders.NextRate(0.5 * (start + end))[0], 1e-9);

            // An order at a level's price waits for the level; one that pays more does not.
            Assert.Equal(end, orders.TargetOf(rate * (1 - 1e-6))[0], 1e-9);
            Assert.Equal(start, orders.TargetOf(rate)[0], 1e-9);
        }

        Assert.Equal(0, orders.NextRate(orders.Most)[0]);
        Assert.Equal(1000 * 1.01 * 1.01, orders.Most[0], 1e-9);
    }

    [Fact]
    public void Input_and_output_are_each_others_inverse_and_pay_no_more_than_the_curve() =>
        Gen.Select(Gen.Double[0, 0.99], Gen.Double[0.0001, 1], Gen.Double[0.0001, 0.02]).Sample(
            (from, part, spacing) =>
            {
                var orders = Make(spacing, 50);
                var room = orders.Most[0] - 1000;
                var start = 1000 + from * room;
                var net = part * (orders.Most[0] - start);
                var output = orders.Output(start, net);
                Assert.Equal(net, orders.Input(start, output)[0], 1e-8 * net + 1e-9);

                // From a point of the curve the chord lies above it, so the product of the reserves does not fall.
                var whole = orders.Output(1000, start - 1000)[0];
                Assert.True(start * (2e6 - whole) >= 2e9 * (1 - 1e-13));
            });

    [Fact]
    public void Finer_orders_are_closer_to_the_curve()
    {
        var curve = ConstantProduct.Out(7.0, 1000, 2e6, 1);
        var before = double.PositiveInfinity;
        foreach (var spacing in new[] { 0.1, 0.01, 0.001, 0.0001 })
        {
            var gap = curve - Make(spacing, 1000).Output(1000, 7)[0];
            Assert.InRange(gap, 0, before);
            Assert.InRange(gap, 0, 0.5 * spacing * curve);
            before = gap;
        }
    }

    private static PostedOrders Make(double spacing, int count) =>
        new(1000, 2e9, Gamma, double.PositiveInfinity, spacing, count);
}
