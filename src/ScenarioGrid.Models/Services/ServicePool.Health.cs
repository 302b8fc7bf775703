using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Services;

/// <content>Servers that fail, are found out, come back, and change in number.</content>
public sealed partial class ServicePool
{
    private const int FirstServerDraw = 100, FirstFailoverDraw = 300;
    private const double Failed = 1, Cleaning = 2, Struck = 3, Replaced = 4;

    /// <summary>Fails and repairs servers, and lets the health checks notice.</summary>
    private void Check(in Tick tick, int i, in Clock clock, ref Flow flow)
    {
        var rates = new Chances(p, tick.Seconds);
        var struckShare = ServersDown.Vecs[i];
        Vecs tainted = Tainted.Vecs, failovers = FailoversFailed.Vecs;
        tainted[i] = failovers[i] = Vec.Zero;
        var used = Scaling.Row(0)[i];
        Vec failures = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            Vecs down = Down.Row(row), bad = Bad.Row(row), listed = Listed.Row(row);
            var words = tick.Words(FirstServerDraw + row, i);
            var state = down[i];
            var isUp = Vec.Equal(state, 0.0);
            var struck = struckShare * used > row + 0.5;
            var fails = isUp & !struck & (words.Uniform0 < rates.Fail);
            var repair = Vec.Select(Vec.Equal(state, Cleaning), rates.Clean,
                Vec.Select(Vec.Equal(state, Replaced), rates.TakeOver, rates.Repair));
            var repaired = !isUp & !struck & (Vec.Equal(state, Struck) | (words.Uniform0 < repair));
            var falls = bad[i] < 0.5;
            var turns = isUp & (words.Uniform1 < Vec.Select(falls, rates.Fall, rates.Find));
            var found = turns & !falls;
            bad[i] = Vec.Select(turns, 1.0 - bad[i], bad[i]);
            var goes = fails | found | (isUp & struck);
            var next = Vec.Select(struck, Struck, Vec.Select(found, Cleaning, Failed));
            down[i] = Vec.Select(goes | struck, next, Vec.Where(!repaired, state));
            listed[i] = Vec.Where(!found, Vec.Select(repaired & Vec.Equal(state, Replaced), 1.0, listed[i]));
            failures += goes.AsOne();
            if ((goes | repaired).Any)
            {
                Empty(i, row, goes, repaired, clock, ref flow);
            }

            Notice(tick, i, row, clock, rates);
        }

