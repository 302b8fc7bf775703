using System.CommandLine;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Commands;

/// <summary>scenariogrid version: what runs here, for bug reports and for comparing speeds.</summary>
public static class VersionCommand
{
    public static Command Create()
    {
        var output = CommonOptions.Output("table", "json");
        var command = new Command("version", "Show version, runtime, system, SIMD width and cores.") { output };
        command.SetAction(parsed =>
        {
            (string Name, string Text)[] facts =
            [
                ("version", RunFolder.EngineVersion),
                ("runtime", RuntimeInformation.FrameworkDescription),
                ("os", RuntimeInformation.OSDescription),
                ("architecture", RuntimeInformation.ProcessArchitecture.ToString()),
                ("simdBits", FormattableString.Invariant($"{SimdBits()}")),
                ("cores", FormattableString.Invariant($"{Environment.ProcessorCount}")),
            ];
            if (parsed.GetValue(output) == "json")
            {
                JsonOut.Print(json =>
                {
                    foreach (var (name, text) in facts)
                    {
                        json.WriteString(name, text);
                    }
                });
                return;
            }

            foreach (var (name, text) in facts)
            {
                Terminal.Line($"{name,-14}{text}");
            }
        });
        return command;
    }

    private static int SimdBits() =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128 : 64;
}
