namespace ScenarioGrid.Measures;

/// <summary>Integer counts over a contiguous range of bucket numbers that grows as needed.</summary>
internal sealed class Buckets
{
    // 1 % buckets of all normal doubles run from -35,770 to 35,840.
    private const int Limit = 40_000;

    private long[] _counts = [];
    private int _first;

    /// <summary>Sum of all counts.</summary>
    public long Total { get; private set; }

    public void Add(int bucket, long count)
    {
        if (count == 0)
        {
            return;
        }

        Reserve(bucket, bucket);
        _counts[bucket - _first] += count;
        Total += count;
    }

    public void Merge(Buckets other)
    {
        for (var i = 0; i < other._counts.Length; i++)
        {
            Add(other._first + i, other._counts[i]);
        }
    }

    /// <summary>The bucket that holds the value of the given rank, from 1 to <see cref="Total"/>.</summary>
    public int BucketOfRank(long rank)
    {
        var i = 0;
        for (var seen = _counts[0]; seen < rank; seen += _counts[i])
        {
            i++;
        }

        return _first + i;
    }

    /// <summary>First bucket, number of buckets, then the counts without empty ends: one form for one
    /// content.</summary>
    public long[] ToArray()
    {
        var begin = Array.FindIndex(_counts, c => c != 0);
        if (begin < 0)
        {
            return [0, 0];
        }

        var end = Array.FindLastIndex(_counts, c => c != 0) + 1;
        return [_first + begin, end - begin, .. _counts[begin..end]];
    }

    /// <summary>Fills this empty store from the front of the data and returns what follows.</summary>
    public ReadOnlySpan<long> Read(ReadOnlySpan<long> data)
    {
        if (data.Length < 2 || data[1] < 0 || data[1] > data.Length - 2
            || data[0] < -Limit || data[0] > Limit - data[1])
        {
            throw new ArgumentException("the integers are not the buckets of a sketch", nameof(data));
        }

        for (var i = 0; i < (int)data[1]; i++)
        {
            if (data[2 + i] < 0)
            {
                throw new ArgumentException($"bucket {data[0] + i} has the count {data[2 + i]}", nameof(data));
            }

            Add((int)data[0] + i, data[2 + i]);
        }

        return data[(2 + (int)data[1])..];
    }

    private void Reserve(int low, int high)
    {
        if (_counts.Length > 0 && low >= _first && high < _first + _counts.Length)
        {
            return;
        }

        // Room to both sides keeps the number of copies logarithmic.
        var (begin, end) = _counts.Length == 0
            ? (low, high + 1)
            : (Math.Min(low, _first), Math.Max(high + 1, _first + _counts.Length));
        var room = Math.Min(64 + (end - begin) / 2, 4096);
        var grown = new long[end - begin + 2 * room];
        _counts.CopyTo(grown, _counts.Length == 0 ? 0 : _first - begin + room);
        (_counts, _first) = (grown, begin - room);
    }
}
