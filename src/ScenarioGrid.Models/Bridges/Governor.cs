namespace ScenarioGrid.Models.Bridges;

/// <summary>A limit on the value that leaves a bridge in any 24 hours; what is over it, or big, is held.</summary>
/// <remarks>
/// <code>
/// at or above big:                       held 24 h, released uncounted once 24 h have passed
/// else window sum + value at most limit: released at once and counted
/// else:                                  held; tested again every minute in order of arrival;
///                                        released uncounted when more than 24 h have passed
/// </code>
/// <para>A counted transfer leaves the window when it is older than 24 hours. A newcomer does not wait behind those
/// held.</para>
/// <para>Source: wormhole-foundation/wormhole, node/pkg/governor/governor.go, CheckPendingForTime and
/// TrimAndSumValue.</para>
/// </remarks>
/// <param name="limit">Value allowed in 24 hours, in dollars.</param>
/// <param name="big">Value from which a transfer is held, in dollars.</param>
public sealed class Governor(long limit, long big)
{
    /// <summary>Minutes of the window and of the hold.</summary>
    public const long DayMinutes = 1440;

    private readonly Queue<(long Minute, long Value)> _window = new();
    private readonly List<(int Id, long Minute, long Value)> _held = [];
    private long _sum;
    private int _next;

    /// <summary>Value counted in the last 24 hours.</summary>
    public long Counted => _sum;

    /// <summary>Transfers held.</summary>
    public int Held => _held.Count;

    /// <summary>Takes a transfer at a minute; returns its number, and whether it went out at once.</summary>
    public (int Id, bool IsReleased) Submit(long minute, long value)
    {
        Trim(minute);
        var id = _next++;
        if (value >= big || _sum + value > limit)
        {
            _held.Add((id, minute, value));
            return (id, false);
        }

        Count(minute, value);
        return (id, true);
    }

    /// <summary>Tests everything held at a minute; returns the numbers of those released, in order of
    /// arrival.</summary>
    public IReadOnlyList<int> Check(long minute)
    {
        Trim(minute);
        var released = new List<int>();
        _held.RemoveAll(transfer =>
        {
            var age = minute - transfer.Minute;
            var isBig = transfer.Value >= big;
            var isOut = isBig ? age >= DayMinutes : age > DayMinutes;
            if (!isOut && !isBig && _sum + transfer.Value <= limit)
            {
                Count(minute, transfer.Value);
                isOut = true;
            }

            if (isOut)
            {
                released.Add(transfer.Id);
            }

            return isOut;
        });
        return released;
    }

    private void Count(long minute, long value)
    {
        _window.Enqueue((minute, value));
        _sum += value;
    }

    private void Trim(long minute)
    {
        while (_window.Count > 0 && minute - _window.Peek().Minute > DayMinutes)
        {
            _sum -= _window.Dequeue().Value;
        }
    }
}
