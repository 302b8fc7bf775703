using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Probability;

/// <summary>Shares that fall with the rank by a power: a few are large, many are small.</summary>
/// <remarks>
/// <code>
/// share(k) = k^-s / (1 + 2^-s + ... + n^-s),     k = 1 ... n
/// </code>
/// <para>Source: Zipf (1949); the sum is the generalised harmonic number.</para>
/// </remarks>
public static class Zipf
{
    /// <summary>Shares of the ranks, largest first; their sum is 1.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="exponent">The power s, at least 0; 0 gives equal shares.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double[] Shares(int count, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        var shares = new double[count];
        var sum = 0.0;
        for (var rank = count; rank >= 1; rank--)
        {
            shares[rank - 1] = LaneMath.Exp(-exponent * LaneMath.Log((double)rank));
            sum += shares[rank - 1];
        }

        for (var i = 0; i < count; i++)
        {
            shares[i] /= sum;
        }

        return shares;
    }
}
