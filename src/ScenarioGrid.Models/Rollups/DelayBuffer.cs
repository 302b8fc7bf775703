using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <summary>The buffer that a late sequencer uses up, and that bounds how long forced transactions can be held
/// back.</summary>
/// <remarks>
/// <code>
/// elapsed = end - start,  delay = sequenced - start
/// buffer += elapsed * replenish,  unexpected = min(max(delay - threshold, 0), elapsed)
/// buffer = min(buffer - unexpected, most) where that stays above the threshold, else threshold
/// </code>
/// <para>Source: OffchainLabs/nitro-contracts at 6748733, DelayBuffer.calcBuffer.</para>
/// </remarks>
public static class DelayBuffer
{
    private const long BasisPoints = 10_000;

    /// <summary>The buffer after a message, in whole blocks, exactly as the contract computes it.</summary>
    /// <param name="start">Block of the previous delayed message.</param>
    /// <param name="end">Block of this delayed message, at least <paramref name="start"/>.</param>
    /// <param name="buffer">Blocks in the buffer.</param>
    /// <param name="sequenced">Block at which the previous message was sequenced, at least <paramref
    /// name="start"/>.</param>
    /// <param name="threshold">Delay that costs nothing.</param>
    /// <param name="most">Largest buffer.</param>
    /// <param name="replenishBasisPoints">Blocks that come back per 10,000 blocks.</param>
    public static long Next(
        long start, long end, long buffer, long sequenced, long threshold, long most, long replenishBasisPoints)
    {
        var elapsed = end - start;
        var delay = sequenced - start;
        buffer += elapsed * replenishBasisPoints / BasisPoints;
        var unexpected = Math.Min(Math.Max(delay - threshold, 0), elapsed);
        if (buffer > unexpected)
        {
            buffer -= unexpected;
            if (buffer > threshold)
            {
                return Math.Min(buffer, most);
            }
        }

        return threshold;
    }

    /// <summary>The same without the rounding to whole blocks, path by path; any unit of time.</summary>
    /// <param name="buffer">Time in the buffer.</param>
    /// <param name="elapsed">Time since the last update, at least 0.</param>
    /// <param name="delay">How late the sequencer is.</param>
    /// <param name="threshold">Delay that costs nothing.</param>
    /// <param name="most">Largest buffer, at least the threshold.</param>
    /// <param name="replenish">Share of elapsed time that comes back.</param>
    public static Vec Next(Vec buffer, Vec elapsed, Vec delay, Vec threshold, Vec most, Vec replenish)
    {
        var filled = buffer + elapsed * replenish;
        var unexpected = Vec.Min(Vec.Max(delay - threshold, Vec.Zero), elapsed);
        return Vec.Min(Vec.Max(filled - unexpected, threshold), most);
    }
}
