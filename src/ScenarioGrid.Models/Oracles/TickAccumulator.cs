using System.Numerics;

namespace ScenarioGrid.Models.Oracles;

/// <summary>The oracle of a Uniswap v3 pool in its own integers: a ring of cumulative ticks, written at the first touch
/// of a block and read by interpolation.</summary>
/// <remarks>Source: Uniswap v3-core @d8b1c635, libraries/Oracle.sol. Times do not wrap here.</remarks>
public sealed class TickAccumulator
{
    private readonly List<Observation> _observations = [];
    private int _newest;
    private int _cardinalityNext = 1;

    /// <summary>Starts the ring with one observation.</summary>
    /// <param name="time">Time of the block, in seconds.</param>
    /// <param name="tick">Tick of the pool.</param>
    /// <param name="liquidity">Liquidity in range.</param>
    public TickAccumulator(long time, int tick, UInt128 liquidity)
    {
        (Tick, Liquidity) = (tick, liquidity);
        _observations.Add(new Observation(time, 0, 0));
    }

    /// <summary>Tick that the pool stands at.</summary>
    public int Tick { get; private set; }

    /// <summary>Liquidity that the pool stands at.</summary>
    public UInt128 Liquidity { get; private set; }

    /// <summary>Allows the ring this many observations once it comes round to them.</summary>
    public void Grow(int cardinality) => _cardinalityNext = Math.Max(_cardinalityNext, cardinality);

    /// <summary>A touch of the pool: the price it had so far is accumulated, then it moves.</summary>
    public void Touch(long time, int tick, UInt128 liquidity)
    {
        var last = _observations[_newest];
        if (last.Time != time)
        {
            var isAtEnd = _newest == _observations.Count - 1;
            var next = Transform(last, time);
            if (isAtEnd && _observations.Count < _cardinalityNext)
            {
                _observations.Add(next);
                _newest++;
            }
            else
            {
                _newest = (_newest + 1) % _observations.Count;
                _observations[_newest] = next;
            }
        }

        (Tick, Liquidity) = (tick, liquidity);
    }

    /// <summary>Cumulative tick, and seconds per liquidity in 128 fraction bits, some seconds before a time.</summary>
    /// <exception cref="InvalidOperationException">The oldest observation is younger: the pool answers OLD.</exception>
    public (long Tick, BigInteger SecondsPerLiquidity) Observe(long time, long secondsAgo)
    {
        var newest = _observations[_newest];
        var target = time - secondsAgo;
        if (target >= newest.Time)
        {
            var now = target == newest.Time ? newest : Transform(newest, target);
            return (now.CumulativeTick, now.SecondsPerLiquidity);
        }

        var count = _observations.Count;
        var oldest = _observations[(_newest + 1) % count];
        if (target < oldest.Time)
        {
            throw new InvalidOperationException(
                $"OLD: asked for time {target}, the oldest observation is of {oldest.Time}");
        }

        var k = 1;
        while (_observations[(_newest + 1 + k) % count].Time < target)
        {
            k++;
        }

        var before = _observations[(_newest + k) % count];
        var after = _observations[(_newest + 1 + k) % count];
        return Between(before, after, target);
    }

    /// <summary>Mean tick over a period that ends now, rounded down.</summary>
    public static long MeanTick(long cumulativeThen, long cumulativeNow, long seconds)
    {
        var difference = cumulativeNow - cumulativeThen;
        var mean = difference / seconds;
        return difference < 0 && difference % seconds != 0 ? mean - 1 : mean;
    }

    private static (long Tick, BigInteger SecondsPerLiquidity) Between(
        Observation before, Observation after, long target)
    {
        if (target == after.Time)
        {
            return (after.CumulativeTick, after.SecondsPerLiquidity);
        }

        // The contract divides first; the mean tick between two touches is whole, so nothing is lost.
        var span = after.Time - before.Time;
        var part = target - before.Time;
        return (before.CumulativeTick + (after.CumulativeTick - before.CumulativeTick) / span * part,
            before.SecondsPerLiquidity + (after.SecondsPerLiquidity - before.SecondsPerLiquidity) * part / span);
    }

    private Observation Transform(Observation last, long time)
    {
        var seconds = time - last.Time;
        var liquidity = Liquidity > 0 ? (BigInteger)Liquidity : BigInteger.One;
        return new Observation(
            time,
            last.CumulativeTick + Tick * seconds,
            last.SecondsPerLiquidity + ((BigInteger)seconds << 128) / liquidity);
    }

    private readonly record struct Observation(long Time, long CumulativeTick, BigInteger SecondsPerLiquidity);
}
