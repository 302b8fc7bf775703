using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Rollups;

/// <content>False claims, the game that refutes them, and false challenges.</content>
public sealed partial class OptimisticRollup
{
    /// <summary>Longer than any scenario: the time until nobody sees a claim.</summary>
    private const double Never = 1e18;

    /// <summary>Times below this share of a block are rounding.</summary>
    private const double Sliver = 1e-6;

    private void OpenDispute(in Tick tick, int i, in Constants c)
    {
        Vecs live = ClaimIsLive.Vecs, claims = FalseClaims.Vecs, pushed = FraudClaim.Vecs;
        var total = Tvl.Vecs[i] + ExitQueue.Vecs[i];
        var chance = tick.Words(0, i).Uniform1;
        var free = !(live[i] > Vec.Zero);
        var attacked = free & (pushed[i] > Vec.Zero);
        var natural = free & !attacked & (chance < c.FraudChance);
        if (natural.Any)
        {
            var odds = c.CheatCost / Vec.Max(c.FraudOdds * c.ClaimShare * total, 1e-300);
            natural &= tick.Uniform(2, i) * (1.0 + LaneMath.Pow(odds, p.Rationality.Value)) < 1.0;
        }

        var starts = attacked | natural;
        claims[i] = starts.AsOne();
        if (starts.Any)
        {
            StartClaim(tick, i, starts, Vec.Min(total, Vec.Select(attacked, pushed[i], c.ClaimShare * total)), c);
        }

        var keys = tick.Words(1, i);
        var seized = keys.Uniform0 < c.KeyChance;
        if (seized.Any)
        {
            Lose(i, seized, Vec.Where(seized, c.ClaimShare * total));
        }

        Grief(i, keys.Uniform1, tick.Seconds * ChainIsUp.Vecs[i], c);
    }

    private void StartClaim(in Tick tick, int i, Mask starts, Vec value, in Constants c)
    {
        Vecs live = ClaimIsLive.Vecs, claim = Claim.Vecs, clock = Clock.Vecs, unseen = Unseen.Vecs;
        var moves = MovesLeft.Vecs;
        Vecs reply = Reply.Vecs, censored = IsCensored.Vecs, bugged = IsBugged.Vecs, entered = Entered.Vecs;
        Words4 first = tick.Words(3, i), second = tick.Words(4, i), third = tick.Words(5, i);
        var online = LaneMath.Binomial(p.Watchers.Value, p.Availability.Value, first.Uniform0);
        online = Vec.Where(!(first.Uniform1 < p.CommonCause.Value), online);
        var seen = -LaneMath.Log(second.Uniform0) * p.DetectionTime.Value / Vec.Max(online, 1.0);
        var wait = Vec.Select(online > Vec.Zero, Vec.Min(seen, Never), Never);
        var isCensored = third.Uniform0 < c.CensoredShare;
        live[i] = Vec.Select(starts, 1.0, live[i]);
        claim[i] = Vec.Select(starts, value, claim[i]);
        clock[i] = Vec.Select(starts, p.Window.Value, clock[i]);
        unseen[i] = Vec.Select(starts, wait, unseen[i]);
        moves[i] = Vec.Select(starts, p.Moves.Value, moves[i]);
        reply[i] = Vec.Where(!starts, reply[i]);
        censored[i] = Vec.Select(starts, isCensored.AsOne(), censored[i]);
        bugged[i] = Vec.Select(starts, (second.Uniform1 < p.Bug.Value).AsOne(), bugged[i]);
        entered[i] += Vec.Where(starts, p.Bond.Value);
    }

