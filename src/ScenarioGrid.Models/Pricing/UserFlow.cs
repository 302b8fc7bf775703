using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>Trades of uninformed users on one side of a venue: a Poisson number of log-normal sizes, cut by the
/// depth.</summary>
/// <remarks>
/// <code>
/// size  = min(median exp(1.5 z), cap),      cap = 5 % of the quote that lifts the price by 100 bps
/// trades ~ Poisson(value / E[size])
/// sum   = trades E[size] exp(s z - s^2/2),  s^2 = ln(1 + Var[size]/E[size]^2/trades)
/// </code>
/// <para>The sum has the mean and variance of the sum of cut log-normals (Fenton and Wilkinson's match).</para>
/// </remarks>
public readonly record struct UserFlow
{
    private const double Deviation = 1.5, ShareOfDepth = 0.05, DepthMove = 0.01;

    private readonly double _mean;
    private readonly double _spread;

    /// <param name="reserveQuote">Quote reserve that sets the cut, positive.</param>
    /// <param name="median">Median size before the cut, in quote, positive.</param>
    /// <param name="value">Mean value of the side's trades in one tick, in quote, at least 0.</param>
    public UserFlow(double reserveQuote, double median, double value)
    {
        var ratio = ShareOfDepth * ConstantProduct.BuyDepth(reserveQuote, DepthMove) / median;
        var scaled = LaneMath.Log(ratio) / Deviation;
        const double S = Deviation;
        var mean = LaneMath.Exp(0.5 * S * S) * LaneMath.NormalCdf(scaled - S) + ratio * LaneMath.NormalCdf(-scaled);
        var square = LaneMath.Exp(2 * S * S) * LaneMath.NormalCdf(scaled - 2 * S)
            + ratio * ratio * LaneMath.NormalCdf(-scaled);
        _mean = mean * median;
        _spread = Math.Max(square / (mean * mean) - 1, 0);
        Trades = value / _mean;
    }

    /// <summary>Mean number of trades of the side in one tick.</summary>
    public double Trades { get; }

    /// <summary>True when there are no users.</summary>
    public bool IsOff => Trades == 0;

    /// <summary>Quote value of a whole number of trades; 0 for none.</summary>
    public Vec Sum(Vec trades, Vec uniform)
    {
        var variance = LaneMath.Log1p(_spread / Vec.Max(trades, 1.0));
        var z = LaneMath.NormalInverse(uniform);
        return trades * _mean * LaneMath.Exp(Vec.Sqrt(variance) * z - 0.5 * variance);
    }
}
