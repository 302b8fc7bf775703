using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class MarketImpactTests
{
    [Fact]
    public void Impact_of_a_stock_is_that_of_the_published_example() => ReferenceCases.Check("Hy8",
        1e4 * MarketImpact.Permanent(0.0157, 0.1, 263), 1e4 * MarketImpact.Temporary(0.0157, 0.1, 0.1),
        1e4 * MarketImpact.Temporary(0.0157, 0.1, 0.2), 1e4 * MarketImpact.Temporary(0.0157, 0.1, 0.5));

    [Fact]
    public void Square_root_and_power_laws_are_their_closed_forms() => ReferenceCases.Check("Hy9",
        MarketImpact.SquareRoot(0.05, 0.01), MarketImpact.PowerDepthMarginal(25, 1e4, 2),
        MarketImpact.PowerDepthAverage(25, 1e4, 2));

    [Fact]
    public void The_average_displacement_is_the_mean_of_the_marginal_ones() =>
        Gen.Select(Gen.Double[1, 1e4], Gen.Double[0.5, 4]).Sample((size, power) =>
        {
            const int Steps = 20_000;
            var mean = Enumerable.Range(0, Steps)
                .Average(n => MarketImpact.PowerDepthMarginal(size * (n + 0.5) / Steps, 1e4, power));
            var average = MarketImpact.PowerDepthAverage(size, 1e4, power);
            Assert.Equal(average, mean, 1e-3 * average);
        }, iter: 20);

    [Fact]
    public void The_schedule_in_a_recovering_book_is_that_of_the_closed_form()
    {
        var schedule = MarketImpact.Schedule(100, 2, 1, 50);
        ReferenceCases.Check("Hy10", schedule.Block, schedule.Rate, schedule.Block, schedule.Cost);
        Assert.Equal(100, 2 * schedule.Block + schedule.Rate, 1e-12);
    }

    [Fact]
    public void No_other_schedule_costs_less() =>
        Gen.Select(Gen.Double[0, 0.5], Gen.Double[0, 0.5]).Sample((first, last) =>
        {
            var best = MarketImpact.Schedule(100, 2, 1, 50);
            Assert.Equal(best.Cost, Cost(0.25, 0.25), 0.02 * best.Cost);
            Assert.True(Cost(first, last) >= Cost(0.25, 0.25) - 0.05, $"{first} {last}");

            // Blocks at both ends, the rest evenly: each trade pays the displacement it finds and half its own.
            static double Cost(double first, double last)
            {
                const int Steps = 1000;
                double displaced = 0, cost = 0, decay = Math.Exp(-2.0 / Steps);
                for (var n = 0; n <= Steps; n++)
                {
                    var size = n == 0 ? 100 * first : n == Steps ? 100 * last : 100 * (1 - first - last) / (Steps - 1);
                    cost += size * (displaced + 0.5 * size) / 50;
                    displaced = (displaced + size) * decay;
                }

                return cost;
            }
        }, iter: 50);
}
