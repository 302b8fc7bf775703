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
    /// <param name="baseFee">Base fee of this block in wei.</param>
    /// <param name="gasLimit">Gas limit of this block, at least <paramref name="elasticity"/>.</param>
    /// <param name="gasUsed">Gas used by this block, from 0 to the limit.</param>
    /// <param name="denominator">Bound divisor of the change, at least 1.</param>
    /// <param name="elasticity">Limit over target, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="OverflowException">Fee times gas does not fit into 128 bits.</exception>
    public static UInt128 Next(
        UInt128 baseFee, long gasLimit, long gasUsed, int denominator = 8, int elasticity = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(elasticity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gasLimit, elasticity);
        ArgumentOutOfRangeException.ThrowIfNegative(gasUsed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gasUsed, gasLimit);
        var target = gasLimit / elasticity;
        var away = (UInt128)Math.Abs(gasUsed - target);
        var change = checked(baseFee * away) / (UInt128)target / (UInt128)denominator;
        return gasUsed > target ? checked(baseFee + UInt128.Max(change, 1)) : baseFee - change;
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
    /// <exception cref="OverflowException">A term of the sum does not fit into 128 bits.</exception>
    public static UInt128 Blob(long excess, long updateFraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(excess);
        ArgumentOutOfRangeException.ThrowIfLessThan(updateFraction, 1);
        return FakeExponential(1, (UInt128)excess, (UInt128)updateFraction);
    }

    /// <summary>factor e^(numerator/denominator) by a Taylor sum in whole numbers, rounded down term by term.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is 0.</exception>
    /// <exception cref="OverflowException">A term of the sum does not fit into 128 bits.</exception>
    public static UInt128 FakeExponential(UInt128 factor, UInt128 numerator, UInt128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfZero(denominator);
        var (sum, term) = (UInt128.Zero, checked(factor * denominator));
        for (var i = UInt128.One; term > 0; i++)
        {
            sum = checked(sum + term);
            term = checked(term * numerator) / checked(denominator * i);
        }

        return sum / denominator;
    }
}
