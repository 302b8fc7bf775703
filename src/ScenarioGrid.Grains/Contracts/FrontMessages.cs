namespace ScenarioGrid.Grains;

/// <summary>What a caller may do; each role may do what those before it may.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.Role")]
public enum Role
{
    /// <summary>Sees its own campaigns.</summary>
    Viewer,

    /// <summary>Submits, cancels, retries and removes its own campaigns.</summary>
    Submitter,

    /// <summary>Sees and ends every campaign, and sees the cluster.</summary>
    Operator,
}

/// <summary>Who asks.</summary>
/// <param name="Name">Owner of what is submitted: letters, digits, . _ - (at most 64).</param>
/// <param name="Role">What the caller may do.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.Caller")]
[Immutable]
public sealed record Caller([property: Id(0)] string Name, [property: Id(1)] Role Role)
{
    /// <summary>The one user of a grid inside the console's own process.</summary>
    public static Caller Local { get; } = new("local", Role.Operator);
}

/// <summary>Share of the workers that a campaign gets beside others.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.Priority")]
public enum Priority
{
    /// <summary>A quarter of a normal campaign's share.</summary>
    Low,

    Normal,

    /// <summary>Four times a normal campaign's share.</summary>
    High,
}

/// <summary>
/// A campaign as it is handed in: its text says everything, so every silo can make the same plan from it.
/// </summary>
/// <param name="Text">The campaign file with all overrides applied; at most 256 KiB.</param>
/// <param name="BlockPaths">Paths of a block.</param>
/// <param name="Spread">True when each scenario is stepped by parts on several silos.</param>
/// <param name="Priority">Share of the workers.</param>
/// <param name="Id">Id that the campaign shall have, or null for its name and the next number.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.CampaignSubmission")]
[Immutable]
public sealed record CampaignSubmission(
    [property: Id(0)] string Text, [property: Id(1)] int BlockPaths, [property: Id(2)] bool Spread = false,
    [property: Id(3)] Priority Priority = Priority.Normal, [property: Id(4)] string? Id = null);

/// <summary>Answer to a submission.</summary>
/// <param name="Campaign">Id of the campaign.</param>
/// <param name="IsNew">False when the campaign was accepted before.</param>
/// <param name="Cells">Cells of the campaign.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.SubmitAnswer")]
[Immutable]
public sealed record SubmitAnswer(
    [property: Id(0)] string Campaign, [property: Id(1)] bool IsNew, [property: Id(2)] long Cells);

/// <summary>How far a campaign is.</summary>
[GenerateSerializer]
[Alias("ScenarioGrid.CampaignState")]
public enum CampaignState
{
    /// <summary>Cells are being computed, or wait.</summary>
    Running,

    /// <summary>Every cell has a result; the results are being checked against the ledger.</summary>
    Auditing,

    Completed,

    Cancelled,
}

/// <summary>How far a campaign is, in numbers.</summary>
/// <param name="Campaign">Id.</param>
/// <param name="Owner">Who submitted it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Cells">Cells of the sweep.</param>
/// <param name="Done">Cells with a result, failed ones among them.</param>
/// <param name="Failed">Cells that failed: quarantined with their error.</param>
/// <param name="Counts">Counters of <see cref="Counter"/> by name: path-ticks, repeated cells, hedges and so
/// on.</param>
/// <param name="Reason">Why it was cancelled.</param>
/// <param name="ResultHash">SHA-256 of the canonical results in cell order, once completed.</param>
/// <param name="SubmittedMs">When it was accepted, milliseconds since 1970 by the store's clock.</param>
/// <param name="EndedMs">When it ended, or 0.</param>
/// <param name="Engine">Version of the engine that computes it.</param>
/// <param name="Priority">Share of the workers.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.CampaignStatus")]
[Immutable]
public sealed record CampaignStatus(
    [property: Id(0)] string Campaign, [property: Id(1)] string Owner, [property: Id(2)] CampaignState State,
    [property: Id(3)] long Cells, [property: Id(4)] long Done, [property: Id(5)] long Failed,
    [property: Id(6)] Dictionary<string, long> Counts, [property: Id(7)] string? Reason,
    [property: Id(8)] string? ResultHash, [property: Id(9)] long SubmittedMs, [property: Id(10)] long EndedMs,
    [property: Id(11)] string Engine, [property: Id(12)] Priority Priority)
{
    /// <summary>Path-ticks computed for accepted results.</summary>
    public long PathTicks => Counts.GetValueOrDefault(Counter.PathTicks);

    /// <summary>Cells computed more than once, because a worker was late or lost.</summary>
    public long Repeated => Counts.GetValueOrDefault(Counter.Repeated);

    /// <summary>True when nothing more will happen by itself.</summary>
    public bool HasEnded => State is CampaignState.Completed or CampaignState.Cancelled;
}

