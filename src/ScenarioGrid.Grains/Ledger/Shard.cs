namespace ScenarioGrid.Grains;

/// <summary>How a campaign's cells fall into shards: by arithmetic, so that no list of cells exists anywhere.</summary>
public static class Shard
{
    /// <summary>Cells of a shard.</summary>
    public const int Cells = 256;

    /// <summary>Shards of a campaign.</summary>
    public static int Of(long cells) => (int)((cells + Cells - 1) / Cells);

    /// <summary>First cell of a shard.</summary>
    public static long First(int shard) => (long)shard * Cells;

    /// <summary>Cells of one shard of a campaign.</summary>
    public static int CellsOf(int shard, long cells) => (int)Math.Min(Cells, cells - First(shard));
}
