using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Chains;

/// <summary>
/// (1 + z)^a for small z and a fixed exponent: cheaper than a power where it is needed for every block.
/// </summary>
/// <remarks>
/// <para>Binomial series with 16 terms. For |z| at most 1/8 and a from -2 to 0 the error is below 1e-13 relative: the
/// first term left out is 17 * 8^-16 at most, and all later ones together add an eighth of it.</para>
/// </remarks>
public static class PowerSeries
{
    private const int Terms = 16;

    /// <summary>Coefficients of the series, the constant one first.</summary>
    /// <param name="exponent">The exponent a.</param>
    public static double[] Of(double exponent)
    {
        var coefficients = new double[Terms];
        coefficients[0] = 1;
        for (var k = 1; k < Terms; k++)
        {
            coefficients[k] = coefficients[k - 1] * (exponent - k + 1) / k;
        }

        return coefficients;
    }

    /// <summary>
    /// (1 + z)^a with the coefficients of <see cref="Of"/>; |z| at most 1/8. Pairs of terms shorten the chain of
    /// operations.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec At(double[] coefficients, Vec z)
    {
        var c = coefficients.AsSpan(0, Terms);
        Vec z2 = z * z, z4 = z2 * z2, z8 = z4 * z4;
        var low = Vec.Fma(
            Vec.Fma(Vec.Fma(c[7], z, c[6]), z2, Vec.Fma(c[5], z, c[4])), z4,
            Vec.Fma(Vec.Fma(c[3], z, c[2]), z2, Vec.Fma(c[1], z, c[0])));
        var high = Vec.Fma(
            Vec.Fma(Vec.Fma(c[15], z, c[14]), z2, Vec.Fma(c[13], z, c[12])), z4,
            Vec.Fma(Vec.Fma(c[11], z, c[10]), z2, Vec.Fma(c[9], z, c[8])));
        return Vec.Fma(high, z8, low);
    }
}
