using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>The recorded fall of a named crisis, laid over the price that the market makes by itself.</summary>
/// <remarks>
/// <code>
/// logShift(t) = severity * straight line between the logs of the recorded closes over the price at the start
///               after the last close: held, or its half left per half-life
/// </code>
/// <para>The recorded low stands in the middle of its block. Severity scales the log: 2 squares the price ratio.</para>
/// <para>Source: ratios recomputed from hourly closes, ETH/USD of Gemini and BTC/USD of Bitfinex. Falls from high to
/// low in those data, ETH and BTC: 11-13 March 2020 57.3 % and 50.2 %; 18-19 May 2021 44.7 % and 34.9 %; 5-13 May 2022
/// 42.5 % and 33.3 %; 7-18 June 2022 53.0 % and 44.3 %; 5-10 November 2022 35.6 % and 27.4 %; 8-14 March 2023 12.8 %
/// and 12.1 %. The paths start at the dates of <see cref="CrisisShape"/>, after part of some of these falls.</para>
/// <para>A path carries the level, not the roughness: between its points it is straight, so of the worst hour of 13
/// March 2020 (ETH -21.4 %) it shows a third, and of the volatility of those days (497 %) less than half. Strike the
/// market with volatility, the chain with gas-demand and the venues with liquidity-flight as well where speed
/// matters.</para>
/// </remarks>
[Shock("price-path", "market", "logShift")]
public sealed class PricePath(PricePath.Parameters p) : Shock
{
    private readonly (double Seconds, double Log)[] _points = CrisisPaths.Points(p.Shape, p.Asset);

    public sealed record Parameters : IChecked
    {
        /// <summary>The crisis.</summary>
        public CrisisShape Shape { get; init; }

        /// <summary>Whose price of that time.</summary>
        public CrisisAsset Asset { get; init; }

        /// <summary>
        /// Time in which half of the log-shift left at the end of the record is taken back; 0 holds it for good.
        /// </summary>
        [Bounds(0, 315_360_000)] public Quantity<Second> ReleaseHalfLife { get; init; } = new(0);

        public IEnumerable<(string Parameter, string Message)> Check()
        {
            if (!CrisisPaths.Has(Shape, Asset))
            {
                yield return ("asset", "svb-2023 is recorded for eth only; write asset: eth");
            }
        }
    }

    public override double At(double seconds, double severity)
    {
        var end = _points[^1];
        if (seconds >= end.Seconds)
        {
            return severity * end.Log * Decay.Held(seconds - end.Seconds, p.ReleaseHalfLife.Value);
        }

        var next = 1;
        while (seconds >= _points[next].Seconds)
        {
            next++;
        }

        var (from, to) = (_points[next - 1], _points[next]);
        var share = (seconds - from.Seconds) / (to.Seconds - from.Seconds);
        return severity * (from.Log + share * (to.Log - from.Log));
    }
}
