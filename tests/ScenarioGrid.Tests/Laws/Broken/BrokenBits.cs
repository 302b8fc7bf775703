using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Laws.Broken;

/// <summary>Counts over all instances of the process: a second run goes on where the first ended.</summary>
[Component("broken-shared-state", Family = "Lending")]
public sealed class BrokenSharedState : Component
{
    private static double _count;

    public Lane<Number> Count { get; } = Lane.Output<Number>();

    public override void Step(in Tick tick) => Count.Span.Fill(++_count);
}

/// <summary>Reads its paths by their place in the block instead of their number.</summary>
[Component("broken-block-split", Family = "Lending")]
public sealed class BrokenBlockSplit : Component
{
    public Lane<Number> Place { get; } = Lane.Output<Number>();

    public override void Step(in Tick tick)
    {
        for (var path = 0; path < tick.Paths; path++)
        {
            Place.Span[path] = path;
        }
    }
}

/// <summary>Keeps state outside its lanes: a checkpoint loses it.</summary>
[Component("broken-checkpoint", Family = "Lending")]
public sealed class BrokenCheckpoint : Component
{
    private double _total;

    public Lane<Number> Total { get; } = Lane.Output<Number>();

    public override void Start(in Tick tick) => _total = 0;

    public override void Step(in Tick tick)
    {
        _total += tick.Seconds;
        Total.Span.Fill(_total);
    }
}

/// <summary>Adds its opening to what is there already.</summary>
[Component("broken-start", Family = "Lending")]
public sealed class BrokenStart : Component
{
    public Lane<Usd> Held { get; } = Lane.Output<Usd>();

    public override void Start(in Tick tick)
    {
        var held = Held.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            held[i] += 1000.0;
        }
    }

    public override void Step(in Tick tick)
    {
    }
}

/// <summary>Draws only when no path of the vector can do without, although some of them need it.</summary>
[Component("broken-neighbours", Family = "Lending")]
public sealed class BrokenNeighbours : Component
{
    public Lane<Number> Sum { get; } = Lane.Output<Number>();

    public override void Step(in Tick tick)
    {
        var sum = Sum.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var uniform = tick.Uniform(0, i);
            if (!(uniform < 0.1).Any)
            {
                sum[i] += uniform;
            }
        }
    }
}

/// <summary>Takes a shortcut for all paths of a vector when one path allows it.</summary>
[Component("broken-path-mixing", Family = "Lending")]
public sealed class BrokenPathMixing : Component
{
    public Lane<UsdPerToken> Price { get; } = Lane.Input<UsdPerToken>("market.price");

    public Lane<UsdPerToken> Last { get; } = Lane.Output<UsdPerToken>();

    public override void Step(in Tick tick)
    {
        Vecs price = Price.Vecs, last = Last.Vecs;
        for (var i = 0; i < tick.Vectors; i++)
        {
            if ((price[i] > 20_000.0).Any)
            {
                last[i] = price[i];
            }
        }
    }
}
