using ScenarioGrid.Models.Venues;

namespace ScenarioGrid.Models.Tests.Venues;

public class QuoteGridTests
{
    private static readonly OrderBookVenue.Parameters Book = new()
    {
        Levels = new(12), TickSize = new(0.001), TickGrowth = new(0.1), DepthPower = new(2),
    };

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, -1)]
    public void Prices_leave_the_best_one_by_growing_steps(bool isAsk, int sign)
    {
        var grid = new QuoteGrid(Book, isAsk);

        Assert.Equal(1, grid.PriceAt(0));
        Assert.Equal(1 + sign * 0.001, grid.PriceAt(1), 1e-12);
        Assert.Equal(1 + sign * 0.0021, grid.PriceAt(2), 1e-12);
    }

    [Fact]
    public void The_shares_of_the_depth_sum_to_one_and_follow_the_power()
    {
        var grid = new QuoteGrid(Book, isAsk: true);
        var reach = QuoteGrid.Distance(0.001, 0.1, 12);

        Assert.Equal(1, Enumerable.Range(0, 12).Sum(grid.ShareAt), 1e-12);
        for (var j = 1; j < 12; j++)
        {
            var within = QuoteGrid.Distance(0.001, 0.1, j) / reach;
            Assert.Equal(within * within, Enumerable.Range(0, j).Sum(grid.ShareAt), 1e-12);
        }
    }

    [Fact]
    public void Depth_within_a_distance_counts_the_levels_that_lie_there()
    {
        var grid = new QuoteGrid(Book, isAsk: true);

        Assert.Equal(grid.ShareAt(0), grid.Within(0.0005), 1e-15);
        Assert.Equal(grid.ShareAt(0) + grid.ShareAt(1), grid.Within(0.0011), 1e-15);
        Assert.Equal(1, grid.Within(1), 1e-12);
    }

    [Fact]
    public void Without_growth_the_steps_are_even() => Assert.Equal(0.005, QuoteGrid.Distance(0.001, 0, 5), 1e-15);
}
