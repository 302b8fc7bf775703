using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Measures;

/// <summary>How often the interval of a statistic holds the true value, over repeated samples.</summary>
internal static class Coverage
{
    public static double Of(string statistic, int paths, int repetitions, Func<double, double> inverse, double truth)
    {
        var covered = 0;
        for (var repetition = 0u; repetition < repetitions; repetition++)
        {
            var values = Values(repetition, paths, inverse);
            var estimate = Statistics.Find(statistic)!.Of(new Sample(values));
            covered += estimate.Low <= truth && truth <= estimate.High ? 1 : 0;
        }

        return (double)covered / repetitions;
    }

    public static double[] Values(uint repetition, int paths, Func<double, double> inverse) =>
    [
        .. Enumerable.Range(0, paths).Select(path =>
            inverse((Philox.Words(((uint)path, repetition, 0, 0), (20200312, 7)).W0 + 0.5) / 4294967296.0)),
    ];
}
