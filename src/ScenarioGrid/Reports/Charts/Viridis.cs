namespace ScenarioGrid.Reports.Charts;

/// <summary>The viridis colour scale: even in lightness, readable in grey and with colour blindness.</summary>
/// <remarks>Stops at ninths of the table of S. van der Walt and N. Smith (matplotlib, CC0).</remarks>
internal static class Viridis
{
    public static IReadOnlyList<string> Stops { get; } =
        ["#440154", "#482878", "#3e4989", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"];

    /// <summary>Colour of text on the scale: the lower half is dark.</summary>
    /// <param name="place">Place on the scale, 0 to 1.</param>
    public static string TextOn(double place) => place < 0.55 ? "#ffffff" : "#111111";
}
