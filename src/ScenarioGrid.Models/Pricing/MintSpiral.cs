using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>What a token falls by when a stablecoin is redeemed in newly minted tokens that are sold at once.</summary>
/// <remarks>
/// <code>
/// minted = X / P',   ln(P'/P) = -impact minted / supply        with q = impact X / (P supply):
/// z = ln(P'/P) = -q e^(-z),   so z e^z = -q,   z in [-1, 0]
/// </code>
/// <para>The lower the price, the more is minted for a dollar, and the more is sold: above q = 1/e there is no price at
/// which the market clears. Newton's iteration from 0 comes down to the solution without a step too far.</para>
/// <para>Source: own derivation; z is the main branch of Lambert's W at -q (R. M. Corless and others, "On the Lambert W
/// function", Advances in Computational Mathematics 5, 1996).</para>
/// </remarks>
public static class MintSpiral
{
    /// <summary>Largest q that the market can take: 1/e.</summary>
    public const double Most = 0.36787944117144233;

    private const int Iterations = 20;

    /// <summary>z, in [-1, 0].</summary>
    /// <param name="q">Impact times the value redeemed over the value of the supply, limited to [0, 1/e].</param>
    public static Vec LogFall(Vec q)
    {
        var least = Vec.Clamp(q, Vec.Zero, Most);
        var z = Vec.Zero;
        if (!(least > Vec.Zero).Any)
        {
            return z;
        }

        for (var n = 0; n < Iterations; n++)
        {
            var e = LaneMath.Exp(z);
            z = Vec.Max(z - (z * e + least) / Vec.Max(e * (1.0 + z), 1e-12), -1.0);
        }

        return Vec.Min(z, Vec.Zero);
    }
}
