using System.Diagnostics;
using System.Globalization;
using ScenarioGrid.Grains;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Bench.Commands;

/// <summary>A component with one parameter and nothing to do.</summary>
[Component("empty", Family = "Portfolios")]
public sealed class EmptyComponent(EmptyComponent.Parameters p) : Component
{
    public sealed record Parameters
    {
        /// <summary>Passed through to the output.</summary>
        [Bounds(0, 1e9)]
        public Quantity<Number> Level { get; init; } = new(1);
    }

    public Lane<Number> Value { get; } = Lane.Output<Number>(0, Over.Final);

    public override void Step(in Tick tick) => Value.Span.Fill(p.Level.Value);
}

/// <summary>
/// How many cells a second the grains can hand out, run and take back when a cell is next to no work.
/// </summary>
public static class EmptyCells
{
    public static int Run(string[] args) => Task.Run(async () =>
    {
        var count = ReferenceRun.Option(args, "--count", 200_000);
        var workers = ReferenceRun.Option(args, "--workers", Environment.ProcessorCount);
        var text = $$"""
            version: 1
            campaign: empty
            seed: 1
            paths: 8
            scenario:
              horizon: 1s
              tick: 1s
              instances:
                nothing: {kind: empty}
            sweep:
              nothing.level: {from: 1, to: 2, steps: {{count}}}
            objectives:
              any: minimise nothing.value.mean
            """;
        await using var grid = await EmbeddedGrid.Start(ReferenceCampaign.Catalog, workers);
        var client = new CampaignClient(grid.Front, Caller.Local);
        var (clock, cpu) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var campaign = (await client.Submit(new CampaignSubmission(text, 8))).Campaign;
        var done = 0;
        await client.Collect(campaign, new HashSet<long>(), r => done += r.Count, _ => { }, CancellationToken.None);
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var wall = clock.Elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"cells={done} workers={workers} wall={wall:0.00} s cpu={used:0.00} s cells/s={done / wall:0} "
            + $"peak={Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB"));
        return done == count ? 0 : 1;
    }).GetAwaiter().GetResult();
}
