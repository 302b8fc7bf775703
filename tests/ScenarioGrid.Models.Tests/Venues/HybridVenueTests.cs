using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Parameters = ScenarioGrid.Models.Venues.HybridVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

public partial class HybridVenueTests
{
    private const double Price = 2000;

    /// <summary>No users, no fee, settlement never fails: only orders, makers and arbitrage move the venue.</summary>
    private static readonly Parameters Quiet = new()
    {
        Turnover = new(0), TakerFee = new(0), SettlementFailure = new(0), SettlementLatency = new(0),
    };

    [Fact]
    public void An_order_is_filled_across_book_and_pool_at_the_best_marginal_price() =>
        Gen.Select(Gen.Double[1, 20_000], Gen.Double[0, 1], Gen.Bool).Sample((amount, share, isSell) =>
        {
            var p = Quiet with { AmmCapital = new(share), MakerLatency = new(0) };
            var (venue, harness) = Make(p);
            var levels = Levels(p, venue, isAsk: !isSell);
            var pool = LiquidityCurve.ConstantProduct(
                Math.Max(Value(venue.PoolBase), 1e-9), Math.Max(Value(venue.PoolQuote), 2e-6), 0.9995);
            harness.Set(venue.ArbitrageOff(), 1e9);
            if (isSell)
            {
                var fill = HybridMatch.Sell(amount, pool, levels);
                harness.Set(venue.Sell, amount).Step();
                Assert.Equal(fill.Value, Value(venue.Proceeds), 1e-8 * fill.Value);
            }
            else
            {
                var fill = HybridMatch.Buy(Math.Min(amount, 0.2 * 25_000), pool, levels);
                harness.Set(venue.Buy, fill.Value).Step();
                Assert.Equal(fill.Book + fill.Curve, Value(venue.BoughtBase), 1e-8 * (fill.Book + fill.Curve));
            }

            Assert.Equal(0, Value(venue.TradeThroughs));
        }, iter: 300);

    [Fact]
    public void Execution_is_never_worse_than_with_book_or_pool_alone() =>
        Gen.Select(Gen.Double[1, 5000], Gen.Double[0.05, 0.95], Gen.Double[0.02, 2]).Sample((sell, share, multiple) =>
        {
            // The same book, and the same pool, each without the other.
            var both = Proceeds(share, 50e6);
            double book = Proceeds(0, (1 - share) * 50e6), pool = Proceeds(1, share * 50e6);
            Assert.True(both >= book * (1 - 1e-12) && both >= pool * (1 - 1e-12), $"{both} {book} {pool}");

            double Proceeds(double capital, double liquidity)
            {
                var (venue, harness) = Make(Quiet with
                {
                    AmmCapital = new(capital), Liquidity = new(liquidity), WithdrawalRate = new(1e6),
                    RefillHalfLife = new(0.01),
                });
                harness.Set(venue.LiquidityMultiple, multiple).Step(50).Set(venue.Sell, sell).Step();
                return Value(venue.Proceeds);
            }
        }, iter: 100);

    [Fact]
    public void Value_is_conserved_and_the_invariant_never_falls() =>
        Gen.Select(Gen.Double[0.05, 1], Gen.Double[1, 20], Gen.Double[0.01, 0.2], Gen.Int[0, 2]).Sample(
            (share, concentration, swing, matching) =>
            {
                var p = new Parameters
                {
                    AmmCapital = new(share), Concentration = new(concentration), Matching = (Matching)matching,
                    MakerLatency = new(5),
                };
                var (venue, harness) = Make(p);
                Books coins = new(venue, "base", 8), money = new(venue, "usd", 8);
                var product = Product(venue);
                for (var tick = 0; tick < 150; tick++)
                {
                    harness.Set(venue.MarketPrice, Price * (1 + swing * Math.Sin(tick / 9.0)));
                    harness.Set(venue.MarketVolatility, 1 + tick % 5).Set(venue.Sell, tick % 3 * 100.0 * swing);
                    harness.Set(venue.Buy, tick % 4 == 0 ? 5e5 : 0).Set(venue.SequencerIsUp, tick % 40 > 34 ? 0 : 1);
                    harness.Step();
                    coins.Check();
                    money.Check();
                    Assert.True(Product(venue) >= product * (1 - 1e-13), $"tick {tick}");
                    product = Product(venue);
                    Assert.Equal(0, Value(venue.TradeThroughs));
                    Assert.True(Value(venue.PoolBase) >= 0 && Value(venue.PoolQuote) >= 0);
                }
            }, iter: 30);

