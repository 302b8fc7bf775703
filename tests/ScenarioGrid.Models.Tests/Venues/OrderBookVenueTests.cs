using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Parameters = ScenarioGrid.Models.Venues.OrderBookVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

public class OrderBookVenueTests
{
    internal const double Price = 2000;

    /// <summary>No users, no fee, settlement never fails: only orders and makers move the book.</summary>
    internal static readonly Parameters Quiet = new()
    {
        Turnover = new(0), TakerFee = new(0), SettlementFailure = new(0), SettlementLatency = new(0),
    };

    [Fact]
    public void An_order_walks_down_the_levels() => Gen.Double[1, 12_000].Sample(sell =>
    {
        var (venue, harness) = Make(Quiet with { MakerLatency = new(0) });
        var bids = Levels(venue.Bids, venue, isAsk: false);
        harness.Set(venue.Sell, sell).Step();
        var fill = HybridMatch.Sell(sell, LiquidityCurve.ConstantProduct(1e-12, 1e-12, 1), bids);
        Assert.Equal(fill.Book, Value(venue.SoldBase), 1e-9 * sell);
        Assert.Equal(fill.Value, Value(venue.Proceeds), 1e-9 * fill.Value);
        Assert.Equal(fill.Value / fill.Book, Value(venue.AverageSellPrice), 1e-6);
        Assert.True(Value(venue.SoldBase) <= 12_500.0001);
    });

    [Fact]
    public void Depth_within_a_distance_is_the_power_law()
    {
        var (venue, _) = Make(Quiet with { HalfSpread = new(0), MakerLatency = new(0) });
        var reach = QuoteGrid.Distance(0.0001, 0.1, 32);
        foreach (var (row, move) in new[] { (1, 0.005), (2, 0.01) })
        {
            // Levels are a tenth apart, so depth runs ahead of the power law by a step of the grid at most.
            var law = 12_500 * Math.Pow(move / reach, 2);
            Assert.InRange(venue.SellDepths.Row(row).At(0), law, law * 1.1 * 1.1 * 1.1);
        }

        Assert.Equal(12_500, venue.SellDepths.Row(4).At(0), 1e-6);
        Assert.Equal(Value(venue.Depth100), venue.SellDepths.Row(2).At(0) * Value(venue.Spot), 1e-6);
    }

    [Fact]
    public void Buys_and_sells_cross_at_the_mid()
    {
        var (venue, harness) = Make(Quiet);
        harness.Set(venue.Sell, 100).Set(venue.Buy, 100 * Price).Step();
        Assert.Equal(100 * Price, Value(venue.Proceeds), 1e-6);
        Assert.Equal(100, Value(venue.BoughtBase), 1e-9);
        Assert.Equal(0, Value(venue.Slippage), 1e-12);
        Assert.Equal(0, Value(venue.NetFlow), 1e-6);
    }

    [Fact]
    public void A_batch_pays_everyone_the_marginal_price()
    {
        var (walked, first) = Make(Quiet);
        var (batch, second) = Make(Quiet with { Matching = Matching.Batch });
        first.Set(walked.Sell, 3000).Step();
        second.Set(batch.Sell, 3000).Step();
        Assert.Equal(Value(walked.SoldBase), Value(batch.SoldBase));
        Assert.True(Value(batch.AverageSellPrice) < Value(walked.AverageSellPrice));
        Assert.True(Value(batch.MakerRevenue) > Value(walked.MakerRevenue));
    }

    [Fact]
    public void Time_fills_the_front_of_the_queue_and_pro_rata_everybody()
    {
        // The touch holds 2.5e-5 of 12,500 tokens; the tracked order is half of it and joins at the back.
        var touch = 12_500 * QuoteWeight();
        var p = Quiet with { TrackedSize = new(0.5 * touch * Price), RefillHalfLife = new(0.01) };
        foreach (var (matching, share) in new[] { (Matching.PriceTime, 0.0), (Matching.ProRata, 0.125) })
        {
            var (venue, harness) = Make(p with { Matching = matching });
            harness.Step();
            Assert.Equal(0.5, Value(venue.QueueAhead), 1e-9);
            harness.Set(venue.Sell, 0.25 * touch).Step();
            Assert.Equal(share * touch * Price, Value(venue.TrackedFills), 1e-3 * touch * Price);

            // With time on its side it is next now, as nobody joined before it.
            harness.Set(venue.Sell, 0.5 * touch).Step();
            var next = matching == Matching.PriceTime ? 0.25 : 0.1875;
            Assert.Equal(next * touch * Price, Value(venue.TrackedFills), 1e-3 * touch * Price);
        }
    }

