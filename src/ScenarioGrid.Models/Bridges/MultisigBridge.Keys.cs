using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Bridges;

/// <content>Keys lost and renewed, signers on and off line.</content>
public sealed partial class MultisigBridge
{
    private const int FirstKeyDraw = 100;
    private const int FirstSignerDraw = 2000;

    /// <summary>Events of one path in one tick; beyond it the rest of the tick passes without one.</summary>
    private const int EventsMost = 1000;

    private void Begin(in Tick tick, int i)
    {
        Vecs locked = Locked.Vecs, minted = Minted.Vecs, price = PriceLast.Vecs, tokens = Tokens.Vecs;
        Vecs online = SignersOnline.Vecs, keys = KeyClock.Vecs, signers = SignerClock.Vecs;
        locked[i] = p.Tvl.Value;
        minted[i] = p.Tvl.Value;
        price[i] = Price.Vecs[i];
        tokens[i] = p.BucketCapacity.Value;
        online[i] = LaneMath.Binomial(p.Signers.Value, p.Availability.Value, tick.PathUniform(0, i));
        keys[i] = -LaneMath.Log(tick.PathUniform(1, i));
        signers[i] = -LaneMath.Log(tick.PathUniform(2, i));
        CountOrganisations(i);
        TimeSignatures(i);
    }

    /// <summary>Breaches and renewals in continuous time: the clock runs down by hazard, so idle ticks need no random
    /// number.</summary>
    private void Compromise(in Tick tick, int i)
    {
        Vecs clock = KeyClock.Vecs, sound = Sound.Vecs, breached = Breached.Vecs;
        var breach = p.KeyCompromise.Value + Vec.Max(CompromiseRate.Vecs[i], 0.0);
        Vec left = tick.Years;
        for (var draw = 0; draw < EventsMost; draw++)
        {
            Vec attacks = sound[i] * breach, renewals = breached[i] * p.KeyRotation.Value;
            var hazard = attacks + renewals + p.CommonCause.Value;
            var spent = hazard * left;
            var fires = spent > clock[i];
            if (!fires.Any)
            {
                clock[i] -= spent;
                return;
            }

            left = Vec.Where(fires, left - clock[i] / Vec.Max(hazard, 1e-300));
            var words = tick.Words(FirstKeyDraw + 2 * draw, i);
            var at = words.Uniform0 * hazard;
            KeyEvent(i, fires & (at < attacks), fires & (at >= attacks) & (at < attacks + renewals),
                fires & (at >= attacks + renewals), at / Vec.Max(breach, 1e-300),
                (at - attacks) / Math.Max(p.KeyRotation.Value, 1e-300), tick.Uniform(FirstKeyDraw + 2 * draw + 1, i));
            clock[i] = Vec.Select(fires, -LaneMath.Log(words.Uniform1), clock[i] - spent);
        }
    }

    /// <summary>One event: the organisation that is breached or renewed is the one whose turn the uniform points
    /// at.</summary>
    private void KeyEvent(int i, Mask breach, Mask renewal, Mask common, Vec soundTurn, Vec breachedTurn, Vec spread)
    {
        Vec sound = 0.0, breached = 0.0;
        for (var organisation = 0; organisation < Keys.Rows; organisation++)
        {
            var lost = Keys.Row(organisation);
            var held = KeysOf(p, organisation);
            var isSound = lost[i] < held;
            var isBreached = lost[i] > Vec.Zero;
            var hit = breach & isSound & (soundTurn >= sound) & (soundTurn < sound + 1.0);
            var renewed = renewal & isBreached & (breachedTurn >= breached) & (breachedTurn < breached + 1.0);
            sound += isSound.AsOne();
            breached += isBreached.AsOne();
            if (hit.Any)
            {
                var others = Vec.Max(held - lost[i] - 1.0, 0.0);
                var more = LaneMath.Binomial(Vec.Where(hit, others), p.Correlation.Value, spread);
                lost[i] = Vec.Select(hit, lost[i] + 1.0 + more, lost[i]);
            }

            lost[i] = Vec.Select(common, held, Vec.Where(!renewed, lost[i]));
        }

        CountOrganisations(i);
    }

    private void CountOrganisations(int i)
    {
        Vecs sound = Sound.Vecs, breached = Breached.Vecs, total = KeysCompromised.Vecs, was = IsCompromised.Vecs;
        Vec sounds = 0.0, breaches = 0.0, keys = 0.0;
        for (var organisation = 0; organisation < Keys.Rows; organisation++)
        {
            var lost = Keys.Row(organisation)[i];
            sounds += (lost < KeysOf(p, organisation)).AsOne();
            breaches += (lost > Vec.Zero).AsOne();
            keys += lost;
        }

        sound[i] = sounds;
        breached[i] = breaches;
        total[i] = keys;
        was[i] = Vec.Select(keys >= p.Threshold.Value, 1.0, was[i]);
    }

    /// <summary>Signers that fail and return, in continuous time.</summary>
    private void Attend(in Tick tick, int i, in Constants c)
    {
        Vecs clock = SignerClock.Vecs, online = SignersOnline.Vecs;
        Vec left = tick.Seconds;
        var before = online[i];
        for (var draw = 0; draw < EventsMost; draw++)
        {
            Vec failures = online[i] * c.FailureRate, returns = (p.Signers.Value - online[i]) * c.ReturnRate;
            var hazard = failures + returns;
            var spent = hazard * left;
            var fires = spent > clock[i];
            if (!fires.Any)
            {
                clock[i] -= spent;
                break;
            }

            left = Vec.Where(fires, left - clock[i] / Vec.Max(hazard, 1e-300));
            var words = tick.Words(FirstSignerDraw + draw, i);
            var fails = words.Uniform0 * hazard < failures;
            online[i] += Vec.Where(fires, Vec.Select(fails, -1.0, 1.0));
            clock[i] = Vec.Select(fires, -LaneMath.Log(words.Uniform1), clock[i] - spent);
        }

        if (!Vec.Equal(before, online[i]).All)
        {
            TimeSignatures(i);
        }
    }

    /// <summary>Mean of the k-th of m exponential times: the sum of 1 / (m - j) for j below k, times the
    /// mean.</summary>
    private void TimeSignatures(int i)
    {
        Vecs signing = Signing.Vecs;
        var online = SignersOnline.Vecs[i];
        var sum = Vec.Zero;
        for (var signed = 0; signed < p.Threshold.Value; signed++)
        {
            sum += 1.0 / Vec.Max(online - signed, 1.0);
        }

        signing[i] = sum * p.SigningTime.Value;
    }
}
