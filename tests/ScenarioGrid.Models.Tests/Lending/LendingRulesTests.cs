using ScenarioGrid.Models.Lending;

namespace ScenarioGrid.Models.Tests.Lending;

public class LendingRulesTests
{
    [Fact]
    public void A_flat_rate_is_the_same_at_any_utilisation() => Gen.Double[0.0, 1]
        .Sample(utilisation => Assert.Equal(0.04, RateCurve.Flat(0.04).At(utilisation), 1e-15));

    [Fact]
    public void A_curve_with_slopes_per_unit_is_the_curve_of_Comet() =>
        Gen.Select(Gen.Double[0.0, 1], Gen.Double[0.05, 0.95]).Sample((utilisation, kink) => Assert.Equal(
            0.01 + 0.05 * Math.Min(utilisation, kink) + 0.3 * Math.Max(utilisation - kink, 0),
            RateCurve.Comet(0.01, kink, 0.05, 0.3).At(utilisation), 1e-15));

    [Fact]
    public void A_protocol_keeps_all_interest_unless_it_says_otherwise()
    {
        var rules = new LendingRules(0.8, 0.75, 1, 0.05, RateCurve.AaveStableOne);
        Assert.Equal(1, rules.ReserveFactor);
        Assert.Null(rules.Supply);
    }
}
