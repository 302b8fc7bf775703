using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>What verbs on one campaign of a cluster share.</summary>
public sealed class ClusterVerb
{
    public Argument<string> Campaign { get; } = new("id")
    {
        Description = "campaign id, or the beginning of one",
        HelpName = "id",
    };

    public Option<string?> Cluster { get; } = ClusterOption.Create();

    /// <summary>A verb on one campaign.</summary>
    /// <param name="name">The verb.</param>
    /// <param name="help">What it does, and an example.</param>
    /// <param name="act">Does it.</param>
    /// <param name="options">Further options.</param>
    public Command Create(
        string name, string help, Func<ClusterLink, ParseResult, Terminal, CancellationToken, Task<int>> act,
        params Option[] options)
    {
        var noColor = CommonOptions.NoColor();
        var command = new Command(name, help + ClusterOption.Help) { Campaign, Cluster };
        CommonOptions.AddTo(command, [.. options, noColor]);
        command.SetAction(async (parsed, stop) =>
        {
            var terminal = new Terminal(parsed.GetValue(noColor));
            await using var link = await ClusterLink.Open(
                ClusterOption.Need(parsed.GetValue(Cluster)), terminal, stop);
            return await act(link, parsed, terminal, stop);
        });
        return command;
    }
}
