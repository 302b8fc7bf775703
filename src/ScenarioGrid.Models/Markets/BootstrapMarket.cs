using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>Recorded bars drawn in blocks: every path is a new history with the tails, the clustering and the
/// correlation of the record.</summary>
/// <remarks>
/// <para>Stationary block bootstrap, per path and bar, n bars in the series, l bars in a mean block:</para>
/// <code>
/// b' = b + 1, after the last bar the first        with probability 1 - 1/l
///    = uniform among all n                        otherwise; the same bar for all bootstrap markets of the scenario
///    = 1 + uniform among the match n bars nearest to b in realised volatility           likewise, with match below 1
/// x += scale v r(b') - ln mean exp(scale r)       the last term with centre on: a bar drawn at random moves no mean
/// </code>
/// <para>Ticks inside a bar as in replay-market. Give all markets series of the same hours: they then move together as
/// they did. With another number of bars a series is drawn at its own places. What one bar of the record says of the
/// next stays, so only blocks of one bar leave the expected price exactly where it is.</para>
/// <para>Blocks joined at random put a calm hour beside a wild one, so beyond a block the clustering of volatility is
/// lost. With match below 1 a block begins where the market had been about as wild as where the last one ended: the
/// realised volatility is that of the day before, over all bootstrap markets with equally many bars of one length. All
/// bars stay equally likely. Give these markets the same block and match, or they no longer draw the same bars.</para>
/// <para>Assumes that what happened is all that can happen: no bar is worse than the worst of the record, unless scale
/// makes it so.</para>
/// <para>Source: D. N. Politis and J. P. Romano, "The Stationary Bootstrap", Journal of the American Statistical
/// Association 89 (1994); match: E. Carlstein, K.-A. Do, P. Hall, T. Hesterberg and H. R. Kuensch, "Matched-block
/// bootstrap for dependent data", Bernoulli 4 (1998), with the realised volatility as what is matched.</para>
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

        /// <summary>Share of the record, nearest in realised volatility to where a block ended, among which the next
        /// block begins; 1 is all of it.</summary>
        [Bounds(0, 1)] public Quantity<Fraction> Match { get; init; } = new(1);

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
        return leaves.None ? next : Vec.Select(leaves, Begin(tick, i, bar, number), next);
    }

    /// <summary>The first bar of a block.</summary>
    private Vec Begin(in Tick tick, int i, Vec bar, int number)
    {
        double count = Series.Count;
        var uniform = tick.SharedUniform(BarDraws + 2 * number + 1, i);
        var anywhere = Vec.Floor(uniform * count);
        return p.Match.Value >= 1
            ? anywhere
            : Vec.Select(bar < Vec.Zero, anywhere,
                Series.Order.After(Vec.Max(bar, Vec.Zero), uniform, (int)(0.5 * p.Match.Value * count)));
    }
}
