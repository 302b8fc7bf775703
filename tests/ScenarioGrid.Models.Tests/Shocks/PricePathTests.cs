using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class PricePathTests
{
    private const double Hour = 3600;

    [Fact]
    public void Laws_of_shocks_hold() => ShockLaws.Check("price-path");

    /// <summary>Closes and lows recorded in the hourly data, ETH then BTC.</summary>
    [Theory]
    [InlineData(CrisisShape.BlackThursday2020, CrisisAsset.Eth, 4, 0.9248)]
    [InlineData(CrisisShape.BlackThursday2020, CrisisAsset.Eth, 20, 0.5373)]
    [InlineData(CrisisShape.BlackThursday2020, CrisisAsset.Eth, 22, 0.4767)]
    [InlineData(CrisisShape.BlackThursday2020, CrisisAsset.Eth, 48, 0.7242)]
    [InlineData(CrisisShape.BlackThursday2020, CrisisAsset.Btc, 22, 0.5207)]
    [InlineData(CrisisShape.BlackThursday2020, CrisisAsset.Btc, 48, 0.7108)]
    [InlineData(CrisisShape.May2021, CrisisAsset.Eth, 14, 0.5797)]
    [InlineData(CrisisShape.May2021, CrisisAsset.Btc, 14, 0.6891)]
    [InlineData(CrisisShape.Luna2022, CrisisAsset.Eth, 126, 0.6316)]
    [InlineData(CrisisShape.Luna2022, CrisisAsset.Btc, 72, 0.8363)]
    [InlineData(CrisisShape.June2022, CrisisAsset.Eth, 204, 0.4921)]
    [InlineData(CrisisShape.June2022, CrisisAsset.Btc, 216, 0.6298)]
    [InlineData(CrisisShape.Ftx2022, CrisisAsset.Eth, 90, 0.6590)]
    [InlineData(CrisisShape.Ftx2022, CrisisAsset.Btc, 120, 0.8250)]
    [InlineData(CrisisShape.Svb2023, CrisisAsset.Eth, 72, 1.1141)]
    public void The_path_goes_through_the_recorded_prices(
        CrisisShape shape, CrisisAsset asset, double hours, double ratio)
    {
        var shock = new PricePath(new() { Shape = shape, Asset = asset });

        Assert.Equal(ratio, Math.Exp(shock.At(hours * Hour, 1)), 1e-12);
        Assert.Equal(ratio * ratio, Math.Exp(shock.At(hours * Hour, 2)), 1e-12);
    }

    [Fact]
    public void It_begins_at_the_price_of_the_moment_and_is_straight_in_the_log()
    {
        var shock = new PricePath(new());

        Assert.Equal(0, shock.At(0, 1));
        Assert.Equal(Math.Log(0.9248) / 4, shock.At(Hour, 1), 1e-15);
        Assert.Equal((Math.Log(0.5373) + Math.Log(0.4767)) / 2, shock.At(21 * Hour, 1), 1e-12);
    }

    /// <summary>The deepest point of Black Thursday is the low: no other point of the path lies below.</summary>
    [Fact]
    public void The_lowest_point_is_the_recorded_low()
    {
        var shock = new PricePath(new());
        var low = Enumerable.Range(0, 48 * 60).Min(minute => Math.Exp(shock.At(minute * 60, 1)));

        Assert.Equal(0.4767, low, 1e-12);
    }

    [Fact]
    public void The_end_is_held_or_released_by_halves()
    {
        var held = new PricePath(new());
        var released = new PricePath(new() { ReleaseHalfLife = new(10 * Hour) });

        Assert.Equal(Math.Log(0.7242), held.At(1000 * Hour, 1), 1e-15);
        Assert.Equal(Math.Log(0.7242), released.At(48 * Hour, 1), 1e-15);
        Assert.Equal(Math.Log(0.7242) / 4, released.At(68 * Hour, 1), 1e-14);
    }

    [Fact]
    public void The_one_path_that_is_not_recorded_is_refused()
    {
        var kind = ComponentCatalog.Default.Shocks["price-path"];
        var (shape, asset) = (kind.IndexOf("shape"), kind.IndexOf("asset"));
        double[] values = [.. kind.Parameters.Select(p => p.Default)];
        Assert.Equal("black-thursday-2020", kind.Parameters[shape].Choices![0]);
        Assert.Empty(kind.Check(values));

        values[shape] = kind.Parameters[shape].Choices!.ToList().IndexOf("svb-2023");
        values[asset] = kind.Parameters[asset].Choices!.ToList().IndexOf("btc");
        Assert.Equal("asset", Assert.Single(kind.Check(values)).Parameter);
    }
}
