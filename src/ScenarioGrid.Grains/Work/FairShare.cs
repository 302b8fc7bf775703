namespace ScenarioGrid.Grains;

/// <summary>
/// Whose turn it is: campaigns share the workers by priority, whatever the size of their cells (stride scheduling).
/// </summary>
/// <remarks>
/// Every campaign has a pass value that grows with the work it was given, divided by its weight; the lowest is next.
/// Who is
/// new, or had nothing to give for a while, begins where the last one served stood: so it neither waits for the
/// others nor
/// takes all.
/// </remarks>
public sealed class FairShare
{
    private readonly Dictionary<string, double> _passes = new(StringComparer.Ordinal);
    private double _served;

    /// <summary>The campaigns in the order in which they should be asked for work.</summary>
    public IReadOnlyList<CampaignRecord> Order(IReadOnlyCollection<CampaignRecord> campaigns)
    {
        var ids = campaigns.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _passes.Keys.Where(k => !ids.Contains(k)).ToList())
        {
            _passes.Remove(gone);
        }

        foreach (var id in ids)
        {
            _passes.TryAdd(id, _served);
        }

        return [.. campaigns.OrderBy(c => _passes[c.Id]).ThenBy(c => c.SubmittedMs)
            .ThenBy(c => c.Id, StringComparer.Ordinal)];
    }

    /// <summary>A campaign was given work.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="pathTicks">How much.</param>
    public void Charge(CampaignRecord campaign, double pathTicks)
    {
        if (_passes.TryGetValue(campaign.Id, out var pass))
        {
            _served = Math.Max(_served, pass);
            _passes[campaign.Id] = _served + pathTicks / WeightOf(campaign.Priority);
        }
    }

    /// <summary>Share of a priority beside others.</summary>
    public static double WeightOf(Priority priority) => priority switch
    {
        Priority.Low => 1,
        Priority.Normal => 4,
        _ => 16,
    };
}
