using System.Text;

namespace ScenarioGrid.Cli.Tests;

/// <summary>Runs a command line in this process with captured output. One at a time: the console is one.</summary>
internal static class ConsoleRun
{
    private static readonly SemaphoreSlim s_one = new(1, 1);

    public static async Task<Ended> Of(params string[] args)
    {
        await s_one.WaitAsync();
        var (output, error) = (Console.Out, Console.Error);
        var (wrote, said) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        try
        {
            Console.SetOut(wrote);
            Console.SetError(said);
            return new Ended(await ConsoleApp.Run(args), wrote.ToString(), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            s_one.Release();
        }
    }
}

/// <summary>How a command ended.</summary>
internal sealed record Ended(int Exit, string Out, string Error)
{
    public string[] OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>This, after a check of the exit code that shows what was said.</summary>
    public Ended Expect(int exit)
    {
        var text = new StringBuilder().AppendLine(Out).AppendLine(Error);
        Assert.True(Exit == exit, $"exit {Exit} instead of {exit}:\n{text}");
        return this;
    }
}

/// <summary>A folder of its own that goes away.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scenariogrid-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
