using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;
using ScenarioGrid.Models.Venues;

namespace ScenarioGrid.Models.Tests.Markets;

/// <summary>What holds for every market, whatever its price process.</summary>
public class MarketTests
{
    private const double Day = 86_400;

    /// <summary>Markets whose price is a fair game; a peg is pulled to par and is none.</summary>
    public static TheoryData<string> FairGames { get; } =
        ["gbm-market", "merton-jump-market", "kou-jump-market", "heston-market", "bates-market", "regime-market"];

    [Theory]
    [MemberData(nameof(FairGames))]
    public void The_price_is_a_martingale(string kind)
    {
        foreach (var (multiple, stress, systemic) in new[] { (1.0, 0.0, 0.0), (1.5, 0.4, 30) })
        {
            var market = Make(kind, ("systemicIntensity", systemic), ("systemicLoading", -0.7));
            MarketRig.Run(market, 20, 20_000, Day / 4,
                (m, h) => h.Set(m.VolatilityMultiple, multiple).Set(m.CorrelationStress, stress));
            MarketRig.AssertMean(2000, market.Price.Span.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(FairGames))]
    public void The_expected_price_grows_at_the_drift(string kind)
    {
        var market = Make(kind, ("drift", 3));
        MarketRig.Run(market, 10, 20_000, Day);

        MarketRig.AssertMean(2000 * Math.Exp(30.0 / 365), market.Price.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(FairGames))]
    public void Another_numeraire_multiplies_every_price(string kind)
    {
        var (one, other) = (Make(kind), Make(kind, ("spot", 2000 * 1024)));
        MarketRig.Run(one, 30, 16, 3600);
        MarketRig.Run(other, 30, 16, 3600);

        Assert.Equal(one.Price.Span.ToArray().Select(x => x * 1024), other.Price.Span.ToArray());
        Assert.Equal(one.Drawdown.Span.ToArray(), other.Drawdown.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(FairGames))]
    public void Paths_of_a_small_run_are_those_of_a_large_one(string kind)
    {
        var (large, small) = (Make(kind, ("systemicIntensity", 300)), Make(kind, ("systemicIntensity", 300)));
        MarketRig.Run(large, 30, 1024, 3600);
        MarketRig.Run(small, 30, 256, 3600);

        Assert.Equal(large.Price.Span[..256].ToArray(), small.Price.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(FairGames))]
    public void Realised_volatility_starts_at_that_of_the_parameters_and_stays_near(string kind)
    {
        // Regimes and variances of their own start anywhere: their mean is compared, over many paths.
        var market = Make(kind, ("volatilityHalfLife", 12 * 3600));
        var harness = new Harness(market, 20_000, 3600).Start();
        var start = market.Variance.Span[0];
        harness.Step(96, t => MarketRig.Draw(market.Normal, harness, t));

        var mean = market.Variance.Span.ToArray().Average();
        Assert.InRange(mean, 0.85 * start, 1.15 * start);
    }

    [Theory]
    [MemberData(nameof(FairGames))]
    public void Liquidity_and_demand_stay_as_they_are_unless_a_regime_says_otherwise(string kind)
    {
        var market = Make(kind);
        MarketRig.Run(market, 5, 64, 3600);

        Assert.Equal(kind != "regime-market", market.LiquidityScale.Span.ToArray().All(x => x == 1));
        Assert.Equal(kind != "regime-market", market.DemandScale.Span.ToArray().All(x => x == 1));
    }

    [Fact]
    public void The_demand_of_a_market_acts_on_a_chain_like_the_dial()
    {
        var (byMarket, byDial) = (new ProofOfStakeChain(new()), new ProofOfStakeChain(new()));
        new Harness(byMarket).Set(byMarket.MarketDemand, 3).Start().Step(50);
        new Harness(byDial).Set(byDial.DemandMultiple, 3).Start().Step(50);

        Assert.Equal(byDial.BaseFee.Span.ToArray(), byMarket.BaseFee.Span.ToArray());
        Assert.True(byDial.BaseFee.Span[0] > 0);
    }

    [Fact]
    public void The_liquidity_of_a_market_acts_on_a_venue_like_the_dial()
    {
        Assert.Equal(Reserve(0.4, 1), Reserve(1, 0.4));
        Assert.NotEqual(Reserve(1, 1), Reserve(1, 0.4));

        static double Reserve(double dial, double market)
        {
            var venue = new ConstantProductVenue(new());
            new Harness(venue).Set(venue.MarketPrice, 2000).Set(venue.MarketVolatility, 0.8).Set(venue.ChainIsUp, 1)
                .Start().Set(venue.LiquidityMultiple, dial).Set(venue.MarketLiquidity, market).Step(5);
            return venue.ReserveQuote.Span[0];
        }
    }

    private static Market Make(string kind, params (string Name, double Value)[] set)
    {
        var info = ComponentCatalog.Default.Components[kind];
        double[] values = [.. info.Parameters.Select(p => p.Default)];
        foreach (var (name, value) in set)
        {
            values[info.IndexOf(name)] = value;
        }

        return (Market)info.Create(values);
    }
}
