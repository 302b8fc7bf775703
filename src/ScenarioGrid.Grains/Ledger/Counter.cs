namespace ScenarioGrid.Grains;

/// <summary>Names of a campaign's counters, added to in the same step as the ledger changes.</summary>
public static class Counter
{
    /// <summary>Cells with a result, quarantined ones among them.</summary>
    public const string Done = "done";

    /// <summary>Cells that are quarantined.</summary>
    public const string Failed = "failed";

    /// <summary>Path-ticks computed for accepted results.</summary>
    public const string PathTicks = "pathTicks";

    /// <summary>Cells computed more than once.</summary>
    public const string Repeated = "repeated";

    /// <summary>Leases given.</summary>
    public const string Leases = "leases";

    /// <summary>Leases given a second time because their holder was late.</summary>
    public const string Hedges = "hedges";

    /// <summary>Leases voided because their holder was lost.</summary>
    public const string Lost = "lost";

    /// <summary>Results refused because their worker's token was stale.</summary>
    public const string StaleCommits = "staleCommits";

    /// <summary>Results that differ from a stored one: must stay 0.</summary>
    public const string Conflicts = "conflicts";

    /// <summary>Results that the audit missed and had computed again.</summary>
    public const string Reopened = "reopened";
}
