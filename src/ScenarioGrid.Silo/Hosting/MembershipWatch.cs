using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>Watches the silo's own row in the membership table.</summary>
/// <remarks>
/// Orleans leaves ghosts: a silo whose row was deleted runs on for ever, without it nobody counts it and it never says
/// so. Here such a silo takes no work after 20 s and ends after 60 s, so that whatever keeps it alive starts a new one.
/// </remarks>
public sealed class MembershipWatch(
    IMembershipTable table, ILocalSiloDetails silo, SiloFence fence, SiloEnd end, TimeProvider time,
    ILogger<MembershipWatch> log) : BackgroundService
{
    /// <summary>How long the row may be missing or unreadable before the silo takes no more work.</summary>
    public static readonly TimeSpan FenceAfter = TimeSpan.FromSeconds(20);

    /// <summary>How long it may be missing or unreadable before the silo ends.</summary>
    public static readonly TimeSpan EndAfter = TimeSpan.FromSeconds(60);

    private const string Reason = "its membership row is missing or cannot be read";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private long _seen;
    private bool _isMissing;

    /// <summary>Looks at the row once, and draws the consequences.</summary>
    public async Task Look()
    {
        var problem = await Problem();
        if (problem is null)
        {
            Seen();
            return;
        }

        var silent = time.GetElapsedTime(_seen);
        if (!_isMissing)
        {
            _isMissing = true;
            log.LogWarning("membership: {Problem}; without it this silo takes no work after {Fence:0} s and ends "
                + "after {End:0} s", problem, FenceAfter.TotalSeconds, EndAfter.TotalSeconds);
        }

        if (silent >= EndAfter)
        {
            end.Because(SiloExit.LostMembership, $"{Reason} for {silent.TotalSeconds:0} s: {problem}");
        }
        else if (silent >= FenceAfter && !fence.Has(Reason))
        {
            log.LogWarning("membership: {Problem}, for {Seconds:0} s; no more work", problem, silent.TotalSeconds);
            fence.Fence(Reason);
        }
    }

    /// <summary>Begins to count.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _seen = time.GetTimestamp();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Look();
        }
    }

    private void Seen()
    {
        if (_isMissing)
        {
            log.LogInformation("membership: the row is there again");
        }

        (_isMissing, _seen) = (false, time.GetTimestamp());
        fence.Release(Reason);
    }

    private async Task<string?> Problem()
    {
        try
        {
            var rows = await table.ReadRowAsync(silo.SiloAddress).WaitAsync(Every, time);
            var row = rows.Members.Select(m => m.Item1).FirstOrDefault(m => m.SiloAddress.Equals(silo.SiloAddress));
            return row is null ? "this silo has no row"
                : row.Status == Orleans.Runtime.SiloStatus.Dead ? "the others have declared this silo dead"
                : null;
        }
        catch (Exception e)
        {
            // Whatever the table throws, the row was not seen.
            return $"the row cannot be read ({e.GetType().Name}: {e.Message})";
        }
    }
}
