using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Lending;

public class RedemptionFeeTests
{
    // C17.
    [Fact]
    public void A_base_rate_decays_by_whole_minutes() => ReferenceCases.Check("C17",
        RedemptionFee.Decayed(0.01, 432), RedemptionFee.Decayed(0.01, 1179), RedemptionFee.Decayed(0.01, 86_400));

    // C18.
    [Fact]
    public void A_high_base_rate_decays_alike() => ReferenceCases.Check("C18",
        RedemptionFee.Decayed(0.34539284, 3547), RedemptionFee.Decayed(0.34539284, 100_000));

    // C19.
    [Fact]
    public void A_redemption_raises_the_fee()
    {
        var raised = RedemptionFee.Raised(RedemptionFee.Decayed(0.02, 720 * 60), 0.01, 2);
        ReferenceCases.Check("C19", raised[0], RedemptionFee.RateAt(raised, 0.005)[0]);
    }

    [Fact]
    public void Ticks_of_any_length_decay_alike() =>
        Gen.Select(Gen.Double[1.0, 1e5], Gen.Double[1.0, 1e5]).Sample((a, b) => Assert.Equal(
            RedemptionFee.DecayOf(a + b), RedemptionFee.DecayOf(a) * RedemptionFee.DecayOf(b), 1e-13));

    // BORROWING_FEE_FLOOR .5 %, MAX_BORROWING_FEE 5 %.
    [Theory]
    [InlineData(0, 0.005)]
    [InlineData(0.015, 0.02)]
    [InlineData(0.045, 0.05)]
    [InlineData(0.3, 0.05)]
    public void The_fee_of_a_loan_lies_between_floor_and_ceiling(double baseRate, double fee) =>
        Assert.Equal(fee, RedemptionFee.RateAt(baseRate, 0.005, 0.05)[0], 1e-15);

    [Fact]
    public void The_fee_never_exceeds_the_whole() =>
        Assert.Equal(1, RedemptionFee.RateAt(RedemptionFee.Raised(new(0.9), new(1.0), 1), 0.005)[0]);
}
