using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Reports.Runs;

/// <summary>
/// The folder of a run: results as they come, parts when a shard is whole, and at the end checks and report.
/// </summary>
public sealed partial class RunFolder : IDisposable
{
    /// <summary>Cells of a part.</summary>
    public const int PartCells = 256;

    private readonly CellGrid _grid;
    private readonly CellTable _table;
    private readonly Dictionary<int, (Journal Journal, List<CellResult> Results)> _open = [];
    private readonly List<CellResult> _results = [];
    private readonly long _known;
    private readonly ILookup<int, CellResult> _knownByShard;
    private RunManifest _manifest;
    private FileStream? _hold;

    private RunFolder(string path, Campaign campaign, RunManifest manifest, IReadOnlyList<CellResult> known)
    {
        FullPath = path;
        Campaign = campaign;
        _manifest = manifest;
        _grid = new CellGrid(campaign.Sweep, campaign.Seed);
        _table = new CellTable(campaign, _grid);
        _results.AddRange(known);
        _known = known.Count;
        _knownByShard = known.ToLookup(r => (int)(r.Cell / PartCells));
    }

    public string FullPath { get; }

    public string Id => _manifest.Run;

    public Campaign Campaign { get; }

    public RunManifest Manifest => _manifest;

    public CellGrid Grid => _grid;

    /// <summary>Results so far, in the order they came.</summary>
    public IReadOnlyList<CellResult> Results => _results;

