using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <content>Sequencer, roots, the exit queue and what is published.</content>
public sealed partial class OptimisticRollup
{
    private void Sequence(in Tick tick, int i, in Constants c)
    {
        Vecs sequencer = Sequencer.Vecs, isUp = IsUp.Vecs, downFor = DownFor.Vecs, buffer = Buffer.Vecs;
        var age = RootAge.Vecs;
        Vecs entered = Entered.Vecs, left = Left.Vecs;
        var works = tick.Words(0, i).Uniform0 < Vec.Select(sequencer[i] > Vec.Zero, c.StaysUp, c.ComesUp);
        sequencer[i] = works.AsOne();
        var chainUp = ChainIsUp.Vecs[i] >= 0.5;
        var up = works & chainUp & (Halted.Vecs[i] < 0.5);
        var running = Vec.Where(chainUp, tick.Seconds);
        isUp[i] = up.AsOne();
        downFor[i] = Vec.Where(!up, downFor[i] + running);
        buffer[i] = DelayBuffer.Next(
            buffer[i], running, downFor[i], p.BufferThreshold.Value, p.BufferMost.Value, p.BufferReplenish.Value);
        age[i] += running;
        entered[i] = Vec.Zero;
        left[i] = Vec.Zero;
    }

    private void Exit(in Tick tick, int i, in Constants c)
    {
        Vecs tvl = Tvl.Vecs, requested = Requested.Vecs, matured = Matured.Vecs, queue = ExitQueue.Vecs;
        var age = RootAge.Vecs;
        Vecs entered = Entered.Vecs, left = Left.Vecs, fee = FastExitFee.Vecs, youngest = Waiting.Row(0);
        var chainUp = ChainIsUp.Vecs[i] >= 0.5;
        var wants = tvl[i] * ExitShare(i, c);
        var arrives = Vec.Where(chainUp, tvl[i] * c.EntryShare);
        tvl[i] += arrives - wants;
        requested[i] += wants;
        queue[i] += wants;
        fee[i] = wants * p.FastExitShare.Value * FeeShare(i, c);

        var postable = (IsUp.Vecs[i] > Vec.Zero) | (DownFor.Vecs[i] >= ForcedWait(i));
        var posts = chainUp & postable & (age[i] >= p.PostInterval.Value);
        youngest[i] += Vec.Where(posts, requested[i]);
        requested[i] = Vec.Where(!posts, requested[i]);
        age[i] = Vec.Max(age[i] - Vec.Where(posts, p.PostInterval.Value * Vec.Floor(age[i] * c.RootsPerSecond)), 0.0);

        var paused = (IsDisputed.Vecs[i] > Vec.Zero) | (IsGriefed.Vecs[i] > Vec.Zero) | !chainUp;
        matured[i] += Age(i, Vec.Where(!paused, tick.Seconds), c);
        var paid = Vec.Where(chainUp, Vec.Min(matured[i], c.Payable));
        matured[i] -= paid;
        queue[i] = Vec.Max(queue[i] - paid, 0.0);
        entered[i] += arrives;
        left[i] += paid;
        Pause(i, paused, tick.Seconds, c);
    }

    private Vec ExitShare(int i, in Constants c)
    {
        // The same bits either way: an undisturbed multiple only spares the exponential.
        var multiple = ExitMultiple.Vecs[i];
        return Vec.Equal(multiple, 1.0).All
            ? c.ExitShare
            : -LaneMath.Expm1(c.ExitExponent * Vec.Max(multiple, 0.0));
    }

    /// <summary>Ages the cohorts and returns the value that has waited long enough.</summary>
    private Vec Age(int i, Vec passed, in Constants c)
    {
        Vecs age = CohortAge.Vecs, oldest = Waiting.Row(c.Oldest);
        var room = c.CohortWidth - age[i];
        var released = oldest[i] * Vec.Min(passed / room, 1.0);
        oldest[i] -= released;
        age[i] += passed;
        var full = age[i] >= c.CohortWidth;
        if (full.Any)
        {
            for (var row = c.Oldest; row > 0; row--)
            {
                Vecs older = Waiting.Row(row), younger = Waiting.Row(row - 1);
                older[i] = Vec.Select(full, younger[i], older[i]);
            }

            var youngest = Waiting.Row(0);
            youngest[i] = Vec.Where(!full, youngest[i]);
            age[i] -= Vec.Where(full, c.CohortWidth);
            var more = Vec.Where(full, oldest[i] * (age[i] / c.CohortWidth));
            oldest[i] -= more;
            released += more;
        }

        return released;
    }

    /// <summary>Keeps the time for which exits in flight were held up, until a whole wait has passed without a
    /// pause.</summary>
    private void Pause(int i, Mask paused, double seconds, in Constants c)
    {
        Vecs held = Paused.Vecs, quiet = Quiet.Vecs;
        quiet[i] = Vec.Where(!paused, quiet[i] + seconds);
        held[i] = Vec.Where(quiet[i] < c.Hold, held[i] + Vec.Where(paused, seconds));
    }

