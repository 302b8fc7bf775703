using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Tests.Markets;

public class StochasticVolatilityMarketTests
{
    public static TheoryData<string> Kinds { get; } = ["heston-market", "bates-market"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_variance_has_the_moments_of_the_closed_form_whatever_the_dial(string kind)
    {
        foreach (var multiple in new[] { 1.0, 3 })
        {
            var market = (StochasticVolatilityMarket)Make(kind);
            MarketRig.Run(market, 10, 30_000, 86_400, (m, h) => h.Set(m.VolatilityMultiple, multiple));

            var variances = market.SpotVariance.Span.ToArray();
            var mean = HestonVariance.Mean(10.0 / 365, 0.64, 3, 0.7);
            MarketRig.AssertMean(mean, variances);
            MarketRig.AssertMean(HestonVariance.Spread(10.0 / 365, 0.64, 3, 0.7, 1.5),
                [.. variances.Select(v => (v - mean) * (v - mean))]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_starts_at_its_own_variance(string kind)
    {
        var market = (StochasticVolatilityMarket)Make(kind);
        MarketRig.Run(market, 0, 8, 12);

        Assert.Equal(0.64, market.SpotVariance.Span[0]);
        Assert.InRange(market.Volatility.Span[0], 0.8, 0.85);
    }

    private static Component Make(string kind)
    {
        var info = ComponentCatalog.Default.Components[kind];
        return info.Create([.. info.Parameters.Select(p => p.Default)]);
    }
}
