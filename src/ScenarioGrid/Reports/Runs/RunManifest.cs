using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScenarioGrid.Reports.Runs;

/// <summary>What a run folder says of itself.</summary>
public sealed record RunManifest
{
    /// <summary>Layout of run folders that this version writes.</summary>
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Run { get; init; }

    public required string Campaign { get; init; }

    public required string Engine { get; init; }

    public required ulong Seed { get; init; }

    public required int Paths { get; init; }

    public required long Cells { get; init; }

    public required int BlockPaths { get; init; }

    /// <summary>SHA-256 of campaign.yaml.</summary>
    public required string InputHash { get; init; }

    public required string Machine { get; init; }

    /// <summary>Address of the cluster that the results come from; null when this machine computes them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cluster { get; init; }

    /// <summary>running, interrupted, cancelled (on a cluster), completed.</summary>
    public required string State { get; init; }

    /// <summary>SHA-256 of the canonical results, when completed.</summary>
    public string? ResultHash { get; init; }

    /// <summary>Every start of the run: none is overwritten.</summary>
    public IReadOnlyList<RunAttempt> Attempts { get; init; } = [];

    /// <summary>The manifest of a folder.</summary>
    /// <exception cref="RunFolderException">It is missing, broken or of a newer schema.</exception>
    public static RunManifest Read(string path)
    {
        try
        {
            using var text = JsonDocument.Parse(File.ReadAllBytes(path));
            var schema = text.RootElement.GetProperty("schema").GetInt32();
            return schema <= CurrentSchema
                ? text.Deserialize(ManifestJson.Default.RunManifest)!
                : throw new RunFolderException(
                    $"{path}: schema {schema} is newer than this version reads ({CurrentSchema}); "
                    + "use a newer scenariogrid");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunFolderException(e is JsonException or KeyNotFoundException or InvalidOperationException
                ? $"{path}: the manifest is cut short or damaged; start the campaign again into a new folder"
                : $"{Path.GetDirectoryName(path)} is no run folder: it has no manifest.json");
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.RunManifest);
}

/// <summary>One start of a run.</summary>
/// <param name="StartedUtc">When, ISO 8601.</param>
/// <param name="Seconds">How long it ran; null while it runs or when it was killed.</param>
/// <param name="CellsKnown">Results that were there before.</param>
/// <param name="CellsComputed">Results it added.</param>
public sealed record RunAttempt(string StartedUtc, double? Seconds, long CellsKnown, long CellsComputed);

/// <summary>A run folder that cannot be used, with one clear line.</summary>
public sealed class RunFolderException(string message) : Exception(message);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
