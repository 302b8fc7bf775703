using System.Runtime.CompilerServices;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Queueing;

namespace ScenarioGrid.Models.Services;

/// <content>As shares of servers with at least k requests.</content>
public sealed partial class ServicePool
{
    private const int StepsMost = 64, ChoicesMost = 8;

    /// <summary>Shares below it are none.</summary>
    private const double ShareLeast = 1e-12;

    /// <summary>Load of a server in the equations of the shares: beyond it all levels fill at once anyway.</summary>
    private const double ShareLoadMost = 2;

    /// <summary>The policy as the equations of the shares see it.</summary>
    private struct Rule
    {
        /// <summary>Servers compared, part of the requests sent without looking, and a factor on F.</summary>
        public Vec Blind, Scale;
        public int Power;
        public Vec Bound;
    }

    private void Relax(in Tick tick, int i, in Clock clock, ref Flow flow)
    {
        Vecs waiting = Waiting.Vecs;
        var racks = Racks(i);
        var servers = racks * _size;
        var up = Vec.Where(ChainIsUp.Vecs[i] > 0.5, 1.0);
        flow.Capacity = servers;
        Span<Vec> due = stackalloc Vec[TriesMost];
        var tries = Offer(i, clock, tick.Seconds, due, ref flow);
        Gate(i, clock, tries, ref flow);
        var critical = p.CriticalShare.Value;
        var admitted = tries * (critical * flow.AdmitUrgent + (1 - critical) * flow.Admit);
        admitted = Vec.Where(servers > Vec.Zero, admitted);
        var dark = admitted * DarkShare(i, tick.Seconds, racks);
        var enters = admitted - dark;
        var load = enters / Vec.Max(servers * clock.Rate * tick.Seconds, 1e-9);
        Hold(i, waiting[i] / Vec.Max(servers, 1e-9));
        var rule = RuleOf(i, clock, load);
        Move(i, clock, tick.Seconds, load, up, rule, ref flow);
        Settle(i, clock, tick.Seconds, servers, enters, ref flow);
        flow.Rejected += tries - admitted;
        flow.Lost += dark;
        TimeShares(i, clock, load, rule, ref flow);
        var late = Late(flow, tries, enters);
        flow.Late += late + dark;
        Fail(i, clock, tries, admitted, late, dark, due, ref flow);
    }

    /// <summary>Fresh tries and those that are due again.</summary>
    private Vec Offer(int i, in Clock clock, double seconds, Span<Vec> due, ref Flow flow)
    {
        flow.Fresh = flow.Rate * seconds;
        Earn(i, flow.Fresh, flow.Rate);
        for (var again = 0; again < TriesMost; again++)
        {
            due[again] = Vec.Zero;
            if (again < p.Retries.Value)
            {
                var pending = Pending.Row(again);
                due[again] = pending[i] * -LaneMath.Expm1(-seconds / PauseOf(again));
                pending[i] -= due[again];
                flow.Again += due[again];
            }
        }

        flow.Tries = flow.Fresh + flow.Again;
        return flow.Tries;
    }

    /// <summary>Share of the tries that goes to servers not yet known to be dead. Those that look at queues keep away
    /// from them, as what hangs there looks like a queue.</summary>
    private Vec DarkShare(int i, double seconds, Vec racks)
    {
        if (p.Policy is Dispatch.PowerOfD or Dispatch.LeastOutstanding or Dispatch.Jsq or Dispatch.Jiq
            or Dispatch.CentralQueue)
        {
            return Vec.Zero;
        }

        Vec dark = 0.0;
        var used = Scaling.Row(0)[i];
        for (var row = 0; row < _rows; row++)
        {
            var isDark = (Down.Row(row)[i] > Vec.Zero) & (Listed.Row(row)[i] > 0.5) & (used > row);
            dark += Vec.Where(isDark, Vec.Min(Alarm.Row(row)[i] * (1 / seconds) + 1e-3, 1.0));
        }

        return dark / Vec.Max(dark + racks, 1.0);
    }

