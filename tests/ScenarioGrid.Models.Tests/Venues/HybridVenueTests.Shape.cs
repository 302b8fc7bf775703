using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;
using Parameters = ScenarioGrid.Models.Venues.HybridVenue.Parameters;

namespace ScenarioGrid.Models.Tests.Venues;

/// <content>A book in its shape beside the pool.</content>
public partial class HybridVenueTests
{
    private static readonly Parameters Shaped = Quiet with { Mode = BookMode.Shape, MakerLatency = new(0) };

    private static readonly double[] Powers = [0.5, 1, 1.7, 2, 3, 4];

    [Fact]
    public void A_shape_beside_a_pool_is_its_levels_within_their_spacing() =>
        Gen.Select(Gen.Double[1, 15_000], Gen.Double[0, 1], Gen.Double[1, 3], Gen.Bool).Sample(
            (amount, share, power, isSell) =>
            {
                var p = Shaped with
                {
                    Levels = new(64), TickGrowth = new(0), DepthPower = new(power), AmmCapital = new(share),
                };
                var shape = Average(p);
                var levels = Average(p with { Mode = BookMode.Levels });
                Assert.InRange((isSell ? 1 : -1) * (levels - shape), -1e-9, 1.01e-4 * Price);

                double Average(Parameters parameters)
                {
                    var (venue, harness) = Make(parameters);
                    harness.Set(venue.ArbitrageOff(), 1e9);
                    harness.Set(isSell ? venue.Sell : venue.Buy, isSell ? amount : amount * Price);
                    harness.Step();
                    Assert.Equal(0, Value(venue.TradeThroughs));
                    return isSell ? Value(venue.AverageSellPrice) : Value(venue.AverageBuyPrice);
                }
            }, iter: 100);

    [Fact]
    public void A_shape_is_never_crossed_with_the_pool() =>
        Gen.Select(Gen.Double[0.9, 1.1], Gen.Double[0.5, 4], Gen.Double[0.01, 0.9]).Sample((move, power, share) =>
        {
            var p = Shaped with { DepthPower = new(power), AmmCapital = new(share) };
            var (venue, harness) = Make(p);
            harness.Set(venue.ArbitrageOff(), 1e9).Set(venue.MarketPrice, move * Price).Step();
            double bid = 0.9995 * Spot(venue), ask = Spot(venue) / 0.9995;
            var size = Value(venue.DepthMultiple) * (1 - share) * 25e6 / (move * Price);
            Assert.True(Value(venue.AskImpact) >= size * (1 - 1e-9) || bid <= Best(true) * (1 + 1e-9));
            Assert.True(Value(venue.BidImpact) >= size * (1 - 1e-9) || ask >= Best(false) * (1 - 1e-9));
            Assert.True(Value(venue.UncrossProfit) >= 0);
            Assert.True(Math.Abs(move - 1) < 0.001 || Value(venue.UncrossProfit) > 0);

            double Best(bool isAsk)
            {
                var used = (isAsk ? Value(venue.AskImpact) : Value(venue.BidImpact)) / size;
                var distance = QuoteGrid.Distance(0.0001, 0.1, 32) * Math.Pow(used, 1 / power);
                return move * Price * (isAsk ? 1.0001 * (1 + distance) : 0.9999 * (1 - distance));
            }
        });

    [Fact]
    public void Value_is_conserved_with_a_shape() =>
        Gen.Select(
            Gen.Double[0.001, 1], Gen.Double[1, 20], Gen.Double[0.01, 0.2], Gen.Int[0, 2],
            Gen.Int[0, 5]).Sample((share, concentration, swing, matching, power) =>
            {
                var p = new Parameters
                {
                    AmmCapital = new(share), Concentration = new(concentration), Matching = (Matching)matching,
                    MakerLatency = new(5), Mode = BookMode.Shape, DepthPower = new(Powers[power]),
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
            }, iter: 60);
}