/// <summary>Results of a shard from one position on, each as a packed batch (<see cref="PackedResults"/>).</summary>
/// <param name="Batches">Packed batches.</param>
/// <param name="Next">Position to ask from next.</param>
/// <param name="IsComplete">True when every cell of the shard has its result in what was read so far.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.ShardPage")]
[Immutable]
public sealed record ShardPage(
    [property: Id(0)] byte[][] Batches, [property: Id(1)] long Next, [property: Id(2)] bool IsComplete);

/// <summary>Lines of a campaign's log from one position on.</summary>
/// <param name="Lines">Time by the store's clock and what happened.</param>
/// <param name="Next">Position to ask from next.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.LogPage")]
[Immutable]
public sealed record LogPage([property: Id(0)] LogLine[] Lines, [property: Id(1)] long Next);

/// <summary>One event.</summary>
/// <param name="Ms">Milliseconds since 1970 by the store's clock.</param>
/// <param name="Text">What happened.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.LogLine")]
[Immutable]
public sealed record LogLine([property: Id(0)] long Ms, [property: Id(1)] string Text);

/// <summary>The cluster at a glance.</summary>
/// <param name="Silos">Silos, in order of name.</param>
/// <param name="Running">Campaigns with work.</param>
/// <param name="CellsWaiting">Cells that have no result yet, over all running campaigns.</param>
/// <param name="StoreMs">The store's clock.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.ClusterStatus")]
[Immutable]
public sealed record ClusterStatus(
    [property: Id(0)] SiloStatus[] Silos, [property: Id(1)] int Running, [property: Id(2)] long CellsWaiting,
    [property: Id(3)] long StoreMs)
{
    /// <summary>
    /// Speed of the busiest working silo over the mean of all working ones: 1 is an even load. The measure that a
    /// sharded chain has of its shards; 1 while nothing is computed.
    /// </summary>
    public double Imbalance
    {
        get
        {
            var speeds = Silos.Where(s => s.State == "working").Select(s => s.PathTicksPerSecond).ToArray();
            return speeds.Length == 0 || speeds.Max() <= 0 ? 1 : speeds.Max() / speeds.Average();
        }
    }
}

/// <summary>What a silo last said of itself.</summary>
/// <param name="Silo">Name: address and incarnation.</param>
/// <param name="Engine">Version of its engine.</param>
/// <param name="StartedMs">When it started, by the store's clock.</param>
/// <param name="SilentMs">How long it has said nothing.</param>
/// <param name="State">working, draining, fenced or silent.</param>
/// <param name="Cells">Cells it has finished since it started.</param>
/// <param name="PathTicksPerSecond">Its speed over the last seconds.</param>
/// <param name="Slots">One line per worker: idle, or campaign and cell.</param>
/// <param name="Host">Name of its machine, process id.</param>
[GenerateSerializer]
[Alias("ScenarioGrid.SiloStatus")]
[Immutable]
public sealed record SiloStatus(
    [property: Id(0)] string Silo, [property: Id(1)] string Engine, [property: Id(2)] long StartedMs,
    [property: Id(3)] long SilentMs, [property: Id(4)] string State, [property: Id(5)] long Cells,
    [property: Id(6)] double PathTicksPerSecond, [property: Id(7)] string[] Slots, [property: Id(8)] string Host);
