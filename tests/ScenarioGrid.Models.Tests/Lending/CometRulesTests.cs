using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Lending;

public class CometRulesTests
{
    // C6.
    [Fact]
    public void Dollars_buy_what_Comet_quotes() => ReferenceCases.Check("C6",
        CometRules.QuoteCollateral(200, 200, 0.6, 0.5), CometRules.QuoteCollateral(810, 9, 0.8, 0.5));

    [Fact]
    public void The_ask_lies_between_the_seizure_and_the_oracle_price() =>
        Gen.Select(Gen.Double[1.0, 1e5], Gen.Double[0.5, 1], Gen.Double[0.0, 1]).Sample((price, factor, front) =>
            Assert.InRange(CometRules.AskPrice(price, factor, front), price * factor * (1 - 1e-12), price));

    [Fact]
    public void An_account_is_credited_what_its_collateral_is_worth_above_the_debt_and_never_less_than_nothing()
    {
        Assert.Equal(50, CometRules.Credit(new(1000), new(900), 0.95)[0], 1e-12);
        Assert.Equal(0, CometRules.Credit(new(900), new(900), 0.95)[0]);
    }
}