    [Fact]
    public void The_book_is_never_crossed_with_the_pool() => Gen.Double[0.9, 1.1].Sample(move =>
    {
        var (venue, harness) = Make(Quiet with { MakerLatency = new(0) });
        harness.Set(venue.ArbitrageOff(), 1e9).Set(venue.MarketPrice, move * Price).Step();
        double bid = 0.9995 * Spot(venue), ask = Spot(venue) / 0.9995;

        // Makers stand at the market; the pool has moved until no level in reach was left, or was better.
        var asks = Levels(Quiet, venue, isAsk: true).FirstOrDefault(l => l.Size > 1e-9, new BookLevel(1e9, 1));
        var bids = Levels(Quiet, venue, isAsk: false).FirstOrDefault(l => l.Size > 1e-9, new BookLevel(0, 1));
        Assert.True(bid <= asks.Price * (1 + 1e-9) && ask >= bids.Price * (1 - 1e-9));
        Assert.True(bids.Price < asks.Price);
        Assert.True(Value(venue.UncrossProfit) >= 0);
        Assert.True(Math.Abs(move - 1) < 0.001 || Value(venue.UncrossProfit) > 0);
    });

    [Fact]
    public void Without_sequencer_the_pool_goes_on_alone()
    {
        var (venue, harness) = Make(Quiet);
        harness.Set(venue.ArbitrageOff(), 1e9).Set(venue.SequencerIsUp, 0).Set(venue.Sell, 100).Step();
        var paid = ConstantProduct.Out(100, 0.2 * 12_500, 0.2 * 25e6, 0.9995);
        Assert.Equal(1, Value(venue.IsUp));
        Assert.Equal(paid, Value(venue.Proceeds), 1e-9 * paid);
        Assert.Equal(1, Value(venue.AmmShare));
        var mid = 0.5 * Price * (0.9995 + 1 / 0.9995);
        Assert.Equal(1 - paid / 100 / mid, Value(venue.Slippage), 1e-9);
        Assert.Equal(0, Value(venue.TimeWithoutQuotes));

        var (up, second) = Make(Quiet);
        second.Set(up.Sell, 100).Step();
        Assert.True(Value(venue.Slippage) > 20 * Value(up.Slippage));
    }

    [Fact]
    public void Without_chain_nothing_trades()
    {
        var (venue, harness) = Make(new());
        harness.Set(venue.ChainIsUp, 0).Set(venue.Sell, 5).Set(venue.MarketPrice, 0.9 * Price).Step(3);
        Assert.Equal(0, Value(venue.IsUp) + Value(venue.SoldBase) + Value(venue.AmmLvr) + Value(venue.UncrossProfit));
        Assert.Equal(12, Value(venue.TimeWithoutQuotes));
    }

    [Fact]
    public void Makers_who_leave_hand_the_flow_to_the_pool()
    {
        var before = -1.0;
        foreach (var multiple in new[] { 1, 0.5, 0.1, 0.02 })
        {
            var (venue, harness) = Make(Quiet with { WithdrawalRate = new(1e6), RefillHalfLife = new(0.01) });
            harness.Set(venue.LiquidityMultiple, multiple).Step(50).Set(venue.Sell, 500).Step();
            Assert.True(Value(venue.AmmShare) > before, $"{multiple}");
            before = Value(venue.AmmShare);
        }
    }

    // S8: a depth of 2 % multiplies the slippage of a liquidation by more than 20.
    [Fact]
    public void The_shock_of_october_2025_multiplies_slippage_by_more_than_20()
    {
        Assert.True(Slippage(0.02) > 20 * Slippage(1), $"{Slippage(0.02)} against {Slippage(1)}");

        static double Slippage(double multiple)
        {
            var (venue, harness) = Make(Quiet with { WithdrawalRate = new(1e6), RefillHalfLife = new(0.01) });
            harness.Set(venue.LiquidityMultiple, multiple).Step(50).Set(venue.Sell, 1000).Step();
            return Value(venue.Slippage);
        }
    }

