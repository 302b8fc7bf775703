using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Reports.Runs;

/// <summary>
/// The folder of a run: results as they come, parts when a shard is whole, and at the end checks and report.
/// </summary>
public sealed partial class RunFolder : IDisposable
{
    private readonly CellGrid _grid;
    private readonly CellTable _table;
    private RunManifest _manifest;
    private FileStream? _hold;

    private RunFolder(string path, Campaign campaign, RunManifest manifest)
    {
        FullPath = path;
        Campaign = campaign;
        _manifest = manifest;
        _grid = new CellGrid(campaign.Sweep, campaign.Seed);
        _table = new CellTable(campaign, _grid);
        _has = new ulong[(_grid.Count + 63) / 64];
        _kept = IsLarge ? null : [];
    }

    public string FullPath { get; private set; }

    public string Id => _manifest.Run;

    public Campaign Campaign { get; }

    public RunManifest Manifest => _manifest;

    public CellGrid Grid => _grid;

    /// <summary>Makes a new folder. It appears whole: no other process finds half of one, and of two that want the same
    /// name one gets it.</summary>
    /// <param name="root">Folder of runs.</param>
    /// <param name="id">Name of the folder, or null for the campaign's name with the next free number.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="blockPaths">Paths of a block.</param>
    /// <param name="nowUtc">Now.</param>
    /// <param name="origin">Where results come from, or null when this machine computes them.</param>
    /// <exception cref="RunFolderException">The folder exists.</exception>
    public static RunFolder Create(
        string root, string? id, Campaign campaign, int blockPaths, DateTime nowUtc, RunOrigin? origin = null)
    {
        Directory.CreateDirectory(root);
        var text = Encoding.UTF8.GetBytes(campaign.Text);
        var draft = Path.Combine(root, $".{Guid.NewGuid():N}.partial");
        var manifest = new RunManifest
        {
            Run = id ?? "",
            Campaign = campaign.Name,
            Engine = origin?.Engine ?? EngineVersion,
            Seed = campaign.Seed,
            Paths = campaign.Paths,
            Cells = new CellGrid(campaign.Sweep, campaign.Seed).Count,
            BlockPaths = blockPaths,
            InputHash = HashOf(text),
            Machine = origin is null ? MachineText : $"cluster {origin.Cluster}",
            Cluster = origin?.Cluster,
            State = "running",
            Attempts = [NewAttempt(nowUtc, 0)],
        };
        Directory.CreateDirectory(draft);
        var folder = new RunFolder(draft, campaign, manifest);
        try
        {
            AtomicFile.Write(Path.Combine(draft, "campaign.yaml"), s => s.Write(text));
            folder.Hold();
            folder.MoveTo(root, id);
            return folder;
        }
        catch
        {
            folder.Dispose();
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }

            throw;
        }
    }

    /// <summary>Opens a folder with everything that is whole in it.</summary>
    /// <exception cref="RunFolderException">It is no run folder, damaged, of a newer schema, or its campaign is no
    /// longer valid.</exception>
    public static async Task<RunFolder> Open(string path, ComponentCatalog catalog)
    {
        var manifest = RunManifest.Read(Path.Combine(path, "manifest.json"));
        var file = Path.Combine(path, "campaign.yaml");
        if (!File.Exists(file))
        {
            throw new RunFolderException($"{path} has no campaign.yaml; start the campaign again into a new folder");
        }

        var bytes = await File.ReadAllBytesAsync(file);
        if (HashOf(bytes) != manifest.InputHash)
        {
            throw new RunFolderException($"{file} was changed after the run began; put it back, or start a new run");
        }

        var problems = new Problems();
        var campaign = CampaignFile.Read(file, bytes, catalog, problems)
            ?? throw new RunFolderException(problems.Sorted()[0].ToString());
        var folder = new RunFolder(path, campaign, manifest);
        await folder.Load();
        return folder;
    }

    /// <summary>Says in the manifest that the run goes on.</summary>
    /// <exception cref="RunFolderException">Another process computes this run right now.</exception>
    public void Resume(DateTime nowUtc)
    {
        Hold();
        WriteWholeShards();
        Save(_manifest with { State = "running", Attempts = [.. _manifest.Attempts, NewAttempt(nowUtc, Count)] });
    }

    /// <summary>Goes on with a run, unless it was made just now.</summary>
    /// <exception cref="RunFolderException">Another process writes this run right now.</exception>
    public void Go(DateTime nowUtc)
    {
        if (!IsHolding)
        {
            Resume(nowUtc);
        }
    }

    /// <summary>Says in the manifest how the attempt ended.</summary>
    /// <param name="state">interrupted, cancelled or completed.</param>
    /// <param name="seconds">How long the attempt ran.</param>
    public void End(string state, double seconds)
    {
        var last = _manifest.Attempts[^1] with
        {
            Seconds = Math.Round(seconds, 3),
            CellsComputed = Count - _manifest.Attempts[^1].CellsKnown,
        };
        Save(_manifest with
        {
            State = state,
            ResultHash = state == "completed" ? ResultHash : null,
            Attempts = [.. _manifest.Attempts.SkipLast(1), last],
        });
        if (state == "completed" && Directory.Exists(Path.Combine(FullPath, "journal")))
        {
            Directory.Delete(Path.Combine(FullPath, "journal"), recursive: true);
        }
    }

    /// <summary>Version of the engine that computes.</summary>
    public static string EngineVersion { get; } = typeof(RunFolder).Assembly.GetName().Version!.ToString(3);

    /// <summary>This machine, as far as it may matter to someone who compares results.</summary>
    public static string MachineText =>
        $"{RuntimeInformation.OSDescription.Split('#')[0].Trim()}, "
        + $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, "
        + $"{RuntimeInformation.FrameworkDescription}";

    /// <summary>SHA-256 of a campaign's text, in lower-case hexadecimal: what manifests call the input hash.</summary>
    public static string HashOf(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    public void Dispose()
    {
        foreach (var (journal, _) in _open.Values)
        {
            journal.Dispose();
        }

        _open.Clear();
        if (_hold is not null)
        {
            File.Delete(HoldPath(FullPath));
            _hold.Dispose();
            _hold = null;
        }
    }

    private static RunAttempt NewAttempt(DateTime nowUtc, long known) =>
        new(nowUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), null, known, 0);

    /// <summary>Gives a draft its name. A folder of that name is never empty, so moving onto it fails.</summary>
    private void MoveTo(string root, string? id)
    {
        for (var number = 1; ; number++)
        {
            var name = id ?? string.Create(CultureInfo.InvariantCulture, $"{Campaign.Name}-{number:00}");
            var path = Path.Combine(root, name);
            if (id is null && Directory.Exists(path))
            {
                continue;
            }

            try
            {
                Save(_manifest with { Run = name });
                Directory.Move(FullPath, path);
                FullPath = path;
                return;
            }
            catch (IOException) when (Directory.Exists(path) || File.Exists(path))
            {
                if (id is not null)
                {
                    throw new RunFolderException(
                        $"{path} exists; resume it with 'scenariogrid resume {id}' or choose another name with --id");
                }
            }
        }
    }

    private void Save(RunManifest manifest)
    {
        _manifest = manifest;
        AtomicFile.Write(Path.Combine(FullPath, "manifest.json"), s => s.Write(manifest.ToBytes()));
    }
}

/// <summary>Where the results of a fetched run come from.</summary>
/// <param name="Cluster">Address of the cluster.</param>
/// <param name="Engine">Version of the engine that computes there.</param>
public sealed record RunOrigin(string Cluster, string Engine);
