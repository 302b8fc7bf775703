namespace ScenarioGrid.Grains;

/// <summary>A list that forgets its oldest entries; the position of an entry never changes.</summary>
internal sealed class MemoryList
{
    private readonly List<byte[]?> kept = [];

    /// <summary>Position of the first thing in <see cref="kept"/>, which may be forgotten already.</summary>
    private long start;

    /// <summary>Forgotten entries that still stand at the beginning of <see cref="kept"/>.</summary>
    private int forgotten;

    /// <summary>Adds an entry and forgets the oldest above a number (0: none).</summary>
    public void Append(byte[] entry, int most)
    {
        kept.Add(entry);
        while (most > 0 && kept.Count - forgotten > most)
        {
            kept[forgotten++] = null;
        }

        // Moving the rest forward only when half is forgotten keeps an append cheap however long the list is.
        if (forgotten > kept.Count / 2)
        {
            kept.RemoveRange(0, forgotten);
            start += forgotten;
            forgotten = 0;
        }
    }

    /// <summary>Entries from a position on, or from the oldest kept one when that is later.</summary>
    public byte[][] Entries(long from, int most)
    {
        var first = Math.Max(from - start, forgotten);
        if (first >= kept.Count || most <= 0)
        {
            return [];
        }

        var entries = new byte[Math.Min(most, kept.Count - (int)first)][];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = kept[(int)first + i]!;
        }

        return entries;
    }
}
