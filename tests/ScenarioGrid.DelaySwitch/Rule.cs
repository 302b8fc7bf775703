using System.Globalization;

namespace ScenarioGrid.DelaySwitch;

/// <summary>What happens to frames from one port to another.</summary>
/// <param name="From">Name of the port a frame comes from, or *.</param>
/// <param name="To">Name of the port it goes to, or *.</param>
/// <param name="DelayMs">How long it is held.</param>
/// <param name="JitterMs">Half the width of the even spread around the delay.</param>
/// <param name="Loss">Share that vanishes, 0 to 1.</param>
/// <param name="Copy">Share that arrives twice, 0 to 1.</param>
/// <param name="Reorder">Share that overtakes those before it by skipping the delay, 0 to 1.</param>
internal sealed record Rule(
    string From, string To, double DelayMs, double JitterMs, double Loss, double Copy, double Reorder)
{
    /// <summary>A frame passes at once.</summary>
    public static Rule None { get; } = new("*", "*", 0, 0, 0, 0, 0);

    /// <summary>Reads lines like <c>tap1 tap2 delay=80 jitter=20 loss=0.1 copy=0.01 reorder=0.05</c>.</summary>
    /// <exception cref="FormatException">A line says something else.</exception>
    public static Rule[] Read(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(ReadLine)];

    /// <summary>The last rule that speaks of a pair of ports.</summary>
    public static Rule Of(Rule[] rules, string from, string to) =>
        rules.LastOrDefault(r => (r.From == "*" || r.From == from) && (r.To == "*" || r.To == to)) ?? None;

    private static Rule ReadLine(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            throw new FormatException($"'{line}': write FROM TO delay=MS jitter=MS loss=P copy=P reorder=P");
        }

        var rule = None with { From = words[0], To = words[1] };
        foreach (var word in words[2..])
        {
            var parts = word.Split('=');
            var value = double.Parse(parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture);
            rule = parts[0] switch
            {
                "delay" => rule with { DelayMs = value },
                "jitter" => rule with { JitterMs = value },
                "loss" => rule with { Loss = value },
                "copy" => rule with { Copy = value },
                "reorder" => rule with { Reorder = value },
                _ => throw new FormatException($"'{word}': write delay, jitter, loss, copy or reorder"),
            };
        }

        return rule;
    }
}
