using System.Text;
using System.Text.Json;

namespace ScenarioGrid.Grains;

/// <summary>What the ledger keeps of a campaign, beside its text and its shards.</summary>
/// <param name="Id">Id.</param>
/// <param name="Owner">Who submitted it.</param>
/// <param name="Engine">Version of the engine that computes it: others leave it alone.</param>
/// <param name="Cells">Cells of the sweep.</param>
/// <param name="Priority">Share of the workers.</param>
/// <param name="Content">Hash of what was submitted.</param>
/// <param name="SubmittedMs">When it was accepted, by the store's clock.</param>
public sealed record CampaignRecord(
    string Id, string Owner, string Engine, long Cells, Priority Priority, string Content, long SubmittedMs)
{
    public CampaignState State { get; init; }

    /// <summary>Why it was cancelled.</summary>
    public string? Reason { get; init; }

    /// <summary>SHA-256 of the canonical results in cell order, once completed.</summary>
    public string? ResultHash { get; init; }

    /// <summary>When it ended, or 0.</summary>
    public long EndedMs { get; init; }

    /// <summary>Silo that checks the results, while they are being checked.</summary>
    public string? Auditor { get; init; }

    /// <summary>True when its quarantined cells are to be opened again.</summary>
    public bool IsRetrying { get; init; }

    /// <summary>True while it is being removed.</summary>
    public bool IsRemoving { get; init; }

    /// <summary>True when both are of one campaign, and not of two that had the same id one after the other.</summary>
    public bool Is(CampaignRecord other) => Content == other.Content && SubmittedMs == other.SubmittedMs;

    /// <summary>What tells this campaign from another of the same id, before or after it.</summary>
    public byte[] Life() => Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Content} {SubmittedMs}"));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static CampaignRecord Read(byte[] bytes) => JsonSerializer.Deserialize<CampaignRecord>(bytes)!;

    /// <summary>The record with counters, as clients see it.</summary>
    public CampaignStatus Status(Dictionary<string, long> counts) => new(
        Id, Owner, State, Cells, counts.GetValueOrDefault(Counter.Done),
            counts.GetValueOrDefault(Counter.Failed), counts,
        Reason, ResultHash, SubmittedMs, EndedMs, Engine, Priority);
}

/// <summary>How much work the grid takes on.</summary>
/// <param name="CampaignsPerOwner">Running campaigns of one owner.</param>
/// <param name="CellsWaiting">Cells without a result, over all campaigns.</param>
public sealed record AdmissionLimits(int CampaignsPerOwner = 8, long CellsWaiting = 5_000_000);
