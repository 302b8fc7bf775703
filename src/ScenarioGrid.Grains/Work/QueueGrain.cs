using Orleans.Concurrency;

namespace ScenarioGrid.Grains;

/// <inheritdoc cref="IQueueGrain"/>
[Reentrant]
public sealed class QueueGrain(IGrainFactory grains, WorkSignal signal) : Grain, IQueueGrain
{
    private readonly List<string> _campaigns = [];
    private int _turn;

    public Task Add(string campaign)
    {
        if (!_campaigns.Contains(campaign))
        {
            _campaigns.Add(campaign);
            signal.Set();
        }

        return Task.CompletedTask;
    }

    public Task Remove(string campaign)
    {
        _campaigns.Remove(campaign);
        return Task.CompletedTask;
    }

    public async Task<Lease?> Lease(string worker, int workers)
    {
        string[] order = [.. _campaigns];
        for (var i = 0; i < order.Length; i++)
        {
            // Each question starts with the next campaign, so that campaigns share the workers.
            var campaign = order[(_turn + i) % order.Length];
            if (await grains.GetGrain<ICampaignGrain>(campaign).Lease(worker, workers) is { } lease)
            {
                _turn = (_turn + i + 1) % order.Length;
                return lease;
            }
        }

        return null;
    }
}
