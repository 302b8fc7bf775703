using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains;

/// <summary>Results of a lease that are not stored yet.</summary>
public sealed class KeptResults(Work work, TimeProvider time)
{
    private readonly List<byte[]> _results = [];
    private long _pathTicks;
    private long _since = time.GetTimestamp();
    private long _lastResult = time.GetTimestamp();

    /// <summary>Cells of the last report.</summary>
    public IReadOnlyList<long> LastCells { get; private set; } = [];

    /// <summary>Results that are kept.</summary>
    public int Count => _results.Count;

    /// <summary>Kept results that are errors.</summary>
    public int Failed { get; private set; }

    /// <summary>Age of the oldest kept result; zero when there is none.</summary>
    public TimeSpan Age => _results.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_since);

    /// <summary>What is kept, as a batch.</summary>
    public ResultBatch Batch => new([.. _results], _pathTicks);

    /// <summary>Keeps what a scenario has finished.</summary>
    public void Add(WorkReport report)
    {
        if (_results.Count == 0)
        {
            _since = time.GetTimestamp();
        }

        var results = report.Finished.Results.Select(r => CellResult.Read(r)).ToList();
        LastCells = [.. results.Select(r => r.Cell)];
        Failed += results.Count(r => r.Error is not null);
        _results.AddRange(report.Finished.Results);
        _pathTicks += report.Finished.PathTicks;
        if (results.Count > 0)
        {
            var milliseconds = time.GetElapsedTime(_lastResult).TotalMilliseconds;
            _lastResult = time.GetTimestamp();
            work.Campaign.Finished(results.Count, milliseconds);
            GridMeter.CellSeconds.Record(milliseconds / 1000 / results.Count);
        }
    }

    /// <summary>Forgets what was stored.</summary>
    public void Clear()
    {
        _results.Clear();
        (_pathTicks, Failed) = (0, 0);
    }
}
