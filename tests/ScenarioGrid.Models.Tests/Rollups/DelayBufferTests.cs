using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Rollups;

namespace ScenarioGrid.Models.Tests.Rollups;

public class DelayBufferTests
{
    // RU-6, RU-12: contract tests of OffchainLabs/nitro-contracts at 6748733.
    [Theory]
    [InlineData(10, 10, 100, 20, 5, 1000, 333, 100)]
    [InlineData(10, 11, 100, 20, 5, 1000, 333, 99)]
    [InlineData(10, 15, 100, 20, 5, 1000, 333, 95)]
    [InlineData(10, 110, 100, 115, 5, 1000, 333, 5)]
    [InlineData(0, 15, 10, 6, 5, 1000, 333, 9)]
    [InlineData(10, 210, 100, 215, 5, 1000, 333, 5)]
    public void Buffer_agrees_with_the_contract(
        long start, long end, long buffer, long sequenced, long threshold, long most, long replenish, long expected) =>
        Assert.Equal(expected, DelayBuffer.Next(start, end, buffer, sequenced, threshold, most, replenish));

    [Fact]
    public void A_sequencer_always_late_uses_up_the_buffer()
    {
        // RU-7: Arbitrum One, full buffer of 14,400 blocks, every message 3000 blocks late.
        var buffer = 14_400L;
        var start = 0L;
        foreach (var expected in new long[] { 11_700, 9000, 6300, 3600, 900, 150 })
        {
            buffer = DelayBuffer.Next(start, start + 3000, buffer, start + 3000, 150, 14_400, 500);
            start += 3000;
            Assert.Equal(expected, buffer);
        }
    }

    [Fact]
    public void Lanes_follow_the_contract_to_the_rounding_of_one_block() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 14_400], Gen.Int[0, 5000]).Sample((elapsed, buffer, delay) =>
        {
            var exact = DelayBuffer.Next(0, elapsed, Math.Max(buffer, 150), delay, 150, 14_400, 500);
            var lanes = DelayBuffer.Next(new Vec(Math.Max(buffer, 150)), elapsed, delay, 150, 14_400, 0.05)[0];
            Assert.InRange(lanes - exact, -1e-9, 1 + 1e-9);
        });
}