        LoseShare(i, failures, clock, ref flow);
    }

    /// <summary>What is in flight at a server that goes is lost; one that comes back starts empty.</summary>
    private void Empty(int i, int row, Mask goes, Mask repaired, in Clock clock, ref Flow flow)
    {
        Vecs jobs = Jobs.Row(row), urgent = Urgent.Row(row), phases = Phases.Row(row);
        if (clock.IsExact)
        {
            var lost = Vec.Where(goes, jobs[i]);
            flow.Lost += lost;
            flow.Failed += lost;
            if (p.RetriesInFlight)
            {
                TryAgain(i, 0, lost, whole: true);
            }
        }

        jobs[i] = Vec.Where(!repaired, jobs[i]);
        urgent[i] = Vec.Where(!(goes | repaired), urgent[i]);
        phases[i] = Vec.Where(!(goes | repaired), phases[i]);
    }

    /// <summary>As shares: the failing racks take their part of all that waits with them.</summary>
    private void LoseShare(int i, Vec failures, in Clock clock, ref Flow flow)
    {
        if (clock.IsExact || (failures > Vec.Zero).None)
        {
            return;
        }

        var waiting = Waiting.Vecs;
        var before = Vec.Max(Racks(i) + failures, 1.0);
        var lost = waiting[i] * Vec.Min(failures / before, 1.0);
        waiting[i] -= lost;
        flow.Lost += lost;
        if (p.RetriesInFlight)
        {
            TryAgain(i, 0, lost, whole: false);
        }
    }

    /// <summary>Runs the alarm while the list of the balancer and the state of the server differ.</summary>
    private void Notice(in Tick tick, int i, int row, in Clock clock, in Chances rates)
    {
        Vecs down = Down.Row(row), listed = Listed.Row(row), alarm = Alarm.Row(row), jobs = Jobs.Row(row);
        var isDown = down[i] > Vec.Zero;
        var differs = (isDown & (listed[i] > 0.5)) | (!isDown & (listed[i] < 0.5));
        if (!differs.Any && !(alarm[i] > Vec.Zero).Any)
        {
            return;
        }

        // Checks of the servers are spread over the interval; the first one after the change starts the count.
        var phase = (tick.Start / p.HealthInterval.Value + (double)row / _rows) % 1;
        var needed = p.HealthInterval.Value * (1 - phase) + clock.Detection;
        var before = Vec.Select(alarm[i] > Vec.Zero, alarm[i], needed);
        var rest = Vec.Where(differs, before - tick.Seconds);
        var flips = differs & (rest <= Vec.Zero);
        alarm[i] = Vec.Max(rest, 0.0);
        listed[i] = Vec.Select(flips, 1.0 - listed[i], listed[i]);
        jobs[i] = Vec.Where(!(flips & isDown), jobs[i]);
        if (p.Standby && flips.Any)
        {
            Replace(tick, i, row, flips & Vec.Equal(down[i], Failed), rates);
        }
    }

    /// <summary>The copy takes over, or fails to.</summary>
    private void Replace(in Tick tick, int i, int row, Mask found, in Chances rates)
    {
        Vecs down = Down.Row(row), failed = FailoversFailed.Vecs;
        var works = tick.Uniform(FirstFailoverDraw + row, i) < rates.Success;
        down[i] = Vec.Select(found & works, Replaced, down[i]);
        failed[i] += (found & !works).AsOne();
    }

    /// <summary>Racks that are listed, in use and up.</summary>
    private Vec Racks(int i)
    {
        Vec up = 0.0;
        var used = Scaling.Row(0)[i];
        for (var row = 0; row < _rows; row++)
        {
            up += ((Down.Row(row)[i] <= Vec.Zero) & (Listed.Row(row)[i] > 0.5) & (used > row)).AsOne();
        }

        return up;
    }

    /// <summary>Orders and cuts servers by their utilisation.</summary>
    private void Scale(in Tick tick, int i)
    {
        if (!p.Autoscale)
        {
            return;
        }

        Vecs used = Scaling.Row(0), ordered = Scaling.Row(1), wait = Scaling.Row(2), cooldown = Scaling.Row(3);
        var busy = Busy.Vecs;
        busy[i] += (Utilisation.Vecs[i] - busy[i]) * -LaneMath.Expm1(-tick.Seconds / 60);
        var wanted = -Vec.Floor(-(used[i] * busy[i] / p.TargetUtilisation.Value) + 1e-9);
        wanted = Vec.Clamp(wanted, Math.Ceiling(p.ServersLeast.Value / _size),
            Math.Max(Math.Floor(p.ServersMost.Value / _size), 1));
        var arrives = (ordered[i] > Vec.Zero) & (wait[i] <= tick.Seconds);
        used[i] += Vec.Where(arrives, ordered[i]);
        ordered[i] = Vec.Where(!arrives, ordered[i]);
        wait[i] = Vec.Max(wait[i] - tick.Seconds, 0.0);
        var orders = (wanted > used[i]) & (ordered[i] <= Vec.Zero);
        ordered[i] = Vec.Select(orders, wanted - used[i], ordered[i]);
        wait[i] = Vec.Select(orders, p.ScaleOutDelay.Value, wait[i]);
        cooldown[i] = Vec.Max(cooldown[i] - tick.Seconds, 0.0);
        var cuts = (wanted < used[i]) & (cooldown[i] <= Vec.Zero) & (ordered[i] <= Vec.Zero);
        used[i] = Vec.Select(cuts, wanted, used[i]);
        cooldown[i] = Vec.Select(cuts, p.ScaleInCooldown.Value, cooldown[i]);
    }

    /// <summary>Chances of the events of one server in a tick.</summary>
    private readonly struct Chances(Parameters p, double seconds)
    {
        public double Fail { get; } = -LaneMath.Expm1(-seconds / p.Mtbf.Value);

        public double Repair { get; } = -LaneMath.Expm1(-seconds / p.Mttr.Value);

        public double Clean { get; } = -LaneMath.Expm1(-seconds / p.CleanTime.Value);

        public double TakeOver { get; } = -LaneMath.Expm1(-seconds / p.FailoverTime.Value);

        public double Fall { get; } = -LaneMath.Expm1(-p.CompromiseRate.Value * seconds / Tick.YearSeconds);

        public double Find { get; } = -LaneMath.Expm1(-seconds / p.CompromiseDetection.Value);

        public double Success { get; } = p.FailoverSuccess.Value;
    }
}