    /// <summary>Makes a new folder.</summary>
    /// <param name="root">Folder of runs.</param>
    /// <param name="id">Name of the folder, or null for the campaign's name with the next free number.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="blockPaths">Paths of a block.</param>
    /// <param name="nowUtc">Now.</param>
    /// <exception cref="RunFolderException">The folder exists.</exception>
    public static RunFolder Create(string root, string? id, Campaign campaign, int blockPaths, DateTime nowUtc)
    {
        id ??= NextId(root, campaign.Name);
        var path = Path.Combine(root, id);
        if (Directory.Exists(path) || File.Exists(path))
        {
            throw new RunFolderException(
                $"{path} exists; resume it with 'scenariogrid resume {id}' or choose another name with --id");
        }

        Directory.CreateDirectory(path);
        var text = Encoding.UTF8.GetBytes(campaign.Text);
        var manifest = new RunManifest
        {
            Run = id,
            Campaign = campaign.Name,
            Engine = EngineVersion,
            Seed = campaign.Seed,
            Paths = campaign.Paths,
            Cells = new CellGrid(campaign.Sweep, campaign.Seed).Count,
            BlockPaths = blockPaths,
            InputHash = Convert.ToHexStringLower(SHA256.HashData(text)),
            Machine = MachineText,
            State = "running",
            Attempts =
            [
                new RunAttempt(nowUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), null, 0, 0),
            ],
        };
        AtomicFile.Write(Path.Combine(path, "campaign.yaml"), s => s.Write(text));
        var folder = new RunFolder(path, campaign, manifest, []);
        folder.Hold();
        folder.Save(manifest);
        return folder;
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
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != manifest.InputHash)
        {
            throw new RunFolderException($"{file} was changed after the run began; put it back, or start a new run");
        }

        var problems = new Problems();
        var campaign = CampaignFile.Read(file, bytes, catalog, problems)
            ?? throw new RunFolderException(problems.Sorted()[0].ToString());
        return new RunFolder(path, campaign, manifest, await ReadResults(path, campaign));
    }

    /// <summary>Says in the manifest that the run goes on.</summary>
    /// <exception cref="RunFolderException">Another process computes this run right now.</exception>
    public void Resume(DateTime nowUtc)
    {
        Hold();
        WriteWholeShards();
        Save(_manifest with
        {
            State = "running",
            Attempts = [.. _manifest.Attempts,
                new RunAttempt(nowUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), null, _known, 0)],
        });
    }

    /// <summary>Keeps results on disk; a part is written when its last cell is there.</summary>
    public void Add(IReadOnlyList<CellResult> results)
    {
        _results.AddRange(results);
        foreach (var shard in results.GroupBy(r => (int)(r.Cell / PartCells)))
        {
            if (!_open.TryGetValue(shard.Key, out var open))
            {
                Directory.CreateDirectory(Path.Combine(FullPath, "journal"));
                open = (new Journal(JournalPath(shard.Key)),
                    [.. _knownByShard[shard.Key]]);
                _open[shard.Key] = open;
            }

            open.Journal.Add(shard);
            open.Results.AddRange(shard);
            if (open.Results.Count == CellsOf(shard.Key))
            {
                WritePart(shard.Key, open.Results);
                open.Journal.Dispose();
                _open.Remove(shard.Key);
                File.Delete(JournalPath(shard.Key));
            }
        }
    }

    /// <summary>Says in the manifest how the attempt ended.</summary>
    /// <param name="state">interrupted or completed.</param>
    /// <param name="seconds">How long the attempt ran.</param>
    public void End(string state, double seconds)
    {
        var last = _manifest.Attempts[^1] with
        {
            Seconds = Math.Round(seconds, 3),
            CellsComputed = _results.Count - _known,
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

    /// <summary>SHA-256 of the canonical results in cell order.</summary>
    public string ResultHash => CellResult.Hash(_results.OrderBy(r => r.Cell));

    /// <summary>Version of the engine that computes.</summary>
    public static string EngineVersion { get; } = typeof(RunFolder).Assembly.GetName().Version!.ToString(3);

    /// <summary>This machine, as far as it may matter to someone who compares results.</summary>
    public static string MachineText =>
        $"{RuntimeInformation.OSDescription.Split('#')[0].Trim()}, "
        + $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, "
        + $"{RuntimeInformation.FrameworkDescription}";

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

    /// <summary>Writes the parts of shards whose last result was kept just before the process died.</summary>
    private void WriteWholeShards()
    {
        foreach (var shard in _results.GroupBy(r => (int)(r.Cell / PartCells)))
        {
            if (shard.Count() == CellsOf(shard.Key) && File.Exists(JournalPath(shard.Key)))
            {
                WritePart(shard.Key, [.. shard]);
                File.Delete(JournalPath(shard.Key));
            }
        }
    }

    private static string NextId(string root, string name)
    {
        for (var number = 1; ; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number:00}");
            if (!Directory.Exists(Path.Combine(root, id)))
            {
                return id;
            }
        }
    }

    private static async Task<IReadOnlyList<CellResult>> ReadResults(string path, Campaign campaign)
    {
        var grid = new CellGrid(campaign.Sweep, campaign.Seed);
        var table = new CellTable(campaign, grid);
        var results = new Dictionary<long, CellResult>();
        // Journals first: a run that goes on may turn one into a part while we read, never a part into a journal.
        var journals = Path.Combine(path, "journal");
        foreach (var journal in Directory.Exists(journals) ? Directory.GetFiles(journals) : [])
        {
            foreach (var result in Journal.Read(journal).Results)
            {
                results[result.Cell] = result;
            }
        }

        var parts = Path.Combine(path, "cells");
        foreach (var part in Directory.Exists(parts) ? Directory.GetFiles(parts, "part-*.parquet") : [])
        {
            foreach (var result in await table.Read(part))
            {
                results[result.Cell] = result;
            }
        }

        return [.. results.Values.OrderBy(r => r.Cell)];
    }

    private string JournalPath(int shard) => Path.Combine(FullPath, "journal", $"shard-{shard}.journal");

    private int CellsOf(int shard) => (int)Math.Min(PartCells, _grid.Count - (long)shard * PartCells);

    private void WritePart(int shard, List<CellResult> results)
    {
        Directory.CreateDirectory(Path.Combine(FullPath, "cells"));
        AtomicFile.Write(Path.Combine(FullPath, "cells", $"part-{shard}.parquet"),
            stream => _table.Write(stream, [.. results.OrderBy(r => r.Cell)]).GetAwaiter().GetResult());
    }

    private void Save(RunManifest manifest)
    {
        _manifest = manifest;
        AtomicFile.Write(Path.Combine(FullPath, "manifest.json"), s => s.Write(manifest.ToBytes()));
    }
}
