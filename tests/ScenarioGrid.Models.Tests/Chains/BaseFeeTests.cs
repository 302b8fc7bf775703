using System.Numerics;
using ScenarioGrid.Models.Chains;

namespace ScenarioGrid.Models.Tests.Chains;

public class BaseFeeTests
{
    /// <summary>Rows E14 and BC-9: go-ethereum, TestCalcBaseFee; rows E15: the rule by hand.</summary>
    [Theory]
    [InlineData(1_000_000_000, 20_000_000, 10_000_000, 1_000_000_000)]
    [InlineData(1_000_000_000, 20_000_000, 9_000_000, 987_500_000)]
    [InlineData(1_000_000_000, 20_000_000, 11_000_000, 1_012_500_000)]
    [InlineData(1_000_000_000, 30_000_000, 30_000_000, 1_125_000_000)]
    [InlineData(7, 30_000_000, 15_000_001, 8)]
    public void The_next_base_fee_is_the_one_of_the_protocol(long fee, long limit, long used, long expected) =>
        Assert.Equal(expected, BaseFee.Next(fee, limit, used));

    /// <summary>Rows E16 and BC-10: go-ethereum, eip4844_test.</summary>
    [Theory]
    [InlineData(1, 2, 1, 6)]
    [InlineData(1, 4, 2, 6)]
    [InlineData(1, 3, 1, 16)]
    [InlineData(1, 8, 2, 50)]
    [InlineData(10, 8, 2, 542)]
    [InlineData(11, 8, 2, 596)]
    [InlineData(1, 50_000_000, 2_225_652, 5_709_098_764)]
    public void The_exponential_of_whole_numbers_is_the_one_of_the_protocol(
        long factor, long numerator, long denominator, long expected) =>
        Assert.Equal(expected, BaseFee.FakeExponential(factor, numerator, denominator));

    /// <summary>Rows E16 and BC-10.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(2_314_057, 1)]
    [InlineData(2_314_058, 2)]
    [InlineData(10 * 1024 * 1024, 23)]
    public void The_blob_fee_of_Cancun_is_the_one_of_the_protocol(long excess, long expected) =>
        Assert.Equal(expected, BaseFee.Blob(excess, BaseFee.CancunUpdateFraction));

    /// <summary>
    /// The factor is 1.125 at most, so ten times takes ceil(ln 10 / ln 1.125) = 20 full blocks (EIP-1559).
    /// </summary>
    [Fact]
    public void A_tenfold_fee_takes_twenty_full_blocks()
    {
        BigInteger fee = 1_000_000_000_000, start = fee;
        var blocks = 0;
        for (; fee < 10 * start; blocks++)
        {
            fee = BaseFee.Next(fee, 30_000_000, 30_000_000);
        }

        Assert.Equal(20, blocks);
    }

    [Fact]
    public void A_fee_moves_with_use_and_never_by_more_than_an_eighth() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000], Gen.Long[2, 100_000_000], Gen.Double[0, 1]).Sample(example =>
        {
            var (fee, limit, share) = example;
            var used = (long)(limit * share);
            var next = BaseFee.Next(fee, limit, used);
            var target = limit / 2;
            Assert.Equal(used > target, next > fee);
            Assert.True(next <= fee + BigInteger.Max(1, (BigInteger)fee * (limit - target) / target / 8));
            Assert.True(next >= fee - fee / 8 && next >= 0);
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
}
