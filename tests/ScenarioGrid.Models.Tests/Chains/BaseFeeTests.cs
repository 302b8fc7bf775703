using ScenarioGrid.Models.Chains;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Chains;

public class BaseFeeTests
{
    /// <summary>Row BC-9 of the consensus tables is E14.</summary>
    [Fact]
    public void The_next_base_fee_is_the_one_of_the_protocol()
    {
        const long Gwei = 1_000_000_000, Limit = 20_000_000;
        ReferenceCases.Check("E14", (double)BaseFee.Next(Gwei, Limit, 10_000_000),
            (double)BaseFee.Next(Gwei, Limit, 9_000_000), (double)BaseFee.Next(Gwei, Limit, 11_000_000));
        ReferenceCases.Check("E15", (double)BaseFee.Next(Gwei, 30_000_000, 30_000_000),
            (double)BaseFee.Next(7, 30_000_000, 15_000_001));
    }

    [Fact]
    public void The_exponential_and_the_blob_fee_are_those_of_the_protocol() => ReferenceCases.Check("E16",
        (double)BaseFee.FakeExponential(10, 8, 2), (double)BaseFee.Blob(2_314_057, BaseFee.CancunUpdateFraction),
        (double)BaseFee.Blob(2_314_058, BaseFee.CancunUpdateFraction));

    /// <summary>Row BC-10: go-ethereum, eip4844_test.</summary>
    [Theory]
    [InlineData(1, 2, 1, 6)]
    [InlineData(1, 4, 2, 6)]
    [InlineData(1, 3, 1, 16)]
    [InlineData(1, 8, 2, 50)]
    [InlineData(10, 8, 2, 542)]
    [InlineData(11, 8, 2, 596)]
    [InlineData(1, 50_000_000, 2_225_652, 5_709_098_764)]
    public void The_exponential_of_whole_numbers_is_the_one_of_the_protocol(
        uint factor, uint numerator, uint denominator, ulong expected) =>
        Assert.Equal(expected, BaseFee.FakeExponential(factor, numerator, denominator));

    /// <summary>Row BC-10.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(2_314_057, 1)]
    [InlineData(2_314_058, 2)]
    [InlineData(10 * 1024 * 1024, 23)]
    public void The_blob_fee_of_Cancun_is_the_one_of_the_protocol(long excess, ulong expected) =>
        Assert.Equal(expected, BaseFee.Blob(excess, BaseFee.CancunUpdateFraction));

    /// <summary>
    /// The factor is 1.125 at most, so ten times takes ceil(ln 10 / ln 1.125) = 20 full blocks (EIP-1559).
    /// </summary>
    [Fact]
    public void A_tenfold_fee_takes_twenty_full_blocks()
    {
        UInt128 fee = 1_000_000_000_000, start = fee;
        var blocks = 0;
        for (; fee < 10 * start; blocks++)
        {
            fee = BaseFee.Next(fee, 30_000_000, 30_000_000);
        }

        Assert.Equal(20, blocks);
    }

    [Fact]
    public void A_fee_moves_with_use_and_never_by_more_than_an_eighth() =>
        Gen.Select(Gen.ULong[0, 1_000_000_000_000], Gen.Long[2, 100_000_000], Gen.Double[0, 1]).Sample(example =>
        {
            var (fee, limit, share) = example;
            var used = (long)(limit * share);
            var next = BaseFee.Next(fee, limit, used);
            var target = limit / 2;
            Assert.Equal(used > target, next > fee);
            Assert.True(next <= fee + UInt128.Max(1, (UInt128)fee * (ulong)(limit - target) / (ulong)target / 8));
            Assert.True(next >= fee - fee / 8);
        });

    [Fact]
    public void Excess_blob_gas_adds_what_is_above_the_target_and_never_falls_below_nothing()
    {
        Assert.Equal(3 * BaseFee.BlobGas, BaseFee.NextExcessBlobGas(0, 6 * BaseFee.BlobGas, 3 * BaseFee.BlobGas));
        Assert.Equal(0, BaseFee.NextExcessBlobGas(BaseFee.BlobGas, 0, 3 * BaseFee.BlobGas));
    }

    [Fact]
    public void A_block_over_its_limit_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BaseFee.Next(1, 30_000_000, 30_000_001));

    [Fact]
    public void What_does_not_fit_into_128_bits_is_refused() =>
        Assert.Throws<OverflowException>(() => BaseFee.FakeExponential(1, 1_000_000_000, 1));
}