    private Rule RuleOf(int i, in Clock clock, Vec load)
    {
        var servers = Math.Max(_rows * _size, 1);
        var rule = new Rule { Power = 1, Scale = 1.0, Bound = 1e300 };
        switch (p.Policy)
        {
            case Dispatch.PowerOfD or Dispatch.LeastOutstanding:
                rule.Power = (int)Math.Min(
                    Math.Min(p.Policy == Dispatch.PowerOfD ? p.Choices.Value : ChoicesMost, servers), ChoicesMost);
                rule.Blind = -LaneMath.Expm1(-p.ReportDelay.Value * clock.Rate * Vec.Min(load, 1.0));
                break;
            case Dispatch.Jsq or Dispatch.CentralQueue:
                rule.Power = (int)Math.Min(servers, ChoicesMost);
                break;
            case Dispatch.Jiq:
                var all = Vec.Clamp(Shares.Row(0)[i], 0.0, 1.0);
                var square = all * all;
                rule.Scale = square * square * square * all;
                break;
            case Dispatch.RoundRobin or Dispatch.Weighted:
                var stable = Vec.Clamp(load, 1e-3, 0.999);
                rule.Scale = RoundRobin.Root(stable, servers) / stable;
                break;
            case Dispatch.ConsistentHash:
                rule.Scale = 1 + p.KeySkew.Value * p.KeySkew.Value / 3;
                rule.Bound = BoundedLoad.Capacity(Waiting.Vecs[i] / servers + 1.0, 1.0, p.BoundFactor.Value);
                break;
            case Dispatch.GeoNearest:
                rule.Scale = 1 + Math.Abs(p.RegionSkew.Value - 1 / p.Regions.Value) * (1 - 1 / p.Regions.Value);
                break;
            default:
                break;
        }

        // Speeds that differ make the slow servers wait for what the policy cannot see.
        var spread = _rows > 1 && p.Policy is not (Dispatch.Weighted or Dispatch.Jsq) ? p.SpeedSpread.Value : 0;
        rule.Scale *= 1 + spread * spread / 3;
        return rule;
    }

    /// <summary>Chance that a request joins a server with at least so many, from the share of such servers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vec Joins(Vec share, int level, in Rule rule)
    {
        if (level == 0)
        {
            return 1.0;
        }

        var power = share;
        for (var choice = 1; choice < rule.Power; choice++)
        {
            power *= share;
        }

        var joins = Vec.Min((power + rule.Blind * (share - power)) * rule.Scale, 1.0);
        return Vec.Where(rule.Bound > level, joins);
    }

    /// <summary>Runge-Kutta of second order: a trial step to the middle, then the step with the rates there.</summary>
    private void Move(int i, in Clock clock, double seconds, Vec load, Vec up, in Rule rule, ref Flow flow)
    {
        var longest = 2.0 / (2 * rule.Power + 2);
        var services = seconds * clock.Rate;
        var steps = Math.Clamp((int)Math.Ceiling(services / longest), 1, StepsMost);
        var step = Math.Min(services / steps, longest);
        var limited = Vec.Min(load, ShareLoadMost);
        var last = (int)Math.Min(p.QueueLimit.Value, Levels);
        var beyond = Beyond.Vecs;
        Span<Vec> now = stackalloc Vec[Levels + 1], middle = stackalloc Vec[Levels + 1];
        for (var k = 0; k < Levels; k++)
        {
            now[k + 1] = k < last ? Shares.Row(k)[i] : Vec.Zero;
        }

        (now[0], middle[0]) = (1.0, 1.0);
        Vec busy = 0.0, turned = 0.0;
        for (var n = 0; n < steps; n++)
        {
            var stays = beyond[i] / Vec.Max(now[last] + beyond[i], 1e-9);
            Advance(now, now, middle, 0.5 * step, limited, up, rule, last, stays);
            busy += middle[1];
            turned += Joins(middle[last], last, rule);
            Advance(now, middle, now, step, limited, up, rule, last, stays);
            if (p.QueueLimit.Value > Levels)
            {
                var full = now[last];
                var grows = load * Joins(full, last, rule) - up * full * beyond[i] / Vec.Max(full + beyond[i], 1e-9);
                var room = full * (p.QueueLimit.Value - Levels);
                beyond[i] = Vec.Clamp(beyond[i] + grows * (services / steps), 0.0, room);
            }
            else
            {
                beyond[i] = Vec.Zero;
            }
        }

        for (var k = 0; k < Levels; k++)
        {
            var share = Shares.Row(k);
            share[i] = now[k + 1];
        }

        // The steps may be shorter than the tick: then it ends as they end.
        var (part, isShort) = (step / services, p.QueueLimit.Value <= Levels);
        flow.Busy = (busy * part + now[1] * (1 - part * steps)) * up;
        flow.Turned = isShort ? turned * part + Joins(now[last], last, rule) * (1 - part * steps) : Vec.Zero;
    }

    /// <summary>to = from + step rates(at), kept in order: fewer servers have more requests. Levels that nobody has
    /// reached stay as they are.</summary>
    private static void Advance(
        ReadOnlySpan<Vec> from, ReadOnlySpan<Vec> at, Span<Vec> to, double step, Vec load, Vec up, in Rule rule,
        int last, Vec stays)
    {
        Vec above = 1.0, here = at[1], joinsAbove = 1.0;
        for (var k = 1; k <= last; k++)
        {
            var next = k < last ? at[k + 1] : here * stays;
            var joins = Joins(here, k, rule);
            var rate = load * (joinsAbove - joins) - up * (here - next);
            var moved = Vec.Clamp(from[k] + step * rate, 0.0, above);
            moved = Vec.Where(moved > ShareLeast, moved);
            if ((moved + here + to[k] > Vec.Zero).None)
            {
                return;
            }

            to[k] = moved;
            (above, here, joinsAbove) = (moved, next, joins);
        }
    }
}
