using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Tests.Measures;

public class PinnedBitsTests
{
    [Fact]
    public void Statistics_have_the_same_bits_on_every_processor()
    {
        var sample = new Sample(Coverage.Values(3, 1000, u => u * u * 1000 - 100));
        string Bits(string name)
        {
            var e = Statistics.Find(name)!.Of(sample);
            return $"{name} {BitConverter.DoubleToInt64Bits(e.Value):X} {BitConverter.DoubleToInt64Bits(e.Low):X}"
                + $" {BitConverter.DoubleToInt64Bits(e.High):X}";
        }

        string[] names = ["mean", "sd", "p99", "es95", "prob"];
        Assert.Equal(string.Join(";", Pinned), string.Join(";", names.Select(Bits)));
    }

    [Fact]
    public void Memberships_have_the_same_bits_on_every_processor()
    {
        Estimate[][] cells =
        [
            .. Enumerable.Range(0, 4).Select(i =>
                new[] { new Estimate(i, i - 1, i + 1, 1.5, 9), new Estimate(4 - i, 3 - i, 5 - i, 1.5, 9) }),
        ];
        Assert.Equal(PinnedShares,
            Membership.Probabilities(cells, [Direction.Minimise, Direction.Minimise], 1000, seed: 7));
    }

    private static readonly string[] Pinned =
    [
        "mean 406C2EE549D3C537 4069DCE0C4A4B636 406E80E9CF02D438",
        "sd 4072B23E4E6D9073 40720FDEAA5EB971 4073549DF27C6775",
        "p99 408B61DBBE8746D0 408AF0C62976036C 408BE54A60014498",
        "es95 408A9AFECE410DA3 408A29AC72D0BC41 408B0C5129B15F05",
        "prob 3FE578D4FDF3B646 3FE48250F022C314 3FE6671164F18403",
    ];

    private static readonly double[] PinnedShares = [0.669, 0.595, 0.609, 0.666];
}
