using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Bridges;

/// <content>Theft, limits, transfers and what is published.</content>
public sealed partial class MultisigBridge
{
    private const double DaySeconds = 86_400;

    /// <summary>No limit.</summary>
    private const double Endless = 1e300;

    /// <summary>Opens the hour of this tick: what lies more than 24 hours back is no longer counted, and holds
    /// end.</summary>
    private void TurnHours(in Tick tick, int i, in Constants c)
    {
        Vecs entered = Entered.Vecs, left = Left.Vecs;
        entered[i] = Vec.Zero;
        left[i] = Vec.Zero;
        for (var hour = 0; hour < c.HoursTurned; hour++)
        {
            var row = (c.Hour + Hours - hour) % Hours;
            Vecs counted = Counted.Row(row), asked = Asked.Row(row), held = HeldByHour.Row(row);
            Vecs countedSum = CountedSum.Vecs, askedSum = AskedSum.Vecs, heldSum = Held.Vecs, ready = Ready.Vecs;
            countedSum[i] = Vec.Max(countedSum[i] - counted[i], 0.0);
            askedSum[i] = Vec.Max(askedSum[i] - asked[i], 0.0);
            heldSum[i] = Vec.Max(heldSum[i] - held[i], 0.0);
            ready[i] += held[i];
            counted[i] = asked[i] = held[i] = Vec.Zero;
        }

        Revalue(i);
    }

    private void Revalue(int i)
    {
        Vecs locked = Locked.Vecs, minted = Minted.Vecs, last = PriceLast.Vecs, entered = Entered.Vecs;
        var price = Price.Vecs[i];
        var gain = price / Vec.Max(last[i], 1e-300) - 1.0;
        var change = locked[i] * gain;
        locked[i] += change;
        minted[i] += minted[i] * gain;
        entered[i] += change;
        last[i] = price;
    }

    private void Steal(in Tick tick, int i, in Constants c)
    {
        Vecs draining = IsDraining.Vecs, age = DrainAge.Vecs, rest = DrainLeft.Vecs, pause = PauseLeft.Vecs;
        var enough = KeysCompromised.Vecs[i] >= p.Threshold.Value;
        var open = !(pause[i] > Vec.Zero) & (Halted.Vecs[i] < 0.5);
        pause[i] = Vec.Max(pause[i] - tick.Seconds, 0.0);
        var drains = (draining[i] > Vec.Zero) & enough;
        if (enough.Any)
        {
            var starts = enough & open & !drains & (tick.Uniform(0, i) < c.LaunchChance);
            if (starts.Any)
            {
                starts &= Launches(tick, i);
                var notice = -LaneMath.Log(tick.Uniform(2, i)) * p.DetectionTime.Value + p.ResponseTime.Value;
                rest[i] = Vec.Select(starts, notice, rest[i]);
                age[i] = Vec.Where(!starts, age[i]);
                drains |= starts;
            }
        }

        draining[i] = drains.AsOne();
        Refill(tick, i, c);
        if (drains.Any)
        {
            Drain(tick, i, drains & open & (ChainIsUp.Vecs[i] >= 0.5), c);
            age[i] += Vec.Where(drains, tick.Seconds);
            rest[i] -= Vec.Where(drains, tick.Seconds);
            StopThief(i, drains & (rest[i] <= Vec.Zero));
        }
    }

    private Mask Launches(in Tick tick, int i)
    {
        var odds = p.TheftCost.Value / Vec.Max(Locked.Vecs[i], 1e-300);
        return tick.Uniform(1, i) * (1.0 + LaneMath.Pow(odds, p.Rationality.Value)) < 1.0;
    }

    /// <summary>The bucket takes the refill of the tick at once; what is over its capacity at the end of the tick is
    /// lost.</summary>
    private void Refill(in Tick tick, int i, in Constants c)
    {
        var tokens = Tokens.Vecs;
        tokens[i] = c.HasBucket ? tokens[i] + p.BucketRate.Value * tick.Seconds : Endless;
    }

