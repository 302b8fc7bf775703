using System.Globalization;

namespace ScenarioGrid.Grains;

/// <summary>Where the ledger keeps what in its store.</summary>
public static class LedgerKeys
{
    /// <summary>Set of all campaigns.</summary>
    public const string Campaigns = "campaigns";

    /// <summary>Set of campaigns with work.</summary>
    public const string Active = "active";

    /// <summary>Record whose version is the last number given to a campaign name.</summary>
    public static string Number(string name) => $"number/{name}";

    /// <summary>Id of what was accepted, by the hash of its content.</summary>
    public static string Accepted(string content) => $"accepted/{content}";

    public static string Campaign(string id) => $"c/{id}";

    /// <summary>What tells a campaign from another of the same id; goes first when a campaign is removed.</summary>
    public static string Life(string id) => $"c/{id}/life";

    /// <summary>What was submitted.</summary>
    public static string Submission(string id) => $"c/{id}/submission";

    public static string Counters(string id) => $"c/{id}/counters";

    /// <summary>Next shard that nobody has had.</summary>
    public static string Cursor(string id) => $"c/{id}/cursor";

    /// <summary>Set of shards that were begun and are not complete.</summary>
    public static string Open(string id) => $"c/{id}/open";

    public static string Log(string id) => $"c/{id}/log";

    /// <summary>Results that differ from stored ones.</summary>
    public static string Conflicts(string id) => $"c/{id}/conflicts";

    public static string Shard(string id, int shard) => $"c/{id}/s/" + shard.ToString(CultureInfo.InvariantCulture);

    public static string Results(string id, int shard) => $"c/{id}/r/" + shard.ToString(CultureInfo.InvariantCulture);
}
