using System.Globalization;
using ScenarioGrid.Bench;
using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains.Tests.Simulation;

/// <summary>A console: submits, looks, reads, cancels, retries, removes, and asks again when it gets no
/// answer.</summary>
public sealed class SimulatedClient
{
    private readonly Simulation _simulation;
    private readonly World _world;
    private readonly SimulatedFront _front;
    private readonly Caller _caller;
    private readonly int _number;
    private int _texts;

    public SimulatedClient(Simulation simulation, int number)
    {
        (_simulation, _world, _number) = (simulation, simulation.World, number);
        Node = new Node(_world, $"client{number}");
        _front = new SimulatedFront(simulation, Node);
        _caller = new Caller($"user{number}", Role.Submitter);
    }

    public Node Node { get; }

    private (int Lives, int Tails) Losses => (_simulation.Store.Lives, _simulation.Store.TailsLost);

    public async Task Run()
    {
        await Wait(0, 15);
        var id = _world.Chance(0.5) ? $"job{_number}" : null;
        var status = await UntilEnded(NewSubmission(id), mayCancel: _simulation.Options.IsBusy && _world.Chance(0.4));
        if (status is { State: CampaignState.Completed, Failed: > 0 } && _simulation.Options.IsBusy)
        {
            await Tolerate("NOT_ENDED", () => _front.Retry(status.Campaign, _caller));
            status = await UntilEnded(null, mayCancel: _world.Chance(0.3), status.Campaign);
        }

        if (_simulation.Options.IsBusy && status is not null && _world.Chance(0.7))
        {
            // The same id with another text: nothing of the first may be found in the second.
            await Tolerate("NOT_ENDED", async () =>
            {
                await _front.Remove(status.Campaign, _caller);
                _world.Say(Node, $"removed {status.Campaign}");
                return 0;
            });
            await UntilEnded(NewSubmission(id), mayCancel: false);
        }
    }

    /// <summary>Submits, unless it is done, and looks until the campaign has ended; checks what came of it.</summary>
    private async Task<CampaignStatus?> UntilEnded(CampaignSubmission? submission, bool mayCancel, string? known = null)
    {
        for (var campaign = known; ;)
        {
            var before = Losses;
            try
            {
                campaign ??= (await _front.Submit(submission!, _caller)).Campaign;
                if (mayCancel)
                {
                    mayCancel = false;
                    await Wait(0, 30);
                    await _front.Cancel(campaign, "enough", _caller);
                }

                while (await _front.Status(campaign, _caller) is var status)
                {
                    _world.Say(Node, $"{campaign}: {status.State} {status.Done}/{status.Cells}");
                    if (status.HasEnded)
                    {
                        await Check(status, before);
                        return status;
                    }

                    await Wait(0.5, 3);
                }
            }
            catch (GridException e) when (e.Code is "STORE_LOST" or "UNKNOWN_CAMPAIGN" or "CONFLICT" or "BUSY")
            {
                _world.Say(Node, $"{e.Code}: {e.Message}");
                if (campaign is not null && (e.Code == "STORE_LOST" ? Losses.Lives == 0
                    : e.Code == "UNKNOWN_CAMPAIGN" && before == Losses))
                {
                    _world.Break($"{campaign} was accepted and is lost: {e.Message}");
                }

                if (submission is null || e.Code == "CONFLICT")
                {
                    // A removal, or the store's last writes, were lost: the old campaign stands under the id.
                    return null;
                }

                campaign = null;
                await Wait(1, 5);
            }
        }
    }

    private async Task Check(CampaignStatus status, (int, int) before)
    {
        if (status.State != CampaignState.Completed)
        {
            return;
        }

        if (status.Done != status.Cells)
        {
            _world.Break($"{status.Campaign} is completed with {status.Done} of {status.Cells} cells");
        }

        var results = new SortedDictionary<long, CellResult>();
        var reader = new ResultReader(_front, status.Campaign, _caller);
        await foreach (var page in reader.Read(status.Cells, isEnd: true, CancellationToken.None))
        {
            foreach (var result in page)
            {
                results[result.Cell] = result;
            }
        }

        if (before == Losses && CellResult.Hash(results.Values) != status.ResultHash)
        {
            _world.Break($"{status.Campaign}: {results.Count} results read do not have the hash of the campaign");
        }
    }

    private async Task Tolerate<T>(string code, Func<Task<T>> ask)
    {
        var before = Losses;
        try
        {
            await ask();
        }
        catch (GridException e) when (e.Code == code || (e.Code is "UNKNOWN_CAMPAIGN" or "STORE_LOST"))
        {
            _world.Say(Node, $"{e.Code}: {e.Message}");
        }
    }

    private CampaignSubmission NewSubmission(string? id)
    {
        var cells = _world.Random.Next(1, _simulation.Options.CellsMost + 1);
        var seed = _simulation.World.Seed * 100L + _number * 10 + ++_texts;
        var paths = new[] { 16, 2000, 100_000 }[_world.Random.Next(3)];
        return new CampaignSubmission(
            ReferenceCampaign.Text(paths, skipIdle: false)
                .Replace("20240607", seed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            + string.Create(CultureInfo.InvariantCulture,
                $"\nsweep:\n  vaults.copy: {{from: 1, to: {cells + 1}, steps: {cells + 1}}}\n"),
            64, Priority: (Priority)_world.Random.Next(3), Id: id);
    }

    private Task Wait(double least, double most) => Node.Spend(_world.Between(least, most));
}
