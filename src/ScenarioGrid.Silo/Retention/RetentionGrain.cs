using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>
/// Forgets campaigns that ended long ago, so that Redis does not fill. One grain, key 0, woken by a reminder once an
/// hour.
/// </summary>
/// <remarks>Nothing waits for it: a reminder that is late or lost only keeps results for longer.</remarks>
[Alias("ScenarioGrid.IRetentionGrain")]
public interface IRetentionGrain : IGrainWithIntegerKey, IRemindable
{
    /// <summary>Sets the time that results are kept, and begins to look once an hour.</summary>
    [Alias("Keep")]
    Task Keep(TimeSpan time);

    /// <summary>Forgets what ended longer ago than results are kept.</summary>
    /// <returns>Campaigns forgotten since the cluster began.</returns>
    [Alias("Sweep")]
    Task<long> Sweep();
}

/// <summary>What the retention keeps of itself.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.RetentionState")]
public sealed class RetentionState
{
    /// <summary>Time that results are kept.</summary>
    [Id(0)]
    public TimeSpan Time { get; set; }

    /// <summary>Campaigns forgotten so far.</summary>
    [Id(1)]
    public long Forgotten { get; set; }
}

/// <inheritdoc cref="IRetentionGrain"/>
public sealed class RetentionGrain(
    [PersistentState("retention")] IPersistentState<RetentionState> state, CampaignLedger campaigns, ILedgerStore store,
    ILogger<RetentionGrain> log) : Grain, IRetentionGrain
{
    private const string Reminder = "sweep";

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task Keep(TimeSpan time)
    {
        if (state.State.Time != time)
        {
            state.State.Time = time;
            await state.WriteStateAsync();
        }

        await this.RegisterOrUpdateReminder(Reminder, Every, Every);
    }

    public async Task<long> Sweep()
    {
        var now = await store.Now();
        var forgotten = 0;
        foreach (var old in (await campaigns.List(isActive: false)).Where(c =>
            c.State is CampaignState.Completed or CampaignState.Cancelled
            && now - c.EndedMs > state.State.Time.TotalMilliseconds))
        {
            await campaigns.Remove(old.Id);
            forgotten++;
            log.LogInformation("campaign {Campaign} ended more than {Days} days ago and is forgotten",
                old.Id, state.State.Time.TotalDays);
        }

        if (forgotten > 0)
        {
            state.State.Forgotten += forgotten;
            await state.WriteStateAsync();
        }

        return state.State.Forgotten;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Sweep();
}
