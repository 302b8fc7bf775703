using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Kernel;

public class VolatilityOrderTests
{
    private static readonly PriceSeries Calm = new(86_400, [0.01, 0.02, 0.01], null, null);
    private static readonly PriceSeries Wild = new(86_400, [3, 1, 1.5], null, null);

    [Fact]
    public void Bars_stand_in_the_order_of_the_day_that_ends_with_them()
    {
        // Half days: squares 1, 4, 9, 16, 1; over two bars 2 (the first with the last), 5, 13, 25 and 17.
        var halfDays = new PriceSeries(43_200, [1, 2, 3, 4, 1], null, null);
        Assert.Equal([0, 1, 2, 4, 3], Ranked(halfDays.Order, 5));
    }

    [Fact]
    public void Series_recorded_together_count_by_their_own_measure()
    {
        // Over the mean square: .5, 2, .5 and 9, 1, 2.25 over 4.083; in all 2.70, 2.24, 1.05.
        Assert.Equal([0, 2, 1], Ranked(Calm.Order, 3));
        Assert.Equal([1, 2, 0], Ranked(Wild.Order, 3));
        Assert.All(PriceSeries.Together([Calm, Wild]), s => Assert.Equal([2, 1, 0], Ranked(s.Order, 3)));
    }

    [Fact]
    public void A_record_that_never_moves_keeps_the_order_of_time() =>
        Assert.Equal([0, 1, 2, 3], Ranked(new PriceSeries(3600, new double[4], null, null).Order, 4));

    [Fact]
    public void Without_reach_a_bar_is_followed_by_the_next_one_and_the_last_by_the_first()
    {
        Assert.Equal(1, Wild.Order.After(0.0, 0.5, 0)[0]);
        Assert.Equal(0, Wild.Order.After(2.0, 0.5, 0)[0]);
    }

    /// <summary>The bars from the calmest to the wildest: a reach of one rank is a step down or up, at the ends
    /// none.</summary>
    private static IEnumerable<int> Ranked(VolatilityOrder order, int count)
    {
        int Next(int bar, double uniform) => ((int)order.After((double)bar, uniform, 1)[0] + count - 1) % count;
        var bar = 0;
        for (var step = 0; step < count; step++)
        {
            bar = Next(bar, 1e-9);
        }

        for (var rank = 0; rank < count; rank++, bar = Next(bar, 1 - 1e-9))
        {
            yield return bar;
        }
    }
}
