namespace ScenarioGrid.Models.Pricing;

/// <summary>Where to put liquidity L when venue v meets the demand f and a trade f costs f^2/L.</summary>
/// <remarks>
/// <code>
/// minimise sum f^2/L_v with sum L_v = L:   L_v = L f/sum f,   cost (sum f)^2/L
/// </code>
/// <para>For random demand, f stands for the square root of its mean square. Source: Cauchy and Schwarz.</para>
/// </remarks>
public static class LiquidityPlacement
{
    /// <summary>The best placement.</summary>
    /// <param name="demand">Demand of each venue, at least 0, not all 0.</param>
    /// <param name="liquidity">Liquidity to place.</param>
    public static double[] Optimal(IReadOnlyList<double> demand, double liquidity)
    {
        var total = Total(demand);
        var placed = new double[demand.Count];
        for (var v = 0; v < placed.Length; v++)
        {
            placed[v] = liquidity * demand[v] / total;
        }

        return placed;
    }

    /// <summary>Cost of meeting the demand with a placement.</summary>
    public static double Cost(IReadOnlyList<double> demand, IReadOnlyList<double> placed)
    {
        var cost = 0.0;
        for (var v = 0; v < demand.Count; v++)
        {
            cost += demand[v] * demand[v] / placed[v];
        }

        return cost;
    }

    private static double Total(IReadOnlyList<double> values)
    {
        var total = 0.0;
        foreach (var value in values)
        {
            total += value;
        }

        return total;
    }
}
