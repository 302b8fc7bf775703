using ScenarioGrid.Reports;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli;

/// <summary>What is shown and written when the results of a run are there, wherever they were computed.</summary>
public static class RunEnding
{
    /// <summary>Writes the report of a run whose results all are there.</summary>
    /// <returns>What it came to; null for a large run, which gets no report.</returns>
    public static async Task<RunOutcome?> Write(RunFolder folder, CancellationToken stop) =>
        folder.IsLarge ? null : await Promptly(() => Pipeline.Finish(folder), stop);

    /// <summary>Prints what a run came to.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="outcome">What it came to; looked up anew when null.</param>
    /// <param name="output">Format.</param>
    /// <param name="terminal">For people.</param>
    /// <param name="stop">Stops.</param>
    /// <returns>The exit code: failed cells, broken thresholds, or none.</returns>
    public static async Task<int> Show(
        RunFolder folder, RunOutcome? outcome, string output, Terminal terminal, CancellationToken stop)
    {
        if (folder.IsLarge)
        {
            return await ShowTally(folder, output, terminal, stop);
        }

        outcome ??= await Promptly(() => Pipeline.Outcome(folder, withSeries: false), stop);
        OutcomePrinter.Print(outcome, output, terminal);
        return outcome.Frontier.Failed.Count > 0 ? Exit.Failed
            : outcome.Frontier.Recommendation is { Passes: false } ? Exit.Threshold
            : Exit.Ok;
    }

    /// <summary>Says where the report is and what to do next.</summary>
    public static void NoteNext(RunFolder folder, string what, Terminal terminal)
    {
        terminal.Note(folder.IsLarge
            ? $"{what}; folder: {folder.FullPath}"
            : $"{what}; report: {Path.Combine(folder.FullPath, "report.html")}");
        terminal.Note($"next: scenariogrid show {folder.Id} | scenariogrid verify {folder.Id} | "
            + $"scenariogrid query {folder.Id} \"select ...\"");
    }

    /// <summary>Counts a large run and prints what it came to.</summary>
    private static async Task<int> ShowTally(
        RunFolder folder, string output, Terminal terminal, CancellationToken stop)
    {
        var tally = await Promptly(() => RunTally.Of(folder.Campaign, folder.Grid, folder.Read()), stop);
        TallyPrinter.Print(folder, tally, output, terminal);
        return tally.Failed > 0 ? Exit.Failed
            : tally is { Passing: 0, Done: > 0 } ? Exit.Threshold
            : Exit.Ok;
    }

    /// <summary>Runs a long computation that knows no stop; the first Ctrl-C ends the waiting, and with the console's
    /// end the computation.</summary>
    public static Task<T> Promptly<T>(Func<T> compute, CancellationToken stop) =>
        Task.Run(compute, stop).WaitAsync(stop);
}
