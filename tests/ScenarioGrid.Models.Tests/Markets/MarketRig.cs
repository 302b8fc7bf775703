using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Markets;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Markets;

/// <summary>Runs a market by itself and holds samples against what they should be.</summary>
internal static class MarketRig
{
    /// <summary>A market after so many ticks of a factor of its own.</summary>
    public static (TMarket Market, Harness Harness) Run<TMarket>(
        TMarket market, int ticks, int paths, double seconds, Action<TMarket, Harness>? set = null)
        where TMarket : Market
    {
        var harness = new Harness(market, paths, seconds).Start();
        set?.Invoke(market, harness);
        harness.Step(ticks, t => Draw(market.Normal, harness, t));
        return (market, harness);
    }

    /// <summary>What the engine does for a factor: a standard normal of its own a tick.</summary>
    public static void Draw(Lane factor, Harness harness, int tick, int stream = 1)
    {
        var key = PhiloxKey.Of((ulong)stream, "factor");
        var own = new Tick(tick, int.MaxValue, 1, harness.Tick.FirstPath, harness.Paths, key, key);
        var normal = factor.Vecs;
        for (var i = 0; i < own.Vectors; i++)
        {
            normal[i] = own.Normal(0, i);
        }
    }

    /// <summary>The mean of a sample is what it should be within 4 standard errors.</summary>
    public static void AssertMean(double expected, double[] values)
    {
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length / (values.Length - 1.0));
        Assert.True(Math.Abs(mean - expected) <= 4 * error + 1e-12,
            $"mean {mean}, expected {expected}, standard error {error}");
    }

    /// <summary>
    /// The log-returns have these cumulants; k-statistics of 50 batches, so that their error is measured, not assumed.
    /// </summary>
    public static void AssertCumulants(Market market, double spot, double[] expected)
    {
        const int batches = 50;
        double[] returns = [.. market.Price.Span.ToArray().Select(x => Math.Log(x / spot))];
        var size = returns.Length / batches;
        var statistics = Enumerable.Range(0, batches)
            .Select(b => KStatistics(returns.AsSpan(b * size, size))).ToArray();
        for (var order = 0; order < 4; order++)
        {
            AssertMean(expected[order], [.. statistics.Select(k => k[order])]);
        }
    }

    /// <summary>Unbiased estimates of the first four cumulants (Fisher's k-statistics).</summary>
    private static double[] KStatistics(ReadOnlySpan<double> values)
    {
        double n = values.Length, mean = 0, m2 = 0, m3 = 0, m4 = 0;
        foreach (var v in values)
        {
            mean += v / n;
        }

        foreach (var v in values)
        {
            var d = v - mean;
            m2 += d * d / n;
            m3 += d * d * d / n;
            m4 += d * d * d * d / n;
        }

        return
        [
            mean,
            n / (n - 1) * m2,
            n * n / ((n - 1) * (n - 2)) * m3,
            n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3)),
        ];
    }
}
