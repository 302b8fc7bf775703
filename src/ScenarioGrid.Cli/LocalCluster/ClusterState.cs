using System.Text.Json;
using System.Text.Json.Serialization;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli;

/// <summary>What <c>cluster up</c> started: written before anything else uses it, so that no process is forgotten.
/// </summary>
public sealed record ClusterState
{
    /// <summary>Layout of state files.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Folder of a laptop cluster unless another is named.</summary>
    public const string DefaultFolder = ".scenariogrid";

    private const string FileName = "cluster.json";

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Cluster id: none other on this machine has it.</summary>
    public required string ClusterId { get; init; }

    public required LocalStore Store { get; init; }

    public IReadOnlyList<LocalSilo> Silos { get; init; } = [];

    /// <summary>Where the console reaches the silos that live, or null when none does.</summary>
    [JsonIgnore]
    public HttpAddress? Address
    {
        get
        {
            var fronts = Silos.Where(s => s.Process.IsAlive).Select(s => s.Http).ToList();
            return fronts.Count == 0 ? null : new HttpAddress(fronts);
        }
    }

    /// <summary>The state in a folder, or null when there is none.</summary>
    /// <exception cref="CommandException">The file is damaged or of a newer version.</exception>
    public static ClusterState? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(path), StateJson.Default.ClusterState)!;
            return state.Schema <= CurrentSchema
                ? state
                : throw new CommandException(Exit.Usage,
                    $"{path} was written by a newer version; use that one to end its cluster");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new CommandException(Exit.Usage,
                $"{path} is damaged; end its processes by hand (ps -C dotnet, redis-server), then delete it");
        }
    }

    /// <summary>Writes the state whole.</summary>
    public void Save(string folder) => AtomicFile.Write(Path.Combine(folder, FileName),
        s => s.Write(JsonSerializer.SerializeToUtf8Bytes(this, StateJson.Default.ClusterState)));

    /// <summary>Forgets the cluster of a folder; its data stay.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, FileName));
}

/// <summary>The store of a laptop cluster.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Port">Its port on loopback.</param>
/// <param name="Program">redis-server, or the store program of ScenarioGrid.</param>
public sealed record LocalStore(ProcessStamp Process, int Port, string Program);

/// <summary>A silo of a laptop cluster.</summary>
/// <param name="Number">From 1 on.</param>
/// <param name="Process">Its process.</param>
/// <param name="SiloPort">Port for other silos.</param>
/// <param name="GatewayPort">Port for clients by Orleans' protocol.</param>
/// <param name="Http">Where its HTTP front listens.</param>
/// <param name="Log">File with what it said.</param>
public sealed record LocalSilo(int Number, ProcessStamp Process, int SiloPort, int GatewayPort, Uri Http, string Log);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterState))]
internal sealed partial class StateJson : JsonSerializerContext;
