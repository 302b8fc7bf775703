namespace ScenarioGrid.Campaigns;

/// <summary>Finds the known name that a mistyped one was meant to be.</summary>
/// <remarks>
/// Names are compared without case, <c>-</c> and <c>_</c>, so <c>liquidation_threshold</c> finds
/// <c>liquidationThreshold</c>. The distance counts insertions, deletions, replacements and swaps of neighbours
/// (Damerau-Levenshtein in its optimal string alignment form). A third of the letters may be wrong, but at least one.
/// </remarks>
public static class Suggestion
{
    private const int LengthMax = 64;

    /// <summary>The nearest known name, the first of equally near ones, or null when none is near.</summary>
    public static string? For(string typed, IEnumerable<string> known)
    {
        if (typed.Length is 0 or > LengthMax)
        {
            return null;
        }

        var folded = Fold(typed);
        string? best = null;
        var bestDistance = Math.Max(1, folded.Length / 3) + 1;
        foreach (var name in known)
        {
            var candidate = Fold(name);
            if (candidate.Length > LengthMax || Math.Abs(candidate.Length - folded.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(folded, candidate);
            // A name of one letter is not "near" another letter: at least one letter must be common.
            if (distance < bestDistance && distance < Math.Max(folded.Length, candidate.Length))
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>The text <c> (did you mean 'x'?)</c> to append to a message; empty when no name is near.</summary>
    public static string Text(string typed, IEnumerable<string> known) =>
        For(typed, known) is { } name ? $" (did you mean '{name}'?)" : "";

    /// <summary>Fewest single-letter edits and neighbour swaps that turn one text into the other.</summary>
    public static int Distance(string a, string b)
    {
        // Three rows of the table of prefix distances are enough: a swap looks two rows back.
        var before = new int[b.Length + 1];
        var above = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, 1 + Math.Min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[b.Length];
    }

    private static string Fold(string name)
    {
        Span<char> folded = stackalloc char[Math.Min(name.Length, LengthMax + 1)];
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('-' or '_') && length < folded.Length)
            {
                folded[length++] = char.ToLowerInvariant(c);
            }
        }

        return folded[..length].ToString();
    }
}
