using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <summary>Where the levels of one side stand, relative to its best price, and how the depth is spread over
/// them.</summary>
/// <remarks>
/// <code>
/// distance d(j) = tick ((1 + growth)^j - 1) / growth, j = 0, 1, ...          price = best (1 +- d(j))
/// weight   w(j) = (d(j+1)^b - d(j)^b) / d(levels)^b                          sums to 1
/// </code>
/// </remarks>
public sealed class QuoteGrid
{
    /// <param name="p">Parameters of the book.</param>
    /// <param name="isAsk">True for the asks, whose prices rise from level to level.</param>
    public QuoteGrid(BookParameters p, bool isAsk)
    {
        ArgumentNullException.ThrowIfNull(p);
        Levels = (int)p.Levels.Value;
        Weight = new double[Levels];
        Factor = new double[Levels];
        Root = new double[Levels];
        InverseRoot = new double[Levels];
        Inverse = new double[Levels];
        var reach = Distance(p.TickSize.Value, p.TickGrowth.Value, Levels);
        var before = 0.0;
        for (var j = 0; j < Levels; j++)
        {
            var distance = Distance(p.TickSize.Value, p.TickGrowth.Value, j);
            var next = Distance(p.TickSize.Value, p.TickGrowth.Value, j + 1);
            var within = LaneMath.Pow(next / reach, p.DepthPower.Value);
            Weight[j] = within - before;
            Factor[j] = isAsk ? 1 + distance : 1 - distance;
            Root[j] = Math.Sqrt(Factor[j]);
            InverseRoot[j] = 1 / Root[j];
            Inverse[j] = 1 / Factor[j];
            before = within;
        }
    }

    /// <summary>Number of levels.</summary>
    public int Levels { get; }

    /// <summary>Share of the side's depth at each level.</summary>
    internal double[] Weight { get; }

    /// <summary>Price of each level over the best one.</summary>
    internal double[] Factor { get; }

    /// <summary>Root of that.</summary>
    internal double[] Root { get; }

    internal double[] InverseRoot { get; }

    /// <summary>Best price over that of each level.</summary>
    internal double[] Inverse { get; }

    /// <summary>Share of the side's depth at a level.</summary>
    public double ShareAt(int level) => Weight[level];

    /// <summary>Price of a level over the best one.</summary>
    public double PriceAt(int level) => Factor[level];

    /// <summary>Distance of a level from the best one, as a share of its price.</summary>
    public static double Distance(double tick, double growth, int level) => growth > 1e-6
        ? tick * LaneMath.Expm1(level * LaneMath.Log1p(growth)) / growth
        : tick * level;

    /// <summary>Share of the side's depth within a distance of the best price.</summary>
    public double Within(double distance)
    {
        var sum = 0.0;
        for (var j = 0; j < Levels; j++)
        {
            sum += Math.Abs(Factor[j] - 1) <= distance ? Weight[j] : 0;
        }

        return sum;
    }
}
