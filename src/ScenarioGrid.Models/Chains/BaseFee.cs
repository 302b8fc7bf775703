using System.Numerics;

namespace ScenarioGrid.Models.Chains;

/// <summary>Base fees of gas and blobs exactly as the protocol computes them, in whole wei.</summary>
/// <remarks>
/// <code>
/// target = limit / elasticity
/// b' = b + max(b (used - target) / target / 8, 1)     used above target, all divisions round down
/// b' = b - b (target - used) / target / 8             used below target
/// excess' = max(0, excess + used - targetBlobGas)
/// blob fee = fakeExponential(1, excess, updateFraction)
/// fakeExponential(f, n, d): sum of terms a, a n/d, a n^2/(2 d^2), ... each rounded down, a = f d; the sum over d
/// </code>
/// <para>Source: EIP-1559, EIP-4844 and EIP-7691; go-ethereum, consensus/misc/eip1559 and eip4844.</para>
/// </remarks>
public static class BaseFee
{
    /// <summary>Gas of one blob: 2^17.</summary>
    public const long BlobGas = 131_072;

    /// <summary>Blob update fraction of Cancun (3 target, 6 most).</summary>
    public const long CancunUpdateFraction = 3_338_477;

    /// <summary>Blob update fraction of Prague (6 target, 9 most).</summary>
    public const long PragueUpdateFraction = 5_007_716;

    /// <summary>Base fee of the next block in wei.</summary>
    /// <param name="baseFee">Base fee of this block in wei, at least 0.</param>
    /// <param name="gasLimit">Gas limit of this block, at least <paramref name="elasticity"/>.</param>
    /// <param name="gasUsed">Gas used by this block, from 0 to the limit.</param>
    /// <param name="denominator">Bound divisor of the change, at least 1.</param>
    /// <param name="elasticity">Limit over target, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static BigInteger Next(
        BigInteger baseFee, long gasLimit, long gasUsed, int denominator = 8, int elasticity = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(baseFee);
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(elasticity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gasLimit, elasticity);
        ArgumentOutOfRangeException.ThrowIfNegative(gasUsed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gasUsed, gasLimit);
        var target = gasLimit / elasticity;
        var change = baseFee * Math.Abs(gasUsed - target) / target / denominator;
        return gasUsed > target ? baseFee + BigInteger.Max(change, 1) : baseFee - change;
    }

    /// <summary>Excess blob gas after a block.</summary>
    /// <param name="excess">Excess blob gas before it, at least 0.</param>
    /// <param name="blobGasUsed">Blob gas used by the block, at least 0.</param>
    /// <param name="targetBlobGas">Target of blob gas per block, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public static long NextExcessBlobGas(long excess, long blobGasUsed, long targetBlobGas)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(excess);
        ArgumentOutOfRangeException.ThrowIfNegative(blobGasUsed);
        ArgumentOutOfRangeException.ThrowIfNegative(targetBlobGas);
        return Math.Max(0, checked(excess + blobGasUsed) - targetBlobGas);
    }

    /// <summary>Base fee of blob gas in wei.</summary>
    /// <param name="excess">Excess blob gas, at least 0.</param>
    /// <param name="updateFraction">Excess that multiplies the fee by e, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static BigInteger Blob(long excess, long updateFraction) => FakeExponential(1, excess, updateFraction);

    /// <summary>factor e^(numerator/denominator) by a Taylor sum in whole numbers, rounded down term by term.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the denominator 0.</exception>
    public static BigInteger FakeExponential(BigInteger factor, BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, BigInteger.One);
        var (sum, term) = (BigInteger.Zero, factor * denominator);
        for (var i = 1; term > 0; i++)
        {
            sum += term;
            term = term * numerator / (denominator * i);
        }

        return sum / denominator;
    }
}
