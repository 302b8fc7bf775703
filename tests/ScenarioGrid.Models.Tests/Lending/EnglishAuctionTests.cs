using ScenarioGrid.Models.Lending;

namespace ScenarioGrid.Models.Tests.Lending;

public class EnglishAuctionTests
{
    // A lot of 50 that the runner-up values at 100 a token, and a step of 5 %: a tab above 5000 is not raised, one
    // below is, and the winner asks for beg times what the runner-up would take, 1.05 4000 / 100, if the lot has it.
    [Theory]
    [InlineData(6000, 1.05, 50, 4761.904761904762)]
    [InlineData(4900, 1.05, 50, 4900)]
    [InlineData(4000, 1.05, 42, 4000)]
    [InlineData(6000, 1, 50, 5000)]
    [InlineData(4000, 1, 40, 4000)]
    public void The_winner_stops_where_the_runner_up_has_no_answer(double tab, double step, double taken, double paid)
    {
        var end = EnglishAuction.Settle(tab, 50, 100, step);
        Assert.Equal(taken, end.Taken[0], 1e-12);
        Assert.Equal(paid, end.Paid[0], 1e-11);
    }

    [Fact]
    public void The_runner_up_can_neither_raise_the_bid_nor_ask_for_less() =>
        Gen.Select(Gen.Double[1.0, 1e5], Gen.Double[1.0, 1e3], Gen.Double[1.0, 1e3], Gen.Double[1.0, 2])
            .Sample((tab, lot, value, step) =>
            {
                var end = EnglishAuction.Settle(tab, lot, value, step);
                var (taken, paid) = (end.Taken[0], end.Paid[0]);
                Assert.True(paid <= tab && taken <= lot);
                var (offer, answer) = paid == tab
                    ? (value * taken / step, tab)
                    : (value * lot, Math.Min(step * paid, tab));
                Assert.True(offer <= answer * (1 + 1e-12), $"{offer} against {answer}");
            });

    [Fact]
    public void A_lot_worth_nothing_goes_to_nobody() =>
        Assert.Equal((0.0, 0.0), (EnglishAuction.Settle(100, 5, 0, 1.05).Taken[0],
            EnglishAuction.Settle(100, 5, 0, 1.05).Paid[0]));
}
