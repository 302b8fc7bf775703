using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws;

/// <summary>A step makes no garbage: measured when everything is loaded.</summary>
internal sealed class StepAllocatesNothing : Law
{
    public override string Name => "no allocation in a step";

    public override int Scenarios => 6;

    public override string? BrokenBy(ComponentKind kind, int seed)
    {
        // The runtime itself may allocate once on this thread, so what counts is what every run allocates.
        var law = Case(kind, seed);
        var runs = Enumerable.Range(0, 4).Select(_ => Measure(law)).ToArray();
        var (bytes, first) = runs.Skip(1).MinBy(r => r.Bytes);
        return bytes == 0 ? null
            : $"  {bytes} bytes over {law.Ticks} ticks, the first in tick {first}\n{law.Describe()}";
    }

    private static (long Bytes, int First) Measure(LawCase law)
    {
        var (bytes, first) = (0L, -1);
        new LawRun(law, law.Paths)
        {
            Stepping = (component, tick) =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                component.Step(tick);
                var made = GC.GetAllocatedBytesForCurrentThread() - before;
                first = made > 0 && first < 0 ? tick.Index : first;
                bytes += made;
            },
        }.Record();
        return (bytes, first);
    }
}