    [Fact]
    public void Failed_settlements_leave_the_order_with_its_sender()
    {
        var (venue, harness) = Make(Quiet with { SettlementFailure = new(1) });
        harness.Set(venue.Sell, 10).Step();
        Assert.Equal(0, Value(venue.SoldBase) + Value(venue.Proceeds));
        Assert.InRange(Value(venue.FailedSettlements), 0.99 * 10 * Price, 10 * Price);
    }

    [Fact]
    public void Settlements_fail_as_often_as_prices_outrun_the_margin()
    {
        const int Paths = 20_000;
        var p = Quiet with
        {
            SettlementLatency = new(3600), SettlementMargin = new(0.02), SettlementFailure = new(0.01),
        };
        var (venue, harness) = Make(p, Paths);
        harness.Set(venue.MarketVolatility, 1.5).Set(venue.Sell, 1).Step();
        var deviation = 1.5 * Math.Sqrt(1.0 / 8760);
        var expected = 1 - 0.99 * (1 - 2 * LaneMath.NormalCdf(-0.02 / deviation));
        var share = venue.FailedSettlements.Span.ToArray().Count(f => f > 0) / (double)Paths;
        Assert.Equal(expected, share, 4 * Math.Sqrt(expected * (1 - expected) / Paths));
    }

    [Fact]
    public void Matches_wait_for_the_chain_to_settle()
    {
        var (venue, harness) = Make(Quiet with { SettlementLatency = new(120) });
        harness.Set(venue.Sell, 10).Step().Set(venue.Sell, 0);
        var matched = Value(venue.Unsettled);
        Assert.InRange(matched, 0.99 * 10 * Price, 10 * Price);
        harness.Set(venue.ChainIsUp, 0).Step(5);
        Assert.Equal(matched, Value(venue.Unsettled));
        harness.Set(venue.ChainIsUp, 1).Step(10);
        Assert.Equal(matched * Math.Exp(-1), Value(venue.Unsettled), 1e-6 * matched);
    }

    [Fact]
    public void Users_trade_the_turnover_whatever_calls_forth_more_trades()
    {
        const int Paths = 4000, Ticks = 20;
        foreach (var excitation in new[] { 0.0, 0.6 })
        {
            var p = Quiet with
            {
                Excitation = new(excitation), ExcitationTime = new(60), Turnover = new(3650), TradeSize = new(20_000),
            };
            var (venue, harness) = Make(p, Paths, 600);
            harness.Set(venue.MarketVolatility, 0.93).Step(10);
            var sums = new double[Paths];
            harness.Step(Ticks, _ => Add());
            void Add()
            {
                for (var path = 0; path < Paths; path++)
                {
                    sums[path] += venue.Volume.Span[path];
                }
            }

            var expected = 3650 * 50e6 * 600 / Tick.YearSeconds * Ticks;
            var mean = sums.Average();
            var error = Math.Sqrt(sums.Sum(s => (s - mean) * (s - mean))) / Paths;
            Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
            Assert.True(error < 0.02 * expected);
        }
    }

    [Fact]
    public void Self_excitation_makes_volume_burst()
    {
        // Over times far above that of the excitation the variance of the count is 1/(1 - 0.6)^2 = 6.25 times that of a
        // Poisson count; the sizes add their own.
        Assert.InRange(Spread(0.6) / Spread(0), 2, 6.25);

        static double Spread(double excitation)
        {
            var p = Quiet with
            {
                Excitation = new(excitation), Turnover = new(1825), TradeSize = new(100_000),
            };
            var (venue, harness) = Make(p, 4000, 600);
            harness.Set(venue.MarketVolatility, 0.93).Step(10);
            var volumes = new double[4000];
            for (var tick = 0; tick < 20; tick++)
            {
                harness.Step();
                for (var path = 0; path < 4000; path++)
                {
                    volumes[path] += venue.Volume.Span[path];
                }
            }

            var mean = volumes.Average();
            return volumes.Average(v => (v - mean) * (v - mean)) / (mean * mean);
        }
    }

    [Fact]
    public void Effective_spreads_rise_with_the_size()
    {
        var (venue, harness) = Make(Quiet);
        harness.Step(30, tick => harness.Set(venue.Sell, tick % 3 == 0 ? 2 : tick % 3 == 1 ? 50 : 2000));
        double small = Value(venue.EffectiveHalfSpreadSmall), medium = Value(venue.EffectiveHalfSpreadMedium);
        Assert.True(0.0001 <= small && small < medium && medium < Value(venue.EffectiveHalfSpreadLarge));
    }

