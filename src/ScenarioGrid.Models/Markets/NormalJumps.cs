using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Markets;

/// <summary>Jumps whose logs are normal: their sum over a tick.</summary>
/// <remarks>
/// <code>
/// N ~ Poisson(mean),   J = N m + sqrt(N) d Z'
/// </code>
/// <para>Source: R. C. Merton, "Option pricing when underlying stock returns are discontinuous", Journal of Financial
/// Economics 3 (1976).</para>
/// </remarks>
/// <param name="Mean">Mean of the log of a jump.</param>
/// <param name="Deviation">Standard deviation of the log of a jump.</param>
public readonly record struct NormalJumps(double Mean, double Deviation)
{
    /// <summary>
    /// True when the count is 0 on all paths of the vector: u at most 1 - mean, which is below e^-mean by more than
    /// rounding.
    /// </summary>
    /// <param name="mean">Expected count.</param>
    /// <param name="uniform">The uniform that decides the count.</param>
    public static bool AreNone(Vec mean, Vec uniform) => (uniform <= 1.0 - mean - 1e-15).All;

    /// <summary>Sum of the logs of the jumps of a tick.</summary>
    /// <param name="words">The random words: the first uniform decides the count, the second the sum.</param>
    /// <param name="count">Expected count, at least 0.</param>
    public Vec Sum(Words4 words, Vec count)
    {
        var uniform = words.Uniform0;
        if (AreNone(count, uniform))
        {
            return Vec.Zero;
        }

        var n = LaneMath.Poisson(count, uniform);
        return n * Mean + Vec.Sqrt(n) * Deviation * LaneMath.NormalInverse(words.Uniform1);
    }
}
