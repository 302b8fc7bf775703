using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Tests.Scenarios;

/// <summary>Outputs of many rows and those that read them.</summary>
public class RowsTests
{
    private const int Ticks = 5;

    private static readonly ComponentCatalog Catalog = new(typeof(TestTower).Assembly);

    // Stages run in their order, so each reader sees the rows of the tick itself: 1, 10 and 100 times its number.
    private static readonly double[] Expected = [Ticks - 1, 2 * 111 * (Ticks - 1)];

    [Fact]
    public void A_reader_sees_every_row_of_every_instance()
    {
        var plan = new ScenarioPlan(Read("{kind: test-viewer, towers: [one, two]}").Campaign!);
        var block = ScenarioFactory.Block(
            plan, plan.Cells.Settings(0), ScenarioFactory.Instances(plan), 0, null);
        block.Run(Ticks);
        Assert.Equal(Expected, Measured(plan, block.Read).ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Parts_send_every_row(int count)
    {
        var plan = new ScenarioPlan(Read("{kind: test-viewer, towers: [one, two]}").Campaign!);
        var boundary = ScenarioPart.Boundary(plan, count);
        ScenarioPart[] parts = [.. Enumerable.Range(0, count).Select(p => new ScenarioPart(plan, 0, 0, p, count))];
        var stages = plan.Campaign.Instances.Select(i => i.Kind.Stage).Distinct().Order().ToArray();
        for (var tick = 0; tick < Ticks; tick++)
        {
            foreach (var stage in stages)
            {
                Array.ForEach(parts, part => part.Step(tick, stage));
                foreach (var address in boundary.Where(a => plan.Campaign.Instances[a.Instance].Kind.Stage == stage))
                {
                    var owner = ScenarioPart.OwnerOf(address.Instance, count);
                    var sent = parts[owner].Send(address);
                    Assert.Equal(3 * plan.LanesOf(0), sent.Length);
                    foreach (var part in parts.Where((_, p) => p != owner))
                    {
                        part.Receive(address, sent);
                    }
                }
            }
        }

        var measured = parts.SelectMany(p => p.Measures()).OrderBy(m => m.Measure).Select(m => m.Values[0]);
        Assert.Equal(Expected, measured.ToArray());
    }

    [Fact]
    public void A_reader_of_another_number_of_rows_is_refused() =>
        Assert.Contains("viewer.height takes 1 rows, but one.heights has 3",
            Read("{kind: test-glance, tower: one}").Problems, StringComparison.Ordinal);

    private static (Campaign? Campaign, string Problems) Read(string viewer)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read($$"""
            version: 1
            campaign: rows
            paths: 8
            scenario:
              horizon: {{Ticks}}s
              tick: 1s
              instances:
                one: {kind: test-tower}
                two: {kind: test-tower}
                viewer: {{viewer}}
            """, Catalog, problems);
        return (campaign, problems.ToString()!);
    }

    private delegate void Reading(int measure, Span<double> paths);

    private static IEnumerable<double> Measured(ScenarioPlan plan, Reading read)
    {
        for (var measure = 0; measure < plan.Campaign.Measures.Count; measure++)
        {
            var values = new double[8];
            read(measure, values);
            yield return values[0];
        }
    }
}

/// <summary>Shows 1, 10 and 100 times the number of the tick.</summary>
[Component("test-tower", Family = "Markets")]
public sealed class TestTower : Component
{
    public Lane<Number> Heights { get; } = Lane.Output<Number>(rows: 3);

    public override void Step(in Tick tick)
    {
        var factor = 1;
        for (var row = 0; row < Heights.Rows; row++, factor *= 10)
        {
            var heights = Heights.Row(row);
            for (var i = 0; i < tick.Vectors; i++)
            {
                heights[i] = factor * tick.Index;
            }
        }
    }
}

/// <summary>Adds up all rows of all towers, and looks at the first row of the first.</summary>
[Component("test-viewer", Family = "Venues")]
public sealed class TestViewer : Component
{
    public LaneList<Number> Towers { get; } = Lane.Inputs<Number>("towers.heights", rows: 3);

    public Lane<Number> Sum { get; } = Lane.Output<Number>(0, Over.Final);

    public Lane<Number> Ground { get; } = Lane.Output<Number>(0, Over.Final);

    public override void Step(in Tick tick)
    {
        Vecs sum = Sum.Vecs, ground = Ground.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            ground[i] = Towers[0].Vecs[i];
            sum[i] = Vec.Zero;
            for (var tower = 0; tower < Towers.Count; tower++)
            {
                for (var row = 0; row < 3; row++)
                {
                    sum[i] += Towers[tower].Row(row)[i];
                }
            }
        }
    }
}

/// <summary>Takes for one row what has many.</summary>
[Component("test-glance", Family = "Venues")]
public sealed class TestGlance : Component
{
    public Lane<Number> Height { get; } = Lane.Input<Number>("tower.heights");

    public override void Step(in Tick tick)
    {
    }
}
