using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Lending;

public class DutchAuctionTests
{
    // C13.
    [Fact]
    public void A_stair_falls_step_by_step() => ReferenceCases.Check("C13",
        [.. new double[] { 89, 90, 900, 2400 }.Select(t => At(AuctionPrice.Stair, 2400, t))]);

    // C14: two bids on the same auction.
    [Fact]
    public void A_bid_pays_the_tab_or_takes_what_it_wants()
    {
        var (taken, paid, _, lot) = Take(25, 5);
        var (taken2, paid2, tab2, lot2) = Take(11, 5);
        ReferenceCases.Check("C14", paid, taken, lot, paid2, taken2, tab2, lot2);
    }

    // C15.
    [Fact]
    public void A_later_bid_pays_the_fallen_price()
    {
        var (_, _, tab, _) = Take(10, 5);
        var price = At(AuctionPrice.Exponential, 5, 30);
        ReferenceCases.Check("C15", price, tab / price);
    }

    // C16.
    [Fact]
    public void A_line_ends_at_nothing() => ReferenceCases.Check("C16",
        [.. new double[] { 360, 720, 3600 }.Select(t => At(AuctionPrice.Linear, 1000, t))]);

    [Fact]
    public void Nothing_is_made_or_lost_by_a_bid_and_no_dust_is_left() =>
        Gen.Select(Gen.Double[1.0, 1e6], Gen.Double[1.0, 1e4], Gen.Double[0.0, 2e4], Gen.Double[0.1, 1e3],
            Gen.Double[0.0, 1e5]).Sample((tab, lot, amount, price, dust) =>
        {
            Vec tabs = tab, lots = lot;
            var (taken, paid) = DutchAuction.Take(ref tabs, ref lots, amount, price, dust);
            Assert.Equal(lot, taken[0] + lots[0], 1e-9 * lot);
            Assert.Equal(tab, paid[0] + tabs[0], 1e-9 * tab);
            Assert.Equal(paid[0], taken[0] * price, 1e-9 * (1 + paid[0]));
            Assert.True(taken[0] <= Math.Min(amount, lot) + 1e-9);
            Assert.True(tabs[0] <= 0 || tabs[0] >= dust * (1 - 1e-12) || lots[0] <= 0 || taken[0] <= 0);
        });

    private static double At(AuctionPrice form, double top, double seconds) =>
        DutchAuction.PriceAt(form, top, seconds, 0.99, 90, 3600);

    private static (double Taken, double Paid, double Tab, double Lot) Take(double amount, double price)
    {
        Vec tab = 110, lot = 40;
        var (taken, paid) = DutchAuction.Take(ref tab, ref lot, amount, price, 0);
        return (taken[0], paid[0], tab[0], lot[0]);
    }
}
