using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>Recorded bars drawn in blocks: every path is a new history with the tails, the clustering and the
/// correlation of the record.</summary>
/// <remarks>
/// <para>Stationary block bootstrap, per path and bar, n bars in the series, l bars in a mean block:</para>
/// <code>
/// b' = b + 1, after the last bar the first        with probability 1 - 1/l
///    = uniform among all n                        otherwise; the same bar for all bootstrap markets of the scenario
/// x += scale v r(b') - ln mean exp(scale r)       the last term with centre on: a bar drawn at random moves no mean
/// </code>
/// <para>Ticks inside a bar as in replay-market. Give all markets series of the same hours: they then move together as
/// they did. With another number of bars a series is drawn at its own places. What one bar of the record says of the
/// next stays, so only blocks of one bar leave the expected price exactly where it is.</para>
/// <para>Assumes that what happened is all that can happen: no bar is worse than the worst of the record, unless scale
/// makes it so.</para>
/// <para>Source: D. N. Politis and J. P. Romano, "The Stationary Bootstrap", Journal of the American Statistical
/// Association 89 (1994).</para>
/// </remarks>
[Component("bootstrap-market")]
public sealed class BootstrapMarket(BootstrapMarket.Parameters p) : SeriesMarket(p, p.Scale.Value)
{
    // Shared by all bootstrap markets, which draw the same bars; two draws for each bar of a tick.
    private const int BarDraws = 8100;

    public sealed record Parameters : MarketParameters
    {
        /// <summary>Multiple of every log-return.</summary>
        [Bounds(0, 10)] public Quantity<Number> Scale { get; init; } = new(1);

        /// <summary>Mean length of a block; longer keeps more of the clustering of volatility.</summary>
        [Bounds(1, 31_536_000)] public Quantity<Second> Block { get; init; } = new(86_400);

        /// <summary>Takes the mean out of the record, so that a bar drawn at random leaves the expected price to the
        /// drift.</summary>
        public bool Centre { get; init; } = true;
    }

    protected override double OwnGrowth => 0;

    protected override double DriftOf(PriceSeries series) => p.Centre ? series.LogGrowth(p.Scale.Value) : 0;

    protected override void StartBars(in Tick tick) => Bar.Span.Fill(-1);

    protected override Vec NextBar(in Tick tick, int i, Vec bar, int number)
    {
        double count = Series.Count, leave = Math.Min(1, Series.BarSeconds / p.Block.Value);
        var next = Vec.Select(bar + 1.0 < count, bar + 1.0, 0.0);
        var leaves = (bar < Vec.Zero) | (tick.SharedUniform(BarDraws + 2 * number, i) < leave);
        return leaves.None
            ? next
            : Vec.Select(leaves, Vec.Floor(tick.SharedUniform(BarDraws + 2 * number + 1, i) * count), next);
    }
}
