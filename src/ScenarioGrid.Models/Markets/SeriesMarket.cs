using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>A market that moves by recorded bars, whichever bar comes next.</summary>
/// <param name="p">What all markets share.</param>
/// <param name="scale">Every return is multiplied by it.</param>
public abstract class SeriesMarket(MarketParameters p, double scale) : Market(p), ISeriesReader
{
    private const int NodeDraw = 1;

    private PriceSeries? _series;
    private double? _barDrift;

    /// <summary>Recorded prices; those of 12 March 2020 where none are given.</summary>
    public PriceSeries Series
    {
        get => _series ?? RecordedSeries.Default;
        set => (_series, _barDrift) = (value, null);
    }

    /// <summary>Number of the bar that the path is in.</summary>
    public Lane<Count> Bar { get; } = Lane.State<Count>();

    /// <summary>Log of the price over that at the start of the bar.</summary>
    public Lane<Number> Inside { get; } = Lane.State<Number>();

    /// <summary>Log-return of the bar.</summary>
    public Lane<Number> BarReturn { get; } = Lane.State<Number>();

    /// <summary>Highest log of the price inside the bar.</summary>
    public Lane<Number> BarHigh { get; } = Lane.State<Number>();

    /// <summary>Lowest log of the price inside the bar.</summary>
    public Lane<Number> BarLow { get; } = Lane.State<Number>();

    /// <summary>Tick of the bar at which its first extreme is reached.</summary>
    public Lane<Count> FirstNode { get; } = Lane.State<Count>();

    /// <summary>Tick of the bar at which its second extreme is reached.</summary>
    public Lane<Count> SecondNode { get; } = Lane.State<Count>();

    protected override double OwnVariance => Squared(scale) * Series.MeanSquare * Tick.YearSeconds / Series.BarSeconds;

    /// <summary>Before the first bar.</summary>
    protected abstract void StartBars(in Tick tick);

    /// <summary>The bar that follows; a negative number for a bar in which nothing moves.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="i">Vector of paths.</param>
    /// <param name="bar">The bar before.</param>
    /// <param name="number">Number of the bar within the tick, 0 where a bar is as long as a tick or longer.</param>
    protected abstract Vec NextBar(in Tick tick, int i, Vec bar, int number);

    /// <summary>What every bar takes from the log-price, so that the expected price stands still; asked for once a
    /// series.</summary>
    protected virtual double DriftOf(PriceSeries series) => 0;

    public override void Start(in Tick tick)
    {
        base.Start(tick);
        StartBars(tick);
    }

    public override void Step(in Tick tick)
    {
        // A campaign has ticks that fit the bars; elsewhere the bars are stretched to the nearest whole number.
        var isLong = Series.BarSeconds >= tick.Seconds;
        var drift = _barDrift ??= DriftOf(Series);
        Walk(tick, isLong
            ? new Process(this, (int)Math.Round(Series.BarSeconds / tick.Seconds), 1, scale, drift)
            : new Process(this, 0, (int)Math.Round(tick.Seconds / Series.BarSeconds), scale, drift));
    }

    private readonly struct Process(SeriesMarket market, int ticks, int bars, double scale, double drift)
        : IPriceProcess
    {
        private readonly Vec _scale = scale;
        private readonly BarBridge _bridge = new(market.Series, Math.Max(ticks, 1));
        private readonly double _drift = -drift / Math.Max(ticks, 1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal) => x + _drift * (double)bars
            + multiple * _scale * (ticks > 0 ? market.WithinBar(tick, i, _bridge, ticks, normal) : WholeBars(tick, i));

        public Vec Jump(in Tick tick, int i, Vec x, Vec clock) => x;

        private Vec WholeBars(in Tick tick, int i)
        {
            var sum = Vec.Zero;
            for (var number = 0; number < bars; number++)
            {
                sum += market.Enter(tick, i, number).Return;
            }

            return sum;
        }
    }

    private Vec WithinBar(in Tick tick, int i, in BarBridge bridge, int ticks, Vec normal)
    {
        Vecs inside = Inside.Vecs, r = BarReturn.Vecs, high = BarHigh.Vecs, low = BarLow.Vecs;
        Vecs first = FirstNode.Vecs, second = SecondNode.Vecs;
        var done = tick.Index % ticks;
        if (done == 0)
        {
            var bar = Enter(tick, i, 0);
            (r[i], high[i], low[i], inside[i]) = (bar.Return, bar.High, bar.Low, Vec.Zero);
            var words = tick.Words(NodeDraw, i);
            (first[i], second[i]) = bridge.Nodes(words.Uniform0, words.Uniform1);
        }

        var before = inside[i];
        var now = bridge.Next(before, done, new BarVec(r[i], high[i], low[i]), (first[i], second[i]), normal);
        now = Vec.Where(Bar.Vecs[i] >= Vec.Zero, now);
        inside[i] = now;
        return now - before;
    }

    private BarVec Enter(in Tick tick, int i, int number)
    {
        var bars = Bar.Vecs;
        var bar = NextBar(tick, i, bars[i], number);
        bars[i] = bar;
        var isMoving = bar >= Vec.Zero;
        var read = BarVec.Read(Series, Vec.Max(bar, Vec.Zero));
        return new BarVec(
            Vec.Where(isMoving, read.Return), Vec.Where(isMoving, read.High), Vec.Where(isMoving, read.Low));
    }
}
