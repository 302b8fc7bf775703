using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;

namespace ScenarioGrid.Models.Tests.Lending;

public class LendingParametersTests
{
    public static TheoryData<string, LendingParameters> Published => new()
    {
        { "Aave WETH", new CdpLending.Parameters() },
        { "Aave DAI", Aave(0.75, 0.80, 0.05) },
        { "Aave USDC", Aave(0.80, 0.85, 0.05) },
        { "Aave AAVE", Aave(0.50, 0.65, 0.10) },
        { "Comet WETH", new CompoundLending.Parameters() },
        { "Comet WBTC", Comet(0.70, 0.77, 0.95) },
        { "Comet COMP", Comet(0.65, 0.70, 0.93) },
        { "Comet UNI", Comet(0.75, 0.81, 0.93) },
        { "Comet LINK", Comet(0.79, 0.85, 0.93) },
        { "Maker clip", new MakerLending.Parameters() },
        { "Maker flip", new MakerLending.Parameters { Auction = AuctionKind.Flip, Hole = new(1e12) } },
        { "Liquity", new LiquityLending.Parameters() },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_settings_break_no_rule(string name, LendingParameters parameters) =>
        Assert.True(!((IChecked)parameters).Check().Any(), name);

    [Fact]
    public void A_book_without_room_for_its_ratios_is_refused()
    {
        var problems = new MakerLending.Parameters
        {
            LiquidationRatio = new(3), RatioHigh = new(3), ActHealth = new(1.5), BoostHealth = new(1.2),
        }.Check().ToArray();
        Assert.Equal(["ratioHigh", "targetHealth", "boostHealth"], problems.Select(q => q.Parameter));
        Assert.Contains("3.06", problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recovery_below_the_minimum_is_refused() => Assert.Equal("criticalRatio",
        new LiquityLending.Parameters { CriticalRatio = new(1.05) }.Check().Single().Parameter);

    private static CdpLending.Parameters Aave(double loan, double threshold, double bonus) => new()
    {
        LiquidationThreshold = new(threshold), BorrowGap = new(threshold - loan), LiquidationBonus = new(bonus),
    };

    private static CompoundLending.Parameters Comet(double loan, double threshold, double factor) => new()
    {
        BorrowFactor = new(loan), LiquidationThreshold = new(threshold), LiquidationFactor = new(factor),
    };
}