    [Fact]
    public void Depth_lost_is_slippage_gained()
    {
        var before = -1.0;
        foreach (var multiple in new[] { 4.0, 1, 0.5, 0.2, 0.1, 0.05, 0.02 })
        {
            var (venue, harness) = Make(Quiet with { WithdrawalRate = new(1e6), RefillHalfLife = new(0.01) });
            harness.Set(venue.LiquidityMultiple, multiple).Step(200).Set(venue.Sell, 200).Step();
            Assert.True(Value(venue.Slippage) > before, $"{multiple}: {Value(venue.Slippage)} after {before}");
            before = Value(venue.Slippage);
        }
    }

    [Fact]
    public void Nothing_trades_without_sequencer_or_chain()
    {
        foreach (var isChain in new[] { false, true })
        {
            var (venue, harness) = Make(new());
            harness.Set(isChain ? venue.ChainIsUp : venue.SequencerIsUp, 0);
            harness.Set(venue.Sell, 5).Set(venue.Buy, 5).Step(3);
            Assert.Equal(0, Value(venue.IsUp) + Value(venue.SoldBase) + Value(venue.SpentQuote) + Value(venue.Volume));
            Assert.Equal(12, Value(venue.TimeWithoutQuotes));
            Assert.Equal(Price, Value(venue.Spot), 1e-9);
        }
    }

    [Fact]
    public void Dollars_counted_in_another_coin_change_nothing_else()
    {
        // A doubled numeraire: prices and dollar parameters twice as high.
        var plain = new Parameters();
        var twice = plain with
        {
            Liquidity = new(100e6), TrackedSize = new(200), TradeSize = new(2000), SizeSmall = new(20_000),
            SizeLarge = new(500_000),
        };
        var (one, first) = Make(plain);
        var (two, second) = Make(twice);
        second.Set(two.MarketPrice, 2 * Price).Start();
        first.Set(one.Sell, 20).Set(one.MarketVolatility, 2).Step(50);
        second.Set(two.Sell, 20).Set(two.MarketVolatility, 2).Step(50);
        foreach (var (a, b) in new (Lane, Lane)[]
        {
            (one.Proceeds, two.Proceeds), (one.Depth100, two.Depth100), (one.ReserveQuote, two.ReserveQuote),
            (one.Spot, two.Spot), (one.Volume, two.Volume),
        })
        {
            Assert.Equal(2 * Value(a), Value(b), 1e-9 * Value(b));
        }

        Assert.Equal(Value(one.SoldBase), Value(two.SoldBase), 1e-9);
        Assert.Equal(Value(one.Slippage), Value(two.Slippage), 1e-9);
    }

    [Fact]
    public void Levels_that_reach_too_far_are_refused()
    {
        var broken = new Parameters { TickGrowth = new(0.5), Levels = new(64), SizeSmall = new(1e6) };
        Assert.Equal(["tickGrowth", "sizeSmall"], broken.Check().Select(c => c.Parameter));
        Assert.Empty(new Parameters().Check());
    }

    [Fact]
    public void A_fixed_key_gives_a_fixed_result()
    {
        var (venue, harness) = Make(new());
        harness.Step(100, tick => harness.Set(venue.MarketPrice, Price + tick % 7).Set(venue.Sell, tick));
        Assert.Equal(
            [PinnedBase, PinnedQuote, PinnedSpread],
            new[] { Value(venue.ReserveBase), Value(venue.ReserveQuote), Value(venue.EffectiveHalfSpreadMedium) });
    }

    internal const double PinnedBase = 12436.930733050018, PinnedQuote = 24250242.659980554;

    internal const double PinnedSpread = 0.0014616558876941943;

    internal static double QuoteWeight() => new QuoteGrid(Quiet, isAsk: false).ShareAt(0);

    internal static BookLevel[] Levels(Lane<Token> lane, OrderBookVenue venue, bool isAsk)
    {
        var grid = new QuoteGrid(Quiet, isAsk);
        var top = Value(venue.Anchor) * (isAsk ? 1 + 0.0001 : 1 - 0.0001);
        return [.. Enumerable.Range(0, grid.Levels)
            .Select(j => new BookLevel(top * grid.PriceAt(j), lane.Row(j)[0][0]))];
    }

    internal static (OrderBookVenue Venue, Harness Harness) Make(Parameters p, int paths = 8, double seconds = 12)
    {
        var venue = new OrderBookVenue(p);
        var harness = new Harness(venue, paths, seconds);
        harness.Set(venue.MarketPrice, Price).Set(venue.MarketVolatility, 0.5);
        harness.Set(venue.ChainIsUp, 1).Set(venue.SequencerIsUp, 1).Start();
        return (venue, harness);
    }

    internal static double Value(Lane lane) => lane.Span[0];
}
