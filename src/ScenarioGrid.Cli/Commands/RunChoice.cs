using System.CommandLine;
using ScenarioGrid.Grains;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>The run that a verb reads: here, or fetched from a cluster first.</summary>
public sealed class RunChoice
{
    /// <summary>Patience with a cluster that was not asked for, when there is a run folder to go on with.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(3);

    public RunChoice(Argument<string>? run = null) => Run = run ?? CommonOptions.Run();

    public Argument<string> Run { get; }

    public Option<string> Runs { get; } = CommonOptions.Runs();

    public Option<string?> Cluster { get; } = ClusterOption.Create();

    /// <summary>Adds argument and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Run);
        CommonOptions.AddTo(command, Runs, Cluster);
    }

    /// <summary>Opens the run, with all results that the cluster has of it.</summary>
    /// <exception cref="CommandException">There is none, or several; the cluster does not answer.</exception>
    public async Task<RunFolder> Open(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        var (root, id) = (parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        var flag = parsed.GetValue(Cluster);
        var isHere = CommonOptions.Locate(root, id) is not null;
        if (id.Contains('/', StringComparison.Ordinal) || ClusterOption.Find(flag) is not { } address)
        {
            return await CommonOptions.Open(root, id);
        }

        // A run of this machine is not asked for elsewhere, unless somebody says so.
        var isOwn = isHere && (await CommonOptions.Open(root, id)).Manifest.Cluster is null;
        var isWanted = flag is not null;
        if (isOwn && !isWanted)
        {
            return await CommonOptions.Open(root, id);
        }

        try
        {
            await using var link = await ClusterLink.Open(
                address, terminal, stop, isHere && !isWanted ? ShortPatience : null);
            return await RemoteRun.Fetch(link, (await link.Find(id)).Campaign, root, terminal, stop);
        }
        catch (CommandException e) when (isHere && !isWanted && e.ExitCode is Exit.Unreachable or Exit.NotFound)
        {
            terminal.Note($"{e.Message}; this is what was fetched before");
            return await CommonOptions.Open(root, id);
        }
        catch (GridException e) when (isHere && !isWanted && e.Code is "UNAUTHENTICATED" or "FORBIDDEN")
        {
            terminal.Note($"{e.Code}: {e.Message}; this is what was fetched before");
            return await CommonOptions.Open(root, id);
        }
    }
}
