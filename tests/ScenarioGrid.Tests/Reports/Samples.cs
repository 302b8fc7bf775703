using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

/// <summary>The sample outcomes by name, and how a test writes one.</summary>
internal static class Samples
{
    public static IReadOnlyDictionary<string, Func<RunOutcome>> All { get; } = new Dictionary<string, Func<RunOutcome>>
    {
        ["two-axes"] = SampleOutcome.TwoAxes,
        ["one-axis"] = SampleOutcome.OneAxis,
        ["nothing-swept"] = SampleOutcome.NothingSwept,
        ["four-axes"] = SampleOutcome.FourAxes,
        ["sampled"] = SampleOutcome.Sampled,
        ["failing"] = SampleOutcome.Failing,
        ["without-objectives"] = SampleOutcome.WithoutObjectives,
        ["long-names"] = SampleOutcome.LongNames,
    };

    public static byte[] Bytes(ReportFormat format, RunOutcome outcome)
    {
        using var stream = new MemoryStream();
        format.Write(outcome, stream);
        return stream.ToArray();
    }
}
