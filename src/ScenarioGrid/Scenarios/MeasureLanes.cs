using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Scenarios;

/// <summary>
/// One measure over the ticks of a block: the port's final, mean, largest, smallest or summed value on each path.
/// </summary>
public sealed class MeasureLanes
{
    private readonly Lane _port;
    private readonly Over _over;
    private readonly double[] _values;

    public MeasureLanes(Lane port, Over over)
    {
        _port = port;
        _over = over;
        _values = new double[port.Paths];
    }

    /// <summary>Forgets all ticks.</summary>
    public void Clear() => Array.Fill(_values, _over switch
    {
        Over.Max => double.NegativeInfinity,
        Over.Min => double.PositiveInfinity,
        _ => 0,
    });

    /// <summary>Takes the tick just made.</summary>
    public void Add()
    {
        if (_over == Over.Final)
        {
            return;
        }

        var port = _port.Vecs;
        for (var i = 0; i < port.Length; i++)
        {
            var so = Vec.Load(_values, i);
            var next = _over switch
            {
                Over.Max => Vec.Select((port[i] > so) | !Vec.Equal(port[i], port[i]), port[i], so),
                Over.Min => Vec.Select((port[i] < so) | !Vec.Equal(port[i], port[i]), port[i], so),
                _ => so + port[i],
            };
            next.Store(_values, i);
        }
    }

    /// <summary>Writes the measure of the first paths of the block.</summary>
    /// <param name="ticks">Ticks taken, for means.</param>
    /// <param name="paths">Receives one value per path.</param>
    public void Read(int ticks, Span<double> paths)
    {
        ReadOnlySpan<double> values = _over == Over.Final ? _port.Span : _values;
        values[..paths.Length].CopyTo(paths);
        if (_over == Over.Mean)
        {
            foreach (ref var value in paths)
            {
                value /= ticks;
            }
        }
    }

    /// <summary>State for a checkpoint.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Puts back the state of a checkpoint.</summary>
    public void Restore(ReadOnlySpan<double> values) => values.CopyTo(_values);
}
