using ScenarioGrid.Models.Shocks;

namespace ScenarioGrid.Models.Tests.Shocks;

public class CrisisPathsTests
{
    private static readonly (CrisisShape Shape, CrisisAsset Asset)[] Recorded =
    [
        .. from shape in Enum.GetValues<CrisisShape>()
           from asset in Enum.GetValues<CrisisAsset>()
           where CrisisPaths.Has(shape, asset)
           select (shape, asset),
    ];

    [Fact]
    public void All_but_one_path_are_recorded()
    {
        Assert.Equal(11, Recorded.Length);
        Assert.False(CrisisPaths.Has(CrisisShape.Svb2023, CrisisAsset.Btc));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrisisPaths.Points((CrisisShape)99, CrisisAsset.Eth));
        Assert.Throws<ArgumentOutOfRangeException>(() => CrisisPaths.Bars((CrisisShape)99, CrisisAsset.Btc));
    }

    [Fact]
    public void Points_begin_at_the_price_of_the_moment_and_never_go_back_in_time() => Assert.All(Recorded, r =>
    {
        var points = CrisisPaths.Points(r.Shape, r.Asset);

        Assert.Equal((0.0, 0.0), points[0]);
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.First.Seconds < pair.Second.Seconds));
    });

    /// <summary>Lengths as the record of each crisis tells them, in hours.</summary>
    [Theory]
    [InlineData(CrisisShape.BlackThursday2020, 48)]
    [InlineData(CrisisShape.May2021, 32)]
    [InlineData(CrisisShape.Luna2022, 144)]
    [InlineData(CrisisShape.June2022, 216)]
    [InlineData(CrisisShape.Ftx2022, 120)]
    [InlineData(CrisisShape.Svb2023, 72)]
    public void A_record_is_as_long_as_its_crisis(CrisisShape shape, double hours) => Assert.All(
        Recorded.Where(r => r.Shape == shape), r =>
        {
            var bars = CrisisPaths.Bars(r.Shape, r.Asset);

            Assert.Equal(hours * 3600, CrisisPaths.Points(r.Shape, r.Asset)[^1].Seconds);
            Assert.Equal(hours * 3600, bars.Count * bars.BarSeconds);
        });

    /// <summary>Bars and points are one record: the closes add up to the same end, the lowest of the bars is the lowest
    /// point.</summary>
    [Fact]
    public void Bars_reach_the_prices_of_the_points() => Assert.All(Recorded, r =>
    {
        var points = CrisisPaths.Points(r.Shape, r.Asset);
        var bars = CrisisPaths.Bars(r.Shape, r.Asset);
        var (open, low) = (0.0, 0.0);
        for (var bar = 0; bar < bars.Count; bar++)
        {
            var (change, _, lowest) = bars[bar];
            low = Math.Min(low, open + lowest);
            open += change;
        }

        Assert.Equal(points[^1].Log, open, 1e-14);
        Assert.Equal(points.Min(p => p.Log), low, 1e-14);
    });
}
