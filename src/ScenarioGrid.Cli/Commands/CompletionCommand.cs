using System.CommandLine;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid completion: a script that lets a shell complete verbs, options and run ids.</summary>
public static class CompletionCommand
{
    private const string Bash = """
        _scenariogrid() {
          local IFS=$'\n'
          COMPREPLY=($("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
        }
        complete -o default -F _scenariogrid scenariogrid
        """;

    private const string Zsh = """
        #compdef scenariogrid
        _scenariogrid() {
          local -a found
          found=("${(@f)$("${words[1]}" "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
          compadd -a found || _files
        }
        compdef _scenariogrid scenariogrid
        """;

    private const string Fish = """
        function __scenariogrid
          set -l line (commandline -cp)
          scenariogrid "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c scenariogrid -a '(__scenariogrid)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName scenariogrid -ScriptBlock {
          param($word, $ast, $position)
          scenariogrid "[suggest:$position]" "$ast" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh", HelpName = "shell" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Print a completion script for a shell.\n\n"
            + "Example: source <(scenariogrid completion bash)")
        {
            shell,
        };
        command.SetAction(parsed => Terminal.Line(parsed.GetValue(shell) switch
        {
            "zsh" => Zsh,
            "fish" => Fish,
            "pwsh" => Pwsh,
            _ => Bash,
        }));
        return command;
    }
}
