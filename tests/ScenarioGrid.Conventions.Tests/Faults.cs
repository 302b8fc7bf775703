namespace ScenarioGrid.Conventions.Tests;

/// <summary>Tells everything that is wrong at once, one fault a line.</summary>
internal static class Faults
{
    /// <summary>Fails with all faults when there are any.</summary>
    public static void None(IEnumerable<string?> faults)
    {
        var all = faults.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} faults:\n{string.Join('\n', all)}");
    }
}
