using ScenarioGrid.Campaigns;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Tests.Scenarios;

/// <summary>What a fault does to its cell.</summary>
public class CellRunnerTests
{
    private static readonly ComponentCatalog Catalog = new(typeof(CellRunnerTests).Assembly);

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(128)]
    public void A_fault_fails_the_cell_alike_in_any_block(int blockPaths)
    {
        var first = Run("{path: 70, from: 5, to: 99}", 100, blockPaths);
        Assert.StartsWith("numeric-fault: glitch.highest at path 70, tick 5", first.Error, StringComparison.Ordinal);
        Assert.Equal(
            CellResult.Hash([Run("{path: 70, from: 5, to: 99}", 100, 128)]), CellResult.Hash([first]));
    }

    [Fact]
    public void A_lane_that_only_fills_up_the_last_vector_cannot_fail_a_cell()
    {
        Assert.Null(Run("{path: 6, from: 5, to: 99}", 5, 64).Error);
        Assert.NotNull(Run("{path: 4, from: 5, to: 99}", 5, 64).Error);
    }

    [Fact]
    public void A_value_that_is_no_number_for_one_tick_shows_in_a_maximum() =>
        Assert.Contains("numeric-fault: glitch.highest at path 3",
            Run("{path: 3, from: 5, to: 5}", 8, 8).Error, StringComparison.Ordinal);

    [Fact]
    public void Whole_numbers_stay_whole_on_grids_and_in_samples()
    {
        var problems = new Problems();
        Assert.Null(CampaignFile.Read(Text("{path: 1, from: 5, to: 5}", 8)
            + "sweep:\n  glitch.path: {from: 1, to: 10, steps: 5}\n", Catalog, problems));
        Assert.Contains("5 steps make levels between them; steps: 10 makes every whole number a level",
            problems.ToString(), StringComparison.Ordinal);

        var sampled = Read(Text("{path: 1, from: 5, to: 5}", 8)
            + "sweep:\n  glitch.path: {from: 1, to: 10, steps: 10}\n  sample: {design: sobol, points: 64}\n");
        var cells = new ScenarioPlan(sampled).Cells;
        var settings = Enumerable.Range(0, 64).Select(c => cells.Settings(c)[0]).ToList();
        Assert.All(settings, s => Assert.Equal(s, Math.Round(s)));
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (double)n), settings.Distinct().Order());
    }

    private static CellResult Run(string glitch, int paths, int blockPaths)
    {
        var plan = new ScenarioPlan(Read(Text(glitch, paths)), blockPaths);
        var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [0]);
        runner.Advance(long.MaxValue / 2);
        return Assert.Single(runner.TakeResults());
    }

    private static string Text(string glitch, int paths) => $$"""
        version: 1
        campaign: faults
        paths: {{paths}}
        scenario:
          horizon: 20s
          tick: 1s
          instances:
            glitch: {kind: test-glitch, {{glitch[1..]}}

        """;

    private static Campaign Read(string text)
    {
        var problems = new Problems();
        return CampaignFile.Read(text, Catalog, problems) ?? throw new InvalidOperationException(problems.ToString());
    }
}

/// <summary>Is no number on one path for some ticks.</summary>
[Component("test-glitch", Family = "Bonds")]
public sealed class TestGlitch(TestGlitch.Parameters p) : Component
{
    public sealed record Parameters
    {
        /// <summary>The path.</summary>
        [Bounds(0, 1e6, Whole = true)] public Quantity<Count> Path { get; init; }

        /// <summary>First tick.</summary>
        [Bounds(0, 1e6, Whole = true)] public Quantity<Count> From { get; init; }

        /// <summary>Last tick.</summary>
        [Bounds(0, 1e6, Whole = true)] public Quantity<Count> To { get; init; }
    }

    /// <summary>Seen at the end.</summary>
    public Lane<Number> Value { get; } = Lane.Output<Number>(0, Over.Final);

    /// <summary>Seen at every tick.</summary>
    public Lane<Number> Highest { get; } = Lane.Output<Number>(0, Over.Max);

    public override void Step(in Tick tick)
    {
        for (var path = 0; path < tick.Paths; path++)
        {
            var isOff = tick.FirstPath + path == p.Path.Value && tick.Index >= p.From.Value && tick.Index <= p.To.Value;
            Value.Span[path] = isOff ? double.NaN : tick.Index;
            Highest.Span[path] = Value.Span[path];
        }
    }
}
