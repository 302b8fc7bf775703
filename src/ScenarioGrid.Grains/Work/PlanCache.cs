using System.Collections.Concurrent;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Grains;

/// <summary>The plans of a silo: each campaign's text is fetched and read once per silo.</summary>
public sealed class PlanCache(CampaignLedger ledger, ComponentCatalog catalog)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ScenarioPlan>>> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _spread = new(StringComparer.Ordinal);

    /// <summary>The plan of a campaign.</summary>
    /// <exception cref="GridException">UNKNOWN_CAMPAIGN, or INVALID with the first problem.</exception>
    public async Task<ScenarioPlan> Get(string campaign)
    {
        var plan = _plans.GetOrAdd(campaign, id => new Lazy<Task<ScenarioPlan>>(() => Fetch(id)));
        try
        {
            return await plan.Value;
        }
        catch
        {
            // A campaign that is submitted a moment later must not meet a remembered failure.
            _plans.TryRemove(new(campaign, plan));
            throw;
        }
    }

    /// <summary>Forgets the plan of a campaign that has ended.</summary>
    public void Forget(string campaign)
    {
        _plans.TryRemove(campaign, out _);
        _spread.TryRemove(campaign, out _);
    }

    /// <summary>True when scenarios of the campaign are spread; known once its plan is.</summary>
    public bool IsSpread(string campaign) => _spread.GetValueOrDefault(campaign);

    /// <summary>Makes the plan of a campaign text.</summary>
    /// <exception cref="GridException">INVALID with the first problem.</exception>
    public ScenarioPlan Make(CampaignSubmission submission)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read(submission.Text, catalog, problems);
        return campaign is not null
            ? new ScenarioPlan(campaign, submission.BlockPaths)
            : throw new GridException("INVALID", problems.Sorted()[0].ToString());
    }

    private async Task<ScenarioPlan> Fetch(string campaign)
    {
        var submission = await ledger.Submission(campaign)
            ?? throw new GridException("UNKNOWN_CAMPAIGN", $"there is no campaign '{campaign}'");
        _spread[campaign] = submission.Spread;
        return Make(submission);
    }
}