    private void Drain(in Tick tick, int i, Mask takes, in Constants c)
    {
        Vecs locked = Locked.Vecs, stolen = Stolen.Vecs, left = Left.Vecs, drained = IsDrained.Vecs;
        var tokens = Tokens.Vecs;
        Vecs sum = CountedSum.Vecs, counted = Counted.Row(c.Hour);
        var active = Vec.Min(Vec.Max(DrainLeft.Vecs[i], 0.0), tick.Seconds);
        var most = c.HasBucket ? tokens[i] - p.BucketRate.Value * (tick.Seconds - active) : Endless;
        var noticedLate = DrainAge.Vecs[i] + active >= DaySeconds;
        var governed = c.HasGovernor ? Vec.Max(p.DailyLimit.Value - sum[i], 0.0) : Endless;
        most = Vec.Min(most, Vec.Select(noticedLate, Endless, governed));
        var loot = Vec.Where(takes, Vec.Min(locked[i], Vec.Max(most, 0.0)));
        locked[i] -= loot;
        stolen[i] += loot;
        left[i] += loot;
        tokens[i] -= Vec.Where(takes, loot);
        var counts = c.HasGovernor ? Vec.Where(!noticedLate, loot) : Vec.Zero;
        counted[i] += counts;
        sum[i] += counts;
        drained[i] = Vec.Select(loot > Vec.Zero, 1.0, drained[i]);
    }

    private void StopThief(int i, Mask ends)
    {
        if (!ends.Any)
        {
            return;
        }

        Vecs draining = IsDraining.Vecs, pause = PauseLeft.Vecs;
        draining[i] = Vec.Where(!ends, draining[i]);
        pause[i] = Vec.Select(ends, p.PauseTime.Value, pause[i]);
        for (var organisation = 0; organisation < Keys.Rows; organisation++)
        {
            var lost = Keys.Row(organisation);
            lost[i] = Vec.Where(!ends, lost[i]);
        }

        CountOrganisations(i);
    }

    private void Transfer(in Tick tick, int i, in Constants c)
    {
        Vecs locked = Locked.Vecs, minted = Minted.Vecs, entered = Entered.Vecs, downtime = Downtime.Vecs;
        var paused = IsPaused.Vecs;
        var isPaused = (PauseLeft.Vecs[i] > Vec.Zero) | (Halted.Vecs[i] >= 0.5);
        var up = !isPaused & (ChainIsUp.Vecs[i] >= 0.5) & (SignersOnline.Vecs[i] >= p.Threshold.Value);
        paused[i] = isPaused.AsOne();
        downtime[i] = Vec.Where(!up, tick.Seconds);
        var arrivals = tick.Words(3, i);
        var arrived = Vec.Where(up, LaneMath.Poisson(c.InMean, arrivals.Uniform0) * p.TransferSize.Value);
        locked[i] += arrived;
        minted[i] += arrived;
        entered[i] += arrived;
        var number = LaneMath.Poisson(c.OutMean * Vec.Max(OutflowMultiple.Vecs[i], 0.0), arrivals.Uniform1);
        Enqueue(i, number * p.TransferSize.Value, c);
        Pay(i, up, c);
        var depth = ReorgDepth.Vecs[i] + Reorg.Vecs[i];
        if ((depth > Vec.Zero).Any)
        {
            Undo(tick, i, depth);
        }
    }

    private void Enqueue(int i, Vec wanted, in Constants c)
    {
        Vecs line = Line.Vecs, ready = Ready.Vecs, held = Held.Vecs;
        if (!c.HasGovernor)
        {
            line[i] += wanted;
            return;
        }

        Vecs asked = Asked.Row(c.Hour), askedSum = AskedSum.Vecs, byHour = HeldByHour.Row(c.Hour);
        var large = wanted * p.LargeShare.Value;
        var small = wanted - large;
        byHour[i] += large;
        held[i] += large;
        asked[i] += small;
        askedSum[i] += small;

        // First come, first served: what exceeds the demand of the last 24 hours has waited longer than that.
        var overdue = Vec.Max(line[i] + small - askedSum[i], 0.0);
        line[i] += small - overdue;
        ready[i] += overdue;
    }

    private void Pay(int i, Mask up, in Constants c)
    {
        Vecs line = Line.Vecs, ready = Ready.Vecs, tokens = Tokens.Vecs, sum = CountedSum.Vecs;
        var counted = Counted.Row(c.Hour);
        Vecs locked = Locked.Vecs, minted = Minted.Vecs, left = Left.Vecs;
        var most = Vec.Where(up, Vec.Min(tokens[i], Vec.Min(locked[i], minted[i])));
        var first = Vec.Min(ready[i], most);
        var second = Vec.Min(line[i], most - first);
        if (c.HasGovernor)
        {
            second = Vec.Min(second, Vec.Max(p.DailyLimit.Value - sum[i], 0.0));
            counted[i] += second;
            sum[i] += second;
        }

        var paid = first + second;
        ready[i] -= first;
        line[i] = Vec.Max(line[i] - second, 0.0);
        locked[i] = Vec.Max(locked[i] - paid, 0.0);
        minted[i] = Vec.Max(minted[i] - paid, 0.0);
        left[i] += paid;
        tokens[i] = Vec.Min(tokens[i] - paid, p.BucketCapacity.Value);
    }

