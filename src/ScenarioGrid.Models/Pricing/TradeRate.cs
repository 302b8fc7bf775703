using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>How many users trade in a tick: more when prices move, at some hours of the day, and after other
/// trades.</summary>
/// <remarks>
/// <para>Per side, over a tick of h seconds, N the mean number on a calm day, s and s0 the volatility and the calm
/// one, E the trades that one trade calls forth, T the mean time until they come, X the excess rate of both
/// sides:</para>
/// <code>
/// mean = N (1 - E) season (s/s0)^elasticity + X T (1 - exp(-h/T))/2
/// X'   = X exp(-h/T) + (E/T) trades of both sides
/// season = mean over the tick of 1 + swing cos(2 pi (time of day - busiest time)/day)
/// </code>
/// <para>In the long run the mean is N, whatever E and the swing. What trades of a tick call forth comes in later
/// ones.</para>
/// <para>Source: A. G. Hawkes, "Spectra of some self-exciting and mutually exciting point processes", Biometrika 58
/// (1971), with an exponential kernel.</para>
/// </remarks>
public readonly record struct TradeRate
{
    private const double TwoPi = 6.283185307179586, DaySeconds = 86_400;

    private readonly double _calm, _elasticity, _own, _called, _kept, _perTrade;

    /// <summary>The rate of a tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="calm">Calm volatility.</param>
    /// <param name="elasticity">Power of the volatility over the calm one.</param>
    /// <param name="excitation">E, in [0, 1).</param>
    /// <param name="excitationTime">T, in seconds.</param>
    /// <param name="swing">Swing of the day, in [0, 1].</param>
    /// <param name="busiest">Busiest time of the day, in seconds; scenarios begin at 0.</param>
    public TradeRate(in Tick tick, Quantity<Volatility> calm, Quantity<Number> elasticity,
        Quantity<Number> excitation, Quantity<Second> excitationTime, Quantity<Fraction> swing,
        Quantity<Second> busiest)
    {
        (_calm, _elasticity) = (calm.Value, elasticity.Value);
        _kept = LaneMath.Exp(-tick.Seconds / excitationTime.Value);
        _own = (1 - excitation.Value) * Season(tick, swing.Value, busiest.Value);
        _called = excitationTime.Value * (1 - _kept);
        _perTrade = excitation.Value / excitationTime.Value;
    }

    /// <summary>Mean number of trades of a side.</summary>
    /// <param name="trades">N.</param>
    /// <param name="volatility">s.</param>
    /// <param name="excess">X, per second.</param>
    public Vec Mean(double trades, Vec volatility, Vec excess)
    {
        var relative = volatility / _calm;
        var activity = _elasticity == 1 ? relative : LaneMath.Pow(relative, _elasticity);
        return trades * _own * activity + 0.5 * excess * _called;
    }

    /// <summary>X after the tick.</summary>
    /// <param name="excess">X before it.</param>
    /// <param name="trades">Trades of both sides.</param>
    public Vec Next(Vec excess, Vec trades) => excess * _kept + _perTrade * trades;

    private static double Season(in Tick tick, double swing, double busiest)
    {
        if (swing == 0)
        {
            return 1;
        }

        const double PerSecond = TwoPi / DaySeconds;
        double begin = PerSecond * (tick.Start - busiest), length = PerSecond * tick.Seconds;
        return 1 + swing * (LaneMath.Sin(begin + length) - LaneMath.Sin(begin)) / length;
    }
}