    [Fact]
    public void Capital_buys_less_depth_in_the_pool_than_in_the_book()
    {
        var before = 0.0;
        foreach (var share in new[] { 0, 0.2, 0.5, 0.8, 1 })
        {
            var (venue, _) = Make(Quiet with { AmmCapital = new(share) });
            Assert.True(Value(venue.CapitalPerDepth) > before);
            before = Value(venue.CapitalPerDepth);
        }

        // Constant product: depth at 100 bps is (1/sqrt(.99) - 1) of one reserve and (sqrt(1.01) - 1) of the other.
        var perSide = (1 / Math.Sqrt(0.99) - 1) * 0.5 + (Math.Sqrt(1.01) - 1) * 0.5;
        Assert.Equal(1 / perSide, before, 0.06 / perSide);
    }

    [Fact]
    public void With_nothing_in_the_pool_it_is_the_order_book()
    {
        var (hybrid, first) = Make(new Parameters { AmmCapital = new(0) });
        var book = new OrderBookVenue(new OrderBookVenue.Parameters());
        var second = new Harness(book);
        second.Set(book.MarketPrice, Price).Set(book.MarketVolatility, 0.5).Set(book.ChainIsUp, 1);
        second.Set(book.SequencerIsUp, 1).Start();

        // The two draw from other keys, so users are left out of what is compared.
        first.Set(hybrid.Sell, 50).Step();
        second.Set(book.Sell, 50).Step();
        Assert.Equal(Value(book.Proceeds), Value(hybrid.Proceeds));
        Assert.Equal(Value(book.Slippage), Value(hybrid.Slippage));
    }

    [Fact]
    public void Prices_do_not_depend_on_the_size_of_the_venue()
    {
        var (one, first) = Make(Quiet);
        var (ten, second) = Make(Quiet with { Liquidity = new(500e6), TrackedSize = new(1000) });
        first.Set(one.Sell, 300).Step(5);
        second.Set(ten.Sell, 3000).Step(5);
        Assert.Equal(Value(one.AverageSellPrice), Value(ten.AverageSellPrice), 1e-9 * Price);
        Assert.Equal(10 * Value(one.Depth100), Value(ten.Depth100), 1e-9 * Value(ten.Depth100));
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (venue, harness) = Make(new());
        harness.Step(100, tick => harness.Set(venue.MarketPrice, Price + tick % 7).Set(venue.Sell, tick));
        Assert.Equal(
            [PinnedBase, PinnedQuote, PinnedLoss],
            new[] { Value(venue.ReserveBase), Value(venue.PoolQuote), Value(venue.AmmLvr) });
    }

    private const double PinnedBase = 12454.488382838827, PinnedQuote = 5001409.5419915458;

    private const double PinnedLoss = 0.63742317727275122;

    private static double Product(HybridVenue venue) => (Value(venue.PoolBase) + Value(venue.BaseAdded))
        * (Value(venue.PoolQuote) + Value(venue.QuoteAdded));

    private static double Spot(HybridVenue venue) => Value(venue.PoolQuote) / Value(venue.PoolBase);

    private static BookLevel[] Levels(Parameters p, HybridVenue venue, bool isAsk)
    {
        var grid = new QuoteGrid(p, isAsk);
        var top = Value(venue.Anchor) * (isAsk ? 1 + 0.0001 : 1 - 0.0001);
        var lane = isAsk ? venue.Asks : venue.Bids;
        return [.. Enumerable.Range(0, grid.Levels)
            .Select(j => new BookLevel(top * grid.PriceAt(j), lane.Row(j)[0][0]))];
    }

    private static (HybridVenue Venue, Harness Harness) Make(Parameters p, int paths = 8, double seconds = 12)
    {
        var venue = new HybridVenue(p);
        var harness = new Harness(venue, paths, seconds);
        harness.Set(venue.MarketPrice, Price).Set(venue.MarketVolatility, 0.5).Set(venue.NativePrice, Price);
        harness.Set(venue.ChainIsUp, 1).Set(venue.SequencerIsUp, 1).Start();
        return (venue, harness);
    }

    private static double Value(Lane lane) => lane.Span[0];
}

/// <summary>How the tests keep arbitrageurs away: gas that nothing pays for.</summary>
internal static class HybridVenueExtensions
{
    public static Lane ArbitrageOff(this HybridVenue venue) => venue.GasPrice;
}