    /// <summary>Deposits that had counted when the source chain undid them leave, but stay minted.</summary>
    private void Undo(in Tick tick, int i, Vec depth)
    {
        Vecs locked = Locked.Vecs, left = Left.Vecs, unbacked = Unbacked.Vecs;
        var slot = tick.Seconds / Vec.Max(Blocks.Vecs[i], 1.0);
        var beyond = Vec.Max(depth * slot - SourceWait(i), 0.0);
        var undone = Vec.Min(locked[i], beyond * p.Inflow.Value);
        locked[i] -= undone;
        left[i] += undone;
        unbacked[i] += undone;
    }

    private Vec SourceWait(int i)
    {
        Vec wait = p.FinalityWait.Value;
        return p.HonoursFinality ? Vec.Max(wait, ChainFinality.Vecs[i]) : wait;
    }

    private void Publish(in Tick tick, int i, in Constants c)
    {
        Vecs backing = Backing.Vecs, queue = Queue.Vecs, delay = Delay.Vecs, worst = DelayMax.Vecs;
        var rate = LossRate.Vecs;
        var cost = LivenessCost.Vecs;
        Vec locked = Locked.Vecs[i], minted = Minted.Vecs[i], line = Line.Vecs[i] + Ready.Vecs[i];
        backing[i] = Vec.Select(minted > Vec.Zero, Vec.Min(locked / Vec.Max(minted, 1e-300), 1.0), 1.0);
        queue[i] = line + Held.Vecs[i];
        var wait = Vec.Max(line * c.SecondsPerDollar, PauseLeft.Vecs[i]);
        delay[i] = SourceWait(i) + RollupFinality.Vecs[i] + Signing.Vecs[i] + wait;
        worst[i] = delay[i];
        rate[i] = Stolen.Vecs[i] * c.PerTvl;
        cost[i] += queue[i] * c.CapitalShare;
    }

    /// <summary>What depends on parameters and the tick only.</summary>
    private readonly struct Constants
    {
        public Constants(Parameters p, in Tick tick)
        {
            HasBucket = p.Limit is Limiter.TokenBucket or Limiter.Both;
            HasGovernor = p.Limit is Limiter.Governor or Limiter.Both;
            var hour = Math.Floor(tick.Start / 3600);
            var before = tick.Index == 0 ? hour : Math.Floor((tick.Start - tick.Seconds) / 3600);
            HoursTurned = (int)Math.Min(hour - before, Hours);
            Hour = (int)(hour - Hours * Math.Floor(hour / Hours));
            LaunchChance = -LaneMath.Expm1(-p.LaunchRate.Value * tick.Years);
            InMean = p.Inflow.Value * tick.Seconds / p.TransferSize.Value;
            OutMean = p.Outflow.Value * tick.Seconds / p.TransferSize.Value;
            SecondsPerDollar = p.Outflow.Value > 0 ? 1 / p.Outflow.Value : 0;
            ReturnRate = 1 / p.OutageTime.Value;
            FailureRate = ReturnRate * (1 - p.Availability.Value) / p.Availability.Value;
            CapitalShare = p.CapitalCost.Value * tick.Years;
            PerTvl = p.Tvl.Value > 0 ? 1 / p.Tvl.Value : 0;
        }

        public bool HasBucket { get; }

        public bool HasGovernor { get; }

        /// <summary>Hours that begin with this tick.</summary>
        public int HoursTurned { get; }

        /// <summary>Row of the present hour.</summary>
        public int Hour { get; }

        public double LaunchChance { get; }

        public double InMean { get; }

        public double OutMean { get; }

        public double SecondsPerDollar { get; }

        /// <summary>Failures per second of a signer online.</summary>
        public double FailureRate { get; }

        /// <summary>Returns per second of a signer offline.</summary>
        public double ReturnRate { get; }

        public double CapitalShare { get; }

        public double PerTvl { get; }
    }
}
