using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>The recorded price of an asset, played again bar by bar, with the movement inside the bars drawn
/// anew.</summary>
/// <remarks>
/// <para>Per path, bars b = start, start + 1, ... of the series, r the log-return of a bar:</para>
/// <code>
/// x += scale v (part of r that falls into the tick)     v: volatility dial; see below for ticks inside a bar
/// start = 0, or uniform among those with enough bars left for the scenario (startAt: random)
/// before begin and after the last bar the price stands still
/// </code>
/// <para>Ticks inside a bar follow a Brownian bridge that touches the bar's high and low at random ticks, the nearer to
/// the open first, and ends at its close; its deviation is that of the range, (high - low)/sqrt(4 ln 2). The normal of
/// the bridge is the market's factor, so replayed markets keep the campaign's correlation inside the bars.</para>
/// <para>Give two markets the series of the same hours to keep what they did together. Scale multiplies every
/// return: the shape of the fall is kept, 1.5 is half as bad again in the log.</para>
/// <para>Source: M. Parkinson, "The Extreme Value Method for Estimating the Variance of the Rate of Return", Journal of
/// Business 53 (1980).</para>
/// </remarks>
[Component("replay-market")]
public sealed class ReplayMarket(ReplayMarket.Parameters p) : SeriesMarket(p, p.Scale.Value)
{
    private const int StartDraw = 2;

    // Minus one minus it is beyond every series, so that an ended replay stays ended.
    private const double Ended = -1e9;

    /// <summary>Where the replay starts.</summary>
    public enum Place
    {
        /// <summary>At the first bar, on every path.</summary>
        First,

        /// <summary>At a bar of each path's own, uniform among those with enough bars left.</summary>
        Random,
    }

    public sealed record Parameters : MarketParameters
    {
        /// <summary>Multiple of every log-return; the shape is kept.</summary>
        [Bounds(0, 10)] public Quantity<Number> Scale { get; init; } = new(1);

        /// <summary>Time from the start of the scenario to the first bar; until then the price stands still.</summary>
        [Bounds(0, 315_360_000)] public Quantity<Second> Begin { get; init; } = new(0);

        /// <summary>At which bar the replay starts.</summary>
        public Place StartAt { get; init; } = Place.First;
    }

    protected override double OwnGrowth => 0;

    protected override void StartBars(in Tick tick)
    {
        var bars = Bar.Vecs;
        var needed = Math.Ceiling(Math.Max(0, tick.Count * tick.Seconds - p.Begin.Value) / Series.BarSeconds);
        var places = Math.Max(1, Series.Count - needed + 1);
        for (var i = 0; i < tick.Vectors; i++)
        {
            // The number before the first bar, as one that does not move; the replay counts up from there.
            bars[i] = p.StartAt == Place.Random ? -1.0 - Vec.Floor(tick.PathUniform(StartDraw, i) * places) : -1.0;
        }
    }

    protected override Vec NextBar(in Tick tick, int i, Vec bar, int number)
    {
        if (tick.Start + number * Series.BarSeconds < p.Begin.Value)
        {
            return bar;
        }

        var next = Vec.Select(bar < Vec.Zero, -1.0 - bar, bar + 1.0);
        return Vec.Select(next < (double)Series.Count, next, Ended);
    }
}
