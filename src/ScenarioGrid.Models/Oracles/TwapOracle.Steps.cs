using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Oracles;

/// <content>The two halves of a tick: what is recorded, and what is answered.</content>
public sealed partial class TwapOracle
{
    private void Record(in Tick tick)
    {
        Vecs spot = VenueSpot.Vecs, start = SpotStart.Vecs, tickStart = TickStart.Vecs, cumulative = Cumulative.Vecs;
        var limit = p.Truncation.Value <= 0 ? double.PositiveInfinity
            : p.WholeTicks ? LimitOf(tick)
            : p.Truncation.Value * LogTick * Math.Max(1, tick.Seconds / BlockSeconds);
        var touchChance = TouchChance(tick.Seconds, p.TouchInterval.Value);
        var writes = TouchRate(tick) * tick.Seconds / Math.Max(touchChance, 1e-300);
        var cadence = CadenceOf(p);
        var lastGrid = Math.Floor((tick.Index + 1) * tick.Seconds / cadence);
        var oldGrid = Math.Floor(tick.Start / cadence) + 1;
        var firstGrid = Math.Max(oldGrid, lastGrid - Ring.Rows + 1);
        for (var i = 0; i < tick.Vectors; i++)
        {
            var touched = Touch(i, touchChance, tick);
            var seen = p.WholeTicks
                ? Vec.Floor(LaneMath.Log(spot[i]) / LogTick) - tickStart[i]
                : LaneMath.Log(spot[i] / start[i]);
            var z = Record(i, seen, touched, limit);
            if (TouchRing.Rows > 1)
            {
                Count(i, Vec.Where(touched, writes / tick.Seconds), oldGrid, lastGrid, tick);
            }

            if (p.Mean == Average.Median)
            {
                Sort(i, z, firstGrid, lastGrid);
                continue;
            }

            var f = p.Mean == Average.Geometric ? z : LaneMath.Expm1(z);
            var sum = cumulative[i];
            for (var k = firstGrid; k <= lastGrid; k++)
            {
                var row = Ring.Row((int)(k % Ring.Rows));
                row[i] = sum + f * (k * cadence - tick.Start);
            }

            cumulative[i] = sum + f * tick.Seconds;
        }
    }

    /// <summary>Blocks with a touch per second while the chain is up: blocks are of 12 s, or a tick where that is
    /// shorter.</summary>
    private double TouchRate(in Tick tick)
    {
        var block = Math.Min(tick.Seconds, BlockSeconds);
        return TouchChance(block, p.TouchInterval.Value) / block;
    }

    private void Count(int i, Vec perSecond, double firstGrid, double lastGrid, in Tick tick)
    {
        var touches = Touches.Vecs;
        var cadence = CadenceOf(p);
        for (var k = Math.Max(firstGrid, lastGrid - TouchRing.Rows + 1); k <= lastGrid; k++)
        {
            var row = TouchRing.Row((int)(k % TouchRing.Rows));
            row[i] = touches[i] + perSecond * (k * cadence - tick.Start);
        }

        touches[i] += perSecond * tick.Seconds;
    }

    /// <summary>Puts the recorded price in the place of the oldest ones, in one pass through the order.</summary>
    private void Sort(int i, Vec z, double firstGrid, double lastGrid)
    {
        var rows = Ring.Rows;
        for (var k = firstGrid; k <= lastGrid; k++)
        {
            var row = Ring.Row((int)(k % rows));
            var old = row[i];
            row[i] = z;
            if (Vec.Equal(old, z).All)
            {
                continue;
            }

            // Without the old price every later one moves down; from there the new one is carried up to its place.
            var carried = z;
            var gone = default(Mask);
            var sorted = Sorted.Row(0);
            for (var j = 0; j < rows; j++)
            {
                var here = sorted[i];
                gone |= Vec.Equal(here, old);
                var last = sorted;
                sorted = Sorted.Row(Math.Min(j + 1, rows - 1));
                var next = j + 1 < rows ? sorted[i] : new Vec(double.PositiveInfinity);
                var kept = Vec.Select(gone, next, here);
                last[i] = Vec.Min(kept, carried);
                carried = Vec.Max(kept, carried);
            }
        }
    }

    private void Reply(in Tick tick)
    {
        Vecs spot = VenueSpot.Vecs, chainUp = ChainIsUp.Vecs, start = SpotStart.Vecs, tickStart = TickStart.Vecs;
        Vecs cumulative = Cumulative.Vecs, untouched = Untouched.Vecs, lastMean = LastMean.Vecs;
        Vecs median = Sorted.Row(Sorted.Rows / 2);
        var now = (tick.Index + 1) * tick.Seconds;
        var bufferAge = p.BufferAge.Value + now;
        var oldEnough = bufferAge >= p.Window.Value;
        var window = Math.Min(p.Window.Value, bufferAge);
        var cadence = CadenceOf(p);
        var oldest = Math.Max(now - window, 0);
        var grid = Math.Floor(oldest / cadence);
        var share = oldest / cadence - grid;
        Vecs early = Ring.Row((int)(grid % Ring.Rows)), late = Ring.Row((int)((grid + 1) % Ring.Rows));
        var unseen = TouchRate(tick) * (window - (now - oldest));
        var breakFactor = p.BreakLimit.Value > 0 ? 1 + p.BreakLimit.Value : double.PositiveInfinity;
        var deviation = p.DeviationLimit.Value > 0 ? LaneMath.Exp(p.DeviationLimit.Value) : double.PositiveInfinity;
        for (var i = 0; i < tick.Vectors; i++)
        {
            var f = median[i];
            if (p.Mean != Average.Median)
            {
                var then = oldest > 0 ? early[i] + share * (late[i] - early[i]) : Vec.Zero;
                f = (cumulative[i] - then) * (1 / window);
            }

            // Sums of whole ticks are whole but for the last bits of the seconds.
            var mean = p.WholeTicks ? LaneMath.Exp((tickStart[i] + Vec.Floor(f + 1e-9)) * LogTick)
                : start[i] * (p.Mean == Average.Arithmetic ? 1.0 + f : LaneMath.Exp(f));
            var before = lastMean[i];
            lastMean[i] = mean;
            var open = (chainUp[i] >= 0.5) & (untouched[i] <= p.FreezeAge.Value);
            if (TouchRing.Rows > 1)
            {
                open &= TouchesSince(i, oldest, grid, share) + unseen < p.Cardinality.Value - 0.5;
            }

            var sound = (mean <= before * breakFactor) & (mean >= before * (2 - breakFactor))
                & (mean <= spot[i] * deviation) & (mean * deviation >= spot[i]);
            var fresh = oldEnough ? (open & sound).AsOne() : Vec.Zero;
            var refused = open & !sound & (new Vec(bufferAge) >= p.Window.Value);
            Publish(i, mean, fresh, refused, p.FalseLimit.Value, tick);
        }
    }

    /// <summary>Blocks with a touch in the part of the window that lies after the start.</summary>
    private Vec TouchesSince(int i, double oldest, double grid, double share)
    {
        var touches = Touches.Vecs[i];
        Vecs early = TouchRing.Row((int)(grid % TouchRing.Rows));
        Vecs late = TouchRing.Row((int)((grid + 1) % TouchRing.Rows));
        return oldest > 0 ? touches - (early[i] + share * (late[i] - early[i])) : touches;
    }
}
