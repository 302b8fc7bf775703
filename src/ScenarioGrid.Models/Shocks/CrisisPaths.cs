using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Shocks;

/// <summary>A crisis whose price path is recorded.</summary>
public enum CrisisShape
{
    /// <summary>48 hours from 12 March 2020 06:00 UTC: ETH to 48 % of its price, then back to 72 %.</summary>
    BlackThursday2020,

    /// <summary>32 hours from 19 May 2021 00:00 UTC: ETH to 58 %, then back to 80 %.</summary>
    May2021,

    /// <summary>6 days from 7 May 2022 00:00 UTC, the fall of UST and LUNA: ETH to 63 %, then 73 %.</summary>
    Luna2022,

    /// <summary>9 days from 10 June 2022 00:00 UTC, Celsius and Three Arrows: ETH to 49 %, then 56 %.</summary>
    June2022,

    /// <summary>5 days from 6 November 2022 00:00 UTC, the fall of FTX: ETH to 66 %, then back to 80 %.</summary>
    Ftx2022,

    /// <summary>3 days from 10 March 2023 00:00 UTC, Silicon Valley Bank: ETH to 96 %, then up to 111 %.</summary>
    Svb2023,
}

/// <summary>An asset whose price path is recorded.</summary>
public enum CrisisAsset
{
    /// <summary>Ether.</summary>
    Eth,

    /// <summary>Bitcoin.</summary>
    Btc,
}

/// <summary>
/// Recorded price ratios of crises: close of each block over the price at the start, and the low inside one block.
/// </summary>
/// <remarks>
/// <para>Source: recomputed from hourly closes, ETH/USD of Gemini and BTC/USD of Bitfinex, 2020-01 to 2023-06. Where
/// the price at the end of a block hides the low inside it, the low is kept with the number of its block, from
/// 1.</para>
/// </remarks>
public static class CrisisPaths
{
    private const double Hour = 3600;

    private sealed record Path(double Block, double[] Closes, double Low = 0, int LowBlock = 0);

    /// <summary>True when the path of the asset is recorded.</summary>
    public static bool Has(CrisisShape shape, CrisisAsset asset) =>
        (shape, asset) != (CrisisShape.Svb2023, CrisisAsset.Btc);

    /// <summary>Seconds from the start, and log of the price over the price at the start: the start itself, each
    /// close, and the low in the middle of its block.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such crisis.</exception>
    public static (double Seconds, double Log)[] Points(CrisisShape shape, CrisisAsset asset)
    {
        var path = Of(shape, asset);
        var points = new List<(double, double)> { (0, 0) };
        for (var block = 1; block <= path.Closes.Length; block++)
        {
            if (block == path.LowBlock)
            {
                points.Add(((block - 0.5) * path.Block, LaneMath.Log(path.Low)));
            }

            points.Add((block * path.Block, LaneMath.Log(path.Closes[block - 1])));
        }

        return [.. points];
    }

    /// <summary>The record in bars: each opens at the close before, its range holds the low that is known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such crisis.</exception>
    public static PriceSeries Bars(CrisisShape shape, CrisisAsset asset)
    {
        var path = Of(shape, asset);
        var (count, open) = (path.Closes.Length, 0.0);
        double[] returns = new double[count], highs = new double[count], lows = new double[count];
        for (var bar = 0; bar < count; bar++)
        {
            var close = LaneMath.Log(path.Closes[bar]);
            returns[bar] = close - open;
            highs[bar] = Math.Max(0, returns[bar]);
            lows[bar] = Math.Min(0, returns[bar]);
            if (bar + 1 == path.LowBlock)
            {
                lows[bar] = Math.Min(lows[bar], LaneMath.Log(path.Low) - open);
            }

            open = close;
        }

        return new PriceSeries(path.Block, returns, highs, lows);
    }

    private static Path Of(CrisisShape shape, CrisisAsset asset) => asset == CrisisAsset.Btc ? Btc(shape) : Eth(shape);

    private static Path Eth(CrisisShape shape) => shape switch
    {
        CrisisShape.BlackThursday2020 => new(4 * Hour,
            [.9248, .7360, .7800, .7193, .5373, .6567, .7484, .7400, .6847, .7210, .7398, .7242], .4767, 6),
        CrisisShape.May2021 => new(4 * Hour, [.9155, .8838, .8049, .8163, .7709, .7231, .7338, .8047], .5797, 4),
        CrisisShape.Luna2022 => new(12 * Hour,
            [.9988, .9794, .9544, .9361, .8938, .8288, .8926, .8701, .8948, .7694, .7177, .7258], .6316, 11),
        CrisisShape.June2022 => new(24 * Hour,
            [.9289, .8562, .8015, .6766, .6745, .6916, .5966, .6070, .5563], .4921, 9),
        CrisisShape.Ftx2022 => new(12 * Hour,
            [.9960, .9643, .9708, .9619, .9078, .8180, .7490, .6763, .7213, .7958], .6590, 8),
        CrisisShape.Svb2023 => new(6 * Hour,
            [.9865, .9630, .9794, .9945, 1.0442, 1.0198, 1.0329, 1.0570, 1.0533, 1.0606, 1.0964, 1.1141]),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "no path is recorded"),
    };

    private static Path Btc(CrisisShape shape) => shape switch
    {
        CrisisShape.BlackThursday2020 => new(4 * Hour,
            [.9609, .7841, .7992, .7607, .5603, .6568, .7413, .7387, .6760, .7197, .7182, .7108], .5207, 6),
        CrisisShape.May2021 => new(4 * Hour, [.9478, .9459, .9045, .8737, .9185, .8563, .8947, .9329], .6891, 4),
        CrisisShape.Luna2022 => new(12 * Hour,
            [1.0010, .9852, .9663, .9451, .9193, .8363, .8785, .8621, .8761, .8088, .7914, .8068]),
        CrisisShape.June2022 => new(24 * Hour, [.9665, .9442, .8846, .7472, .7354, .7503, .6774, .6779, .6298]),
        CrisisShape.Ftx2022 => new(12 * Hour,
            [.9980, .9820, .9737, .9668, .9250, .8707, .8369, .7470, .7679, .8250]),

        // No BTC path is recorded: the check of the parameters refuses it before anything runs.
        CrisisShape.Svb2023 => Eth(shape),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "no path is recorded"),
    };
}
