using System.Diagnostics;
using System.Globalization;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli;

/// <summary>How far a campaign on a cluster is: one line redrawn on a terminal, a plain line per tenth when piped.
/// </summary>
/// <param name="terminal">Where the line is drawn.</param>
public sealed class CampaignLine(Terminal terminal)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan QuietMost = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Queue<(TimeSpan At, long Done, long PathTicks)> _seen = new();
    private (long Tenth, CampaignState State, TimeSpan At)? _said;

    /// <summary>Shows a state.</summary>
    /// <param name="status">The state.</param>
    /// <param name="silos">Silos that work, or null when unknown.</param>
    public void Show(CampaignStatus status, int? silos)
    {
        var now = _clock.Elapsed;
        _seen.Enqueue((now, status.Done, status.PathTicks));
        while (_seen.Count > 2 && now - _seen.Peek().At > Window)
        {
            _seen.Dequeue();
        }

        if (terminal.IsLive)
        {
            var bar = new string('#', (int)(Share(status) * 24)).PadRight(24, '.');
            terminal.Live($"cells [{bar}] {Text(status, silos)}");
            return;
        }

        var tenth = (long)(Share(status) * 10);
        if (_said is null || _said.Value.Tenth != tenth || _said.Value.State != status.State
            || now - _said.Value.At > QuietMost)
        {
            _said = (tenth, status.State, now);
            terminal.Note($"cells {Text(status, silos)}");
        }
    }

    /// <summary>How a campaign ended, or stands, in one line.</summary>
    public static string Summary(CampaignStatus status)
    {
        var took = status.EndedMs > 0
            ? $" in {Terminal.Duration((status.EndedMs - status.SubmittedMs) / 1000.0)}"
            : "";
        var hash = status.ResultHash is { } full ? $", sha256 {full[..16]}" : "";
        var repeated = status.Repeated > 0 ? Invariant($", {status.Repeated} computed again") : "";
        var reason = status is { State: CampaignState.Cancelled, Reason: { Length: > 0 } why } ? $": {why}" : "";
        return Invariant($"{status.Campaign} {StateText(status.State)}{took}: {status.Done}/{status.Cells} cells, ")
            + Invariant($"{status.Failed} failed{repeated}{hash}{reason}");
    }

    /// <summary>A state in the words of the API.</summary>
    public static string StateText(CampaignState state) => state.ToString().ToLowerInvariant();

    /// <summary>The exit code of a campaign that ended.</summary>
    public static int ExitOf(CampaignStatus status) =>
        status.State == CampaignState.Completed && status.Failed == 0 ? Exit.Ok : Exit.Failed;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Share(CampaignStatus status) =>
        status.Cells == 0 ? 1 : (double)status.Done / status.Cells;

    private string Text(CampaignStatus status, int? silos)
    {
        var (first, last) = (_seen.Peek(), _seen.Last());
        var seconds = (last.At - first.At).TotalSeconds;
        var (rate, eta) = ("", "");
        if (seconds > 0 && last.PathTicks > first.PathTicks)
        {
            rate = $"  {Terminal.Short((last.PathTicks - first.PathTicks) / seconds)} path-ticks/s";
        }

        if (seconds > 0 && last.Done > first.Done && status.Done < status.Cells)
        {
            eta = $"  ETA {Terminal.Duration((status.Cells - last.Done) * seconds / (last.Done - first.Done))}";
        }

        var count = silos is { } n ? Invariant($"  {n} silo{(n == 1 ? "" : "s")}") : "";
        var failed = status.Failed > 0 ? Invariant($"  failed {status.Failed}") : "";
        var state = status.State == CampaignState.Running ? "" : $"  {StateText(status.State)}";
        return Invariant($"{status.Done}/{status.Cells}: {Share(status):0 %}") + rate + eta + count + failed + state;
    }
}
