using System.Text.Json;
using System.Text.Json.Serialization;
using ScenarioGrid.Grains;
using SiloStatus = ScenarioGrid.Grains.SiloStatus;

namespace ScenarioGrid.Silo;

/// <summary>How documents are written.</summary>
public static class ApiDocuments
{
    /// <summary>Rises when a document changes so that its readers must.</summary>
    public const int SchemaVersion = 1;

    /// <summary>camelCase, no nulls, states in lower case.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new(JsonSerializerDefaults.Web));

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        return options;
    }

    internal static DateTimeOffset? Time(long ms) => ms == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ms);
}

/// <summary>A document of the API.</summary>
public abstract record ApiDocument
{
    [JsonPropertyOrder(-1)]
    public int SchemaVersion { get; init; } = ApiDocuments.SchemaVersion;
}

/// <summary>Answer to a submission.</summary>
/// <param name="Campaign">Id of the campaign.</param>
/// <param name="IsNew">False when it was accepted before.</param>
/// <param name="Cells">Its cells.</param>
public sealed record SubmitDocument(string Campaign, bool IsNew, long Cells) : ApiDocument;

/// <summary>How far a campaign is.</summary>
/// <param name="Campaign">Id.</param>
/// <param name="Owner">Who submitted it.</param>
/// <param name="State">running, auditing, completed or cancelled.</param>
/// <param name="Cells">Cells of the sweep.</param>
/// <param name="Done">Cells with a result, failed ones among them.</param>
/// <param name="Failed">Cells that failed.</param>
/// <param name="Counts">Counters by name.</param>
/// <param name="Reason">Why it was cancelled.</param>
/// <param name="ResultHash">SHA-256 of the results, once completed.</param>
/// <param name="Submitted">When it was accepted.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Engine">Version of the engine that computes it.</param>
/// <param name="Priority">low, normal or high.</param>
public sealed record CampaignDocument(
    string Campaign, string Owner, CampaignState State, long Cells, long Done, long Failed,
    Dictionary<string, long> Counts, string? Reason, string? ResultHash, DateTimeOffset Submitted,
    DateTimeOffset? Ended, string Engine, Priority Priority) : ApiDocument
{
    public static CampaignDocument Of(CampaignStatus s) => new(
        s.Campaign, s.Owner, s.State, s.Cells, s.Done, s.Failed, s.Counts, s.Reason, s.ResultHash,
        DateTimeOffset.FromUnixTimeMilliseconds(s.SubmittedMs), ApiDocuments.Time(s.EndedMs), s.Engine, s.Priority);

    /// <summary>The same as the grid's own type.</summary>
    public CampaignStatus ToStatus() => new(
        Campaign, Owner, State, Cells, Done, Failed, Counts, Reason, ResultHash, Submitted.ToUnixTimeMilliseconds(),
        Ended?.ToUnixTimeMilliseconds() ?? 0, Engine, Priority);
}

/// <summary>Campaigns, newest first.</summary>
public sealed record CampaignListDocument(IReadOnlyList<CampaignDocument> Campaigns) : ApiDocument;

/// <summary>Lines of a campaign's log.</summary>
/// <param name="Lines">Lines in order.</param>
/// <param name="Next">Position to ask from next.</param>
public sealed record LogDocument(IReadOnlyList<LogLineDocument> Lines, long Next) : ApiDocument
{
    public static LogDocument Of(LogPage page) => new(
        [.. page.Lines.Select(l => new LogLineDocument(DateTimeOffset.FromUnixTimeMilliseconds(l.Ms), l.Text))],
        page.Next);

    /// <summary>The same as the grid's own type.</summary>
    public LogPage ToPage() => new([.. Lines.Select(l => new LogLine(l.Time.ToUnixTimeMilliseconds(), l.Text))], Next);
}

/// <summary>One event of a campaign.</summary>
public sealed record LogLineDocument(DateTimeOffset Time, string Text);

/// <summary>The cluster at a glance.</summary>
/// <param name="Silos">Silos in order of name.</param>
/// <param name="Running">Campaigns with work.</param>
/// <param name="CellsWaiting">Cells without a result.</param>
/// <param name="Time">The store's clock.</param>
public sealed record ClusterDocument(
    IReadOnlyList<SiloDocument> Silos, int Running, long CellsWaiting, DateTimeOffset Time) : ApiDocument
{
    public static ClusterDocument Of(ClusterStatus s) => new(
        [.. s.Silos.Select(SiloDocument.Of)], s.Running, s.CellsWaiting,
        DateTimeOffset.FromUnixTimeMilliseconds(s.StoreMs));

    /// <summary>The same as the grid's own type.</summary>
    public ClusterStatus ToStatus() =>
        new([.. Silos.Select(s => s.ToStatus())], Running, CellsWaiting, Time.ToUnixTimeMilliseconds());
}

/// <summary>What a silo last said of itself.</summary>
public sealed record SiloDocument(
    string Silo, string Engine, DateTimeOffset Started, long SilentMs, string State, long Cells,
    double PathTicksPerSecond, string[] Slots, string Host)
{
    public static SiloDocument Of(SiloStatus s) => new(
        s.Silo, s.Engine, DateTimeOffset.FromUnixTimeMilliseconds(s.StartedMs), s.SilentMs, s.State, s.Cells,
        s.PathTicksPerSecond, s.Slots, s.Host);

    /// <summary>The same as the grid's own type.</summary>
    public SiloStatus ToStatus() => new(
        Silo, Engine, Started.ToUnixTimeMilliseconds(), SilentMs, State, Cells, PathTicksPerSecond, Slots, Host);
}

/// <summary>Whether a silo is well.</summary>
/// <param name="Status">ok, or what it is not.</param>
/// <param name="Problems">Why not.</param>
public sealed record HealthDocument(string Status, IReadOnlyList<string> Problems);
