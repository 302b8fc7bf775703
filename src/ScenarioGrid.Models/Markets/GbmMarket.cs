using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>Reference price of one asset by geometric Brownian motion: thin tails, to compare with.</summary>
/// <remarks>
/// <para>Per path, over a tick of D years; v, Z, the systemic jumps and the feedback are those of every market:</para>
/// <code>
/// x += mu D - v^2 sigma^2 D / 2 + v sigma sqrt(D) Z,   price = spot exp(x + logShift)
/// </code>
/// <para>Exact for any tick. Hourly returns of ETH have a tail index of 2.8, so without jumps or changing volatility
/// this market knows no crisis: use it to see what the tail is worth.</para>
/// <para>Source: L. Bachelier and M. F. M. Osborne; F. Black and M. Scholes, "The pricing of options and corporate
/// liabilities", Journal of Political Economy 81 (1973), equation 1.</para>
/// </remarks>
[Component("gbm-market")]
public sealed class GbmMarket(GbmMarket.Parameters p) : Market(p)
{
    public sealed record Parameters : MarketParameters
    {
        /// <summary>Volatility. Default: hourly ETH/USD closes 2020-01 to 2023-06.</summary>
        [Bounds(0, 10)] public Quantity<Volatility> Volatility { get; init; } = new(0.93);
    }

    protected override double OwnVariance => Squared(p.Volatility.Value);

    protected override double OwnGrowth => OwnVariance / 2;

    public override void Step(in Tick tick) => Walk(tick, new Process(p.Volatility.Value * Math.Sqrt(tick.Years)));

    private readonly struct Process(double deviation) : IPriceProcess
    {
        private readonly Vec _deviation = deviation;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Diffuse(in Tick tick, int i, Vec x, Vec multiple, Vec normal) => x + multiple * _deviation * normal;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vec Jump(in Tick tick, int i, Vec x, Vec clock) => x;
    }
}
