using System.Numerics;

namespace ScenarioGrid.Grains;

/// <summary>A set of cells of one shard, by their place in it: 0 to 255.</summary>
public sealed class CellSet
{
    private const int Words = Shard.Cells / 64;

    private readonly ulong[] _words = new ulong[Words];

    /// <summary>An empty set.</summary>
    public CellSet()
    {
    }

    /// <summary>A set of these places.</summary>
    public CellSet(IEnumerable<int> places)
    {
        foreach (var place in places)
        {
            Add(place);
        }
    }

    /// <summary>Number of cells.</summary>
    public int Count => _words.Sum(BitOperations.PopCount);

    /// <summary>Places in rising order.</summary>
    public IEnumerable<int> Places => Enumerable.Range(0, Shard.Cells).Where(Contains);

    public bool Contains(int place) => (_words[place >> 6] >> (place & 63) & 1) != 0;

    public void Add(int place) => _words[place >> 6] |= 1UL << (place & 63);

    public void Remove(int place) => _words[place >> 6] &= ~(1UL << (place & 63));

    /// <summary>Adds every cell of another set.</summary>
    public void Add(CellSet other)
    {
        for (var w = 0; w < Words; w++)
        {
            _words[w] |= other._words[w];
        }
    }

    /// <summary>True when no cell is in both.</summary>
    public bool IsApartFrom(CellSet other) => Enumerable.Range(0, Words).All(w => (_words[w] & other._words[w]) == 0);

    /// <summary>The cells of this set that are not in another.</summary>
    public CellSet Without(CellSet other)
    {
        var rest = new CellSet();
        for (var w = 0; w < Words; w++)
        {
            rest._words[w] = _words[w] & ~other._words[w];
        }

        return rest;
    }

    public void Write(BinaryWriter to)
    {
        foreach (var word in _words)
        {
            to.Write(word);
        }
    }

    public static CellSet Read(BinaryReader from)
    {
        var set = new CellSet();
        for (var w = 0; w < Words; w++)
        {
            set._words[w] = from.ReadUInt64();
        }

        return set;
    }
}