    /// <summary>Plays the blocks of the tick on the paths that have a live claim.</summary>
    private void PlayDispute(in Tick tick, int i)
    {
        Vecs clock = Clock.Vecs, unseen = Unseen.Vecs, moves = MovesLeft.Vecs, reply = Reply.Vecs;
        Vecs censored = IsCensored.Vecs;
        Vec time = clock[i], hidden = unseen[i], owed = moves[i], replying = reply[i], closed = censored[i];
        var stall = Math.Min(p.StallTime.Value, p.Window.Value / p.Moves.Value);
        var extension = Math.Min(p.ClockExtension.Value, p.Window.Value);
        var up = ChainIsUp.Vecs[i] >= 0.5;
        var blocks = Vec.Max(Vec.Floor(Vec.Where(up, Blocks.Vecs[i]) + 0.5), Vec.Zero);
        var rounds = Vec.Max(blocks, 1.0);
        var slot = Vec.Where(up, tick.Seconds / rounds);
        var sliver = slot * Sliver;
        var open = Inclusion.Vecs[i] * (1.0 - Vec.Clamp(Censorship.Vecs[i], 0.0, 1.0));
        open = Vec.Where(blocks > Vec.Zero, open);
        var narrow = open * p.CensoredInclusion.Value;
        var live = ClaimIsLive.Vecs[i] > Vec.Zero;
        Mask refuted = live & !live, expired = refuted;
        for (var block = 0; ; block++)
        {
            var on = live & (rounds > block);
            if (!on.Any)
            {
                break;
            }

            var draw = tick.Words(FirstBlockDraw + block, i);
            var waits = on & (replying > sliver);
            var mine = on & !waits;
            replying = Vec.Select(waits, Vec.Max(replying - slot, 0.0), replying);
            hidden -= Vec.Where(mine, slot);
            time -= Vec.Where(mine, slot);
            var landed = mine & (hidden <= sliver) & (draw.Uniform0 < Vec.Select(closed > Vec.Zero, narrow, open));
            owed -= landed.AsOne();
            var won = landed & (owed <= Vec.Zero);
            var goesOn = landed & !won;
            replying = Vec.Select(goesOn, stall, replying);
            time = Vec.Select(goesOn, Vec.Max(time, extension), time);
            var lost = mine & !won & (time <= sliver);
            var switches = Vec.Select(closed > Vec.Zero, p.CensorshipEnd.Value, p.CensorshipOnset.Value);
            closed = Vec.Select(on & (draw.Uniform1 < switches), 1.0 - closed, closed);
            refuted |= won;
            expired |= lost;
            live &= !(won | lost);
        }

        clock[i] = time;
        unseen[i] = hidden;
        moves[i] = owed;
        reply[i] = replying;
        censored[i] = closed;
        Settle(i, refuted, expired);
    }

    private void Settle(int i, Mask refuted, Mask expired)
    {
        Vecs live = ClaimIsLive.Vecs, disputed = IsDisputed.Vecs, slashed = Slashed.Vecs, entered = Entered.Vecs;
        var left = Left.Vecs;
        var joined = (live[i] > Vec.Zero) & (MovesLeft.Vecs[i] < p.Moves.Value) & !(disputed[i] > Vec.Zero);
        entered[i] += Vec.Where(joined, p.ChallengeBond.Value);
        disputed[i] = Vec.Select(joined, 1.0, disputed[i]);
        var ends = refuted | expired;
        if (!ends.Any)
        {
            return;
        }

        var accepted = expired | (refuted & (IsBugged.Vecs[i] > Vec.Zero));
        slashed[i] += Vec.Where(ends & !accepted, p.Bond.Value);
        left[i] += Vec.Where(ends, p.Bond.Value + disputed[i] * p.ChallengeBond.Value);
        live[i] = Vec.Where(!ends, live[i]);
        disputed[i] = Vec.Where(!ends, disputed[i]);
        Lose(i, accepted, Vec.Where(accepted, Claim.Vecs[i]));
    }

    /// <summary>Takes value from everything in the rollup, pro rata.</summary>
    private void Lose(int i, Mask lost, Vec value)
    {
        Vecs tvl = Tvl.Vecs, requested = Requested.Vecs, matured = Matured.Vecs, queue = ExitQueue.Vecs;
        Vecs stolen = Stolen.Vecs, left = Left.Vecs, accepted = FraudAccepted.Vecs;
        var total = tvl[i] + queue[i];
        var loot = Vec.Min(value, total);
        var kept = Vec.Max(1.0 - loot / Vec.Max(total, 1e-300), 0.0);
        tvl[i] *= kept;
        requested[i] *= kept;
        matured[i] *= kept;
        queue[i] *= kept;
        for (var row = 0; row <= Cohorts; row++)
        {
            var cohort = Waiting.Row(row);
            cohort[i] *= kept;
        }

        stolen[i] += loot;
        left[i] += loot;
        accepted[i] = Vec.Select(lost & (loot > Vec.Zero), 1.0, accepted[i]);
    }

    /// <summary>False challenges: each holds all exits up, and burns its bond when it ends.</summary>
    private void Grief(int i, Vec uniform, Vec running, in Constants c)
    {
        Vecs griefed = IsGriefed.Vecs, time = GriefLeft.Vecs, burn = GriefBurn.Vecs, entered = Entered.Vecs;
        var left = Left.Vecs;
        var open = griefed[i] > Vec.Zero;
        var starts = !open & (uniform < c.GriefChance) & (burn[i] + p.ChallengeBond.Value <= p.GriefBudget.Value);
        open |= starts;
        var rest = Vec.Select(starts, c.GriefTime, time[i] - Vec.Where(open, running));
        var ends = open & !starts & (rest <= Vec.Zero);
        entered[i] += Vec.Where(starts, p.ChallengeBond.Value);
        left[i] += Vec.Where(ends, p.ChallengeBond.Value);
        burn[i] += Vec.Where(ends, p.ChallengeBond.Value);
        griefed[i] = (open & !ends).AsOne();
        time[i] = Vec.Where(open & !ends, rest);
    }
}
