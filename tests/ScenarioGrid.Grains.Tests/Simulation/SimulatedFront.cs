namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>A client's way to whichever silo answers.</summary>
public sealed class SimulatedFront(Simulation simulation, Node client) : ICampaignFront
{
    private World World => simulation.World;

    public Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller) =>
        Ask(f => f.Submit(submission, caller));

    public Task<CampaignStatus[]> List(Caller caller) => Ask(f => f.List(caller));

    public Task<CampaignStatus> Status(string campaign, Caller caller) => Ask(f => f.Status(campaign, caller));

    public Task<CampaignSubmission> Submission(string campaign, Caller caller) =>
        Ask(f => f.Submission(campaign, caller));

    public Task<ShardPage> Results(string campaign, int shard, long from, Caller caller) =>
        Ask(f => f.Results(campaign, shard, from, caller));

    public Task<LogPage> Log(string campaign, long from, Caller caller) => Ask(f => f.Log(campaign, from, caller));

    public Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller) =>
        Ask(f => f.Cancel(campaign, reason, caller));

    public Task<CampaignStatus> Retry(string campaign, Caller caller) => Ask(f => f.Retry(campaign, caller));

    public Task Remove(string campaign, Caller caller) => Ask(async f =>
    {
        await f.Remove(campaign, caller);
        return true;
    });

    public Task<ClusterStatus> Cluster(Caller caller) => Ask(f => f.Cluster(caller));

    private async Task<T> Ask<T>(Func<ICampaignFront, Task<T>> ask)
    {
        while (true)
        {
            try
            {
                if (simulation.Up is { Count: > 0 } up)
                {
                    return await Once(up[World.Random.Next(up.Count)], ask);
                }
            }
            catch (Exception e) when (e is TimeoutException or GridException { Code: "STORE_DOWN" })
            {
                World.Say(client, e.Message);
            }

            await client.Spend(World.Between(0.1, 1));
        }
    }

    private Task<T> Once<T>(SimulatedSilo silo, Func<ICampaignFront, Task<T>> ask)
    {
        var answer = new TaskCompletionSource<T>();
        World.Schedule(silo.Node, World.Between(0.0005, 0.005), () => Forward());
        World.Schedule(client, TimeSpan.FromSeconds(10), () => answer.TrySetException(
            new TimeoutException($"{silo.Node.Name} does not answer")));
        return answer.Task;

        async void Forward()
        {
            try
            {
                var result = await ask(silo.Front);
                World.Schedule(client, World.Between(0.0005, 0.005), () => answer.TrySetResult(result));
            }
            catch (Exception e)
            {
                World.Schedule(client, World.Between(0.0005, 0.005), () => answer.TrySetException(e));
            }
        }
    }
}
