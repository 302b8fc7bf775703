using System.Diagnostics;
using System.Globalization;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Cli;

/// <summary>Progress on standard error: one line redrawn on a terminal, a plain line per tenth when piped.</summary>
public sealed class ProgressLine(Terminal terminal, long known, int ticks)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _drawn = -1;
    private int _tenth;

    /// <summary>Shows how far the campaign is.</summary>
    public void Show(RunProgress progress)
    {
        var seconds = _clock.Elapsed.TotalSeconds;
        var share = progress.Cells == 0 ? 1 : (double)progress.Done / progress.Cells;
        if (terminal.IsLive)
        {
            if (seconds - _drawn > 0.1)
            {
                _drawn = seconds;
                var bar = new string('#', (int)(share * 24)).PadRight(24, '.');
                terminal.Live($"cells [{bar}] {Text(progress, share, seconds)}");
            }
        }
        else if ((int)(share * 10) > _tenth)
        {
            _tenth = (int)(share * 10);
            terminal.Note($"cells {Text(progress, share, seconds)}");
        }
    }

    private string Text(RunProgress progress, double share, double seconds)
    {
        var computed = progress.Done - known;
        var left = computed > 0 ? (progress.Cells - progress.Done) * seconds / computed : double.NaN;
        var eta = double.IsNaN(left) ? "" : $"  ETA {Terminal.Duration(left)}";
        var failed = progress.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $"  failed {progress.Failed}")
            : "";
        var rate = Terminal.Short(progress.PathTicks / (double)ticks / Math.Max(seconds, 1e-3));
        return string.Create(CultureInfo.InvariantCulture,
            $"{progress.Done}/{progress.Cells}: {share:0 %}  {rate} paths/s{eta}{failed}");
    }
}
