using System.CommandLine;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Cli.Commands;

/// <summary>The options of every verb that reads a campaign file.</summary>
public sealed class CampaignInput
{
    public Argument<string> File { get; } = new("file") { Description = "campaign file (YAML)", HelpName = "file" };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "override a setting: --set vaults.liquidationThreshold=80% (repeatable)",
        HelpName = "name=value",
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<int?> Paths { get; } = new("--paths") { Description = "Monte Carlo paths per cell", HelpName = "n" };

    public Option<long?> Seed { get; } = new("--seed") { Description = "seed of the random numbers", HelpName = "n" };

    public Option<string[]> Cells { get; } = new("--cells")
    {
        Description = "only cells with these settings: --cells twap.window=30m,1h (repeatable)",
        HelpName = "setting=level",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>Adds argument and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(File);
        command.Options.Add(Set);
        command.Options.Add(Paths);
        command.Options.Add(Seed);
        command.Options.Add(Cells);
    }

    /// <summary>The campaign, or all problems on standard error and exit code 2.</summary>
    public async Task<Campaign> Read(ParseResult parsed)
    {
        var source = await Open(parsed.GetValue(File)!);
        var overrides = (parsed.GetValue(Set) ?? []).ToList();
        if (parsed.GetValue(Paths) is { } paths)
        {
            overrides.Add(FormattableString.Invariant($"paths={paths}"));
        }

        if (parsed.GetValue(Seed) is { } seed)
        {
            overrides.Add(FormattableString.Invariant($"seed={seed}"));
        }

        var campaign = Bind(source, overrides);
        var filters = parsed.GetValue(Cells) ?? [];
        if (filters.Length == 0)
        {
            return campaign;
        }

        var problems = new Problems();
        overrides.AddRange(CellFilter.Overrides(campaign, filters, problems));
        return problems.Any ? throw new CommandException(Exit.Usage, problems.ToString()) : Bind(source, overrides);
    }

    /// <summary>The campaign of a file as it stands.</summary>
    public static async Task<Campaign> Read(string path) => Bind(await Open(path), []);

    private static async Task<CampaignSource> Open(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new CommandException(Exit.Usage, $"there is no file {path}");
        }

        var problems = new Problems();
        return await CampaignSource.Open(path, ReadBounded(path), ComponentCatalog.Default, problems)
            ?? throw new CommandException(Exit.Usage, problems.ToString());
    }

    private static Campaign Bind(CampaignSource source, IReadOnlyList<string> overrides)
    {
        var problems = new Problems();
        return source.Bind(overrides, problems) ?? throw new CommandException(Exit.Usage, problems.ToString());
    }

    private static byte[] ReadBounded(string path)
    {
        // A pipe or a device has no length, and may never end: read more than is allowed, but not much more.
        using var file = System.IO.File.OpenRead(path);
        var bytes = new byte[SpecText.BytesMax * 4];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
