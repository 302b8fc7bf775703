using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli;

/// <summary>
/// Asks again while a cluster is not to be reached: every call is idempotent, so the death of a silo or a restart of
/// the store is only a pause.
/// </summary>
/// <param name="front">The way to the cluster.</param>
/// <param name="address">Its address for messages.</param>
/// <param name="patience">How long to ask again.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Receives one line when asking again begins.</param>
/// <param name="stop">Stops.</param>
public sealed class PatientFront(
    ICampaignFront front, string address, TimeSpan patience, TimeProvider time, Action<string> say,
    CancellationToken stop) : ICampaignFront
{
    private static readonly TimeSpan PauseLeast = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMost = TimeSpan.FromSeconds(2);

    /// <summary>Asking again is said only when it lasts: a silo's death is over in a moment.</summary>
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(3);

    public Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller) =>
        Ask(() => front.Submit(submission, caller));

    public Task<CampaignStatus[]> List(Caller caller) => Ask(() => front.List(caller));

    public Task<CampaignStatus> Status(string campaign, Caller caller) => Ask(() => front.Status(campaign, caller));

    public Task<CampaignSubmission> Submission(string campaign, Caller caller) =>
        Ask(() => front.Submission(campaign, caller));

    public Task<ShardPage> Results(string campaign, int shard, long from, Caller caller) =>
        Ask(() => front.Results(campaign, shard, from, caller));

    public Task<LogPage> Log(string campaign, long from, Caller caller) => Ask(() => front.Log(campaign, from, caller));

    public Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller) =>
        Ask(() => front.Cancel(campaign, reason, caller));

    public Task<CampaignStatus> Retry(string campaign, Caller caller) => Ask(() => front.Retry(campaign, caller));

    public Task Remove(string campaign, Caller caller) => Ask(async () =>
    {
        await front.Remove(campaign, caller);
        return true;
    });

    public Task<ClusterStatus> Cluster(Caller caller) => Ask(() => front.Cluster(caller));

    private async Task<T> Ask<T>(Func<Task<T>> ask)
    {
        var began = time.GetTimestamp();
        var isSaid = false;
        for (var pause = PauseLeast; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, PauseMost.Ticks)))
        {
            try
            {
                return await ask().WaitAsync(stop);
            }
            catch (LostConnectionException e)
            {
                var wait = e.Wait is { } told && told > pause ? told : pause;
                var lasted = time.GetElapsedTime(began);
                if (lasted + wait > patience)
                {
                    throw GaveUp(e);
                }

                if (!isSaid && !e.IsBusy && lasted > QuietFor)
                {
                    isSaid = true;
                    say($"no answer from {address} ({e.Message.TrimEnd('.')}); "
                        + $"asking again for {patience.TotalSeconds:0} s");
                }

                await Task.Delay(wait, time, stop);
            }
        }
    }

    private CommandException GaveUp(LostConnectionException e) => e.IsBusy
        ? new CommandException(Exit.Busy, $"BUSY: {e.Message}; try later")
        : new CommandException(Exit.Unreachable,
            FormattableString.Invariant($"no answer from {address} for {patience.TotalSeconds:0} s: {e.Message}"));
}
