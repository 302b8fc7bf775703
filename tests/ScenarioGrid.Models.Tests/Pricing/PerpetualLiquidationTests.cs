using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Pricing;

public class PerpetualLiquidationTests
{
    [Fact]
    public void The_fillable_price_is_that_of_the_published_cases()
    {
        ReferenceCases.Check("Hy11",
            PerpetualLiquidation.FillablePrice(0.1, 5000, 500, 499, 500),
            PerpetualLiquidation.FillablePrice(0.1, 5000, 500, 499, 500, adjustment: 2),
            PerpetualLiquidation.FillablePrice(0.1, 5000, 500, 499, 500, spread: 0.2));
        ReferenceCases.Check("Hy12", PerpetualLiquidation.FillablePrice(-0.1, -5000, 500, 499, 500));
        ReferenceCases.Check("Hy13", PerpetualLiquidation.FillablePrice(0.1, 300, 30, 10, 50));
    }

    [Fact]
    public void The_insurance_fund_gains_and_pays_as_in_the_published_cases()
    {
        var bankruptcy = PerpetualLiquidation.BankruptcyValue(-5000, -500, -100, 500);
        ReferenceCases.Check("Hy14",
            PerpetualLiquidation.InsuranceDelta(0.1 * 56_100, bankruptcy, 0.005),
            PerpetualLiquidation.InsuranceDelta(0.1 * 56_100, bankruptcy, 0.025),
            PerpetualLiquidation.InsuranceDelta(0.1 * 56_100, bankruptcy, 1));
        ReferenceCases.Check("Hy15",
            PerpetualLiquidation.InsuranceDelta(0.1 * 51_051, bankruptcy, 0.005),
            PerpetualLiquidation.InsuranceDelta(0.1 * 51_000, bankruptcy, 0.005));
        Assert.Equal(-100, PerpetualLiquidation.InsuranceDelta(5000, bankruptcy, 0.005), 1e-9);
    }

    [Fact]
    public void Deleveraging_closes_in_order_or_by_rank()
    {
        double[] opposite = [3, 4, 5];
        Assert.Equal(0, PerpetualLiquidation.Deleverage(5, opposite, []));
        Assert.Equal([0.0, 2, 5], opposite);

        opposite = [3, 4, 5];
        double[] ranks = [PerpetualLiquidation.Rank(10, 100, 2), PerpetualLiquidation.Rank(5, 100, 10), 0.1];
        Assert.Equal(0, PerpetualLiquidation.Deleverage(5, opposite, ranks));
        Assert.Equal([2.0, 0, 5], opposite);
        Assert.Equal(8, PerpetualLiquidation.Deleverage(15, opposite, ranks));
        Assert.Equal(0, opposite.Sum());
        Assert.Throws<ArgumentException>(() => PerpetualLiquidation.Deleverage(1, new double[2], new double[3]));
    }
}
