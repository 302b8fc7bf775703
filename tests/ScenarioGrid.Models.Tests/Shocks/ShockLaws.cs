using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Tests.Shocks;

/// <summary>What every shock obeys, for random parameters within their bounds.</summary>
internal static class ShockLaws
{
    /// <summary>Severity 0 leaves the dial exactly at its neutral value; every value is finite.</summary>
    public static void Check(string name)
    {
        var kind = ComponentCatalog.Default.Shocks[name];
        var neutral = kind.Shock!.Dial.EndsWith("Multiple", StringComparison.Ordinal) ? 1.0 : 0.0;
        var values = Gen.Double[0, 1].Array[kind.Parameters.Count];
        Gen.Select(values, Gen.Double[0, 2_000_000], Gen.Double[0, 2]).Sample((shares, seconds, severity) =>
        {
            double[] set = [.. kind.Parameters.Select((p, i) => Value(p, shares[i]))];
            var shock = kind.CreateShock(set);
            Assert.Equal(neutral, shock.At(seconds, 0));
            Assert.True(double.IsFinite(shock.At(seconds, severity)));
            Assert.Equal(shock.At(seconds, severity), kind.CreateShock(set).At(seconds, severity));
        });
    }

    private static double Value(ParameterInfo p, double share) =>
        p.Choices is null ? p.Low + share * share * share * (p.High - p.Low) : Math.Round(share * p.High);
}
