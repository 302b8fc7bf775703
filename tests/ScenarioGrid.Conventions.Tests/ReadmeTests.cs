using ScenarioGrid.Cli.Commands;

namespace ScenarioGrid.Conventions.Tests;

/// <summary>Every command in the README can be typed: its verb and its files exist.</summary>
public class ReadmeTests
{
    private static readonly string[] DotnetVerbs =
        ["build", "test", "run", "restore", "publish", "format", "pack", "tool"];

    private static readonly string[] Suffixes = [".yaml", ".csproj", ".sln", ".cs", ".md", ".txt", ".sh"];

    [Fact]
    public void The_repository_has_a_readme() =>
        Assert.True(Repository.Exists("README.md"),
            "README.md is missing at the root: it is the first file that people open");

    [Fact]
    public void Every_command_names_existing_verbs_and_files()
    {
        var lines = Repository.Exists("README.md") ? Repository.Lines("README.md") : [];
        Faults.None(Commands(lines).SelectMany(c => Told(c).Select(f => $"{c}: {f}")));
    }

    [Theory]
    [InlineData("scenariogrid vanish examples/oracle-window.yaml", "no verb 'vanish'")]
    [InlineData("./scenariogrid run examples/no-such-file.yaml", "no file 'examples/no-such-file.yaml'")]
    [InlineData("dotnet dance", "no dotnet verb 'dance'")]
    [InlineData("dotnet test tests/No.Such.Tests", "no file 'tests/No.Such.Tests'")]
    public void A_wrong_command_is_told(string command, string fault) => Assert.Equal([fault], Told(command));

    [Theory]
    [InlineData("scenariogrid --help")]
    [InlineData("scenariogrid run --help")]
    [InlineData("dotnet build ScenarioGrid.sln -c Release")]
    [InlineData("dotnet run --project src/ScenarioGrid.Cli -- validate tests/corpus/bad/B09-unknown-key.yaml")]
    public void A_right_command_is_not(string command) => Assert.Empty(Told(command));

    /// <summary>Lines of fenced blocks that start a program of ours, without the prompt.</summary>
    private static IEnumerable<string> Commands(IEnumerable<string> lines)
    {
        var isFenced = false;
        foreach (var line in lines)
        {
            isFenced ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            var text = line.Trim();
            text = text.StartsWith("$ ", StringComparison.Ordinal) ? text[2..] : text;
            if (isFenced && text.Split(' ')[0] is "dotnet" or "scenariogrid" or "./scenariogrid")
            {
                yield return text.Split('#')[0].Trim();
            }
        }
    }

    private static IEnumerable<string> Told(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var separator = Array.IndexOf(words, "--");
        var ours = words[0] != "dotnet" ? words[1..] : separator >= 0 ? words[(separator + 1)..] : [];
        var verb = ours.FirstOrDefault(w => !w.StartsWith('-'));
        if (words[0] == "dotnet" && words.Length > 1 && !words[1].StartsWith('-') && !DotnetVerbs.Contains(words[1]))
        {
            yield return $"no dotnet verb '{words[1]}'";
        }

        if (verb is not null && !CommandList.All().Any(c => c.Name == verb))
        {
            yield return $"no verb '{verb}'";
        }

        foreach (var file in words[1..].Where(IsFile).Where(f => !Repository.Exists(f)))
        {
            yield return $"no file '{file}'";
        }
    }

    /// <summary>Run folders are made by the commands themselves, so they need not be there.</summary>
    private static bool IsFile(string word) => !word.StartsWith('-')
        && !word.StartsWith("runs", StringComparison.Ordinal)
        && !word.Contains("://", StringComparison.Ordinal)
        && (word.Contains('/', StringComparison.Ordinal)
            || Suffixes.Any(s => word.EndsWith(s, StringComparison.Ordinal)));
}