    private void Publish(in Tick tick, int i, in Constants c)
    {
        Vecs bonds = BondsLocked.Vecs, open = OpenDisputes.Vecs, cost = LockedCost.Vecs;
        Vecs finality = FinalityDelay.Vecs, delay = WithdrawalDelay.Vecs, worst = WithdrawalDelayMax.Vecs;
        Vec live = ClaimIsLive.Vecs[i], disputed = IsDisputed.Vecs[i], griefed = IsGriefed.Vecs[i];
        bonds[i] = live * p.Bond.Value + (disputed + griefed) * p.ChallengeBond.Value;
        open[i] = disputed + griefed;
        cost[i] += ExitQueue.Vecs[i] * c.CapitalShare;
        var isDown = !(IsUp.Vecs[i] > Vec.Zero);
        var nextRoot = Vec.Max(p.PostInterval.Value - RootAge.Vecs[i], 0.0);
        var forced = Vec.Where(isDown, ForcedWait(i) - DownFor.Vecs[i]);
        finality[i] = Vec.Max(nextRoot, forced) + ChainFinality.Vecs[i] + p.Window.Value + Paused.Vecs[i];
        delay[i] = finality[i] + p.Airgap.Value + Matured.Vecs[i] * c.SecondsPerDollar;
        worst[i] = delay[i];
    }

    /// <summary>How long the sequencer must be down before others can go on without it.</summary>
    private Vec ForcedWait(int i) => Vec.Min(Buffer.Vecs[i], p.ForcedDelay.Value);

    private Vec FeeShare(int i, in Constants c) =>
        WithdrawalDelay.Vecs[i] * c.FeePerSecond + p.FastExitMargin.Value;

    /// <summary>What depends on parameters and tick length only.</summary>
    private readonly struct Constants
    {
        public Constants(Parameters p, double seconds)
        {
            var years = seconds / Tick.YearSeconds;
            var up = DisputeGame.Availability(p.SequencerUptime.Value, p.SequencerRepair.Value);
            var mixing = -LaneMath.Expm1(-seconds * (1 / p.SequencerUptime.Value + 1 / p.SequencerRepair.Value));
            StaysUp = 1 - (1 - up) * mixing;
            ComesUp = up * mixing;

            var watched = ChallengeWindow.Watched(
                (int)p.Watchers.Value, p.Availability.Value, p.CommonCause.Value);
            var unseen = p.DetectionTime.Value > 0 ? ChallengeWindow.Unnoticed(
                p.Watchers.Value * p.Availability.Value, 1 / p.DetectionTime.Value, p.Window.Value) : 0;
            FraudOdds = DisputeGame.FraudProbability(watched, unseen, p.Bug.Value);
            CheatCost = (1 - FraudOdds) * p.Bond.Value
                + ChallengeWindow.DelayCost(p.Bond.Value, p.CapitalCost.Value, p.Window.Value);
            ClaimShare = p.ClaimShare.Value;
            FraudChance = -LaneMath.Expm1(-p.FraudRate.Value * years);
            KeyChance = -LaneMath.Expm1(-p.KeyRate.Value * years);
            GriefChance = -LaneMath.Expm1(-p.GriefRate.Value * years);
            GriefTime = Math.Min(p.Window.Value, p.Moves.Value * p.StallTime.Value);
            var onset = p.CensorshipOnset.Value;
            var share = onset > 0 ? onset / (onset + p.CensorshipEnd.Value) : 0;
            CensoredShare = p.WaitsForCensorship && onset > 0 ? 1 : share;

            Hold = p.Window.Value + p.Airgap.Value;
            Oldest = (int)Math.Clamp(Math.Floor(Hold / seconds), 1, Cohorts);
            CohortWidth = Math.Max(Hold / Oldest, seconds);
            ExitExponent = -p.ExitRate.Value * years;
            ExitShare = -LaneMath.Expm1(ExitExponent);
            EntryShare = p.EntryRate.Value * years;
            Payable = p.ExitCapacity.Value * seconds;
            SecondsPerDollar = 1 / p.ExitCapacity.Value;
            RootsPerSecond = 1 / p.PostInterval.Value;
            CapitalShare = p.CapitalCost.Value * years;
            FeePerSecond = (p.CapitalCost.Value + p.FraudRate.Value * FraudOdds) / Tick.YearSeconds;
        }

        public double StaysUp { get; }

        public double ComesUp { get; }

        /// <summary>Probability that a false claim wins, as the one who makes it reckons.</summary>
        public double FraudOdds { get; }

        /// <summary>Expected cost of a false claim: the bond at risk and its capital cost.</summary>
        public double CheatCost { get; }

        public double ClaimShare { get; }

        public double FraudChance { get; }

        public double KeyChance { get; }

        public double GriefChance { get; }

        public double GriefTime { get; }

        public double CensoredShare { get; }

        /// <summary>Seconds from root to payment.</summary>
        public double Hold { get; }

        /// <summary>Row of the oldest cohort.</summary>
        public int Oldest { get; }

        public double CohortWidth { get; }

        public double ExitExponent { get; }

        public double ExitShare { get; }

        public double EntryShare { get; }

        public double Payable { get; }

        public double SecondsPerDollar { get; }

        public double RootsPerSecond { get; }

        public double CapitalShare { get; }

        public double FeePerSecond { get; }
    }
}
