using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo;

/// <summary>What was submitted.</summary>
/// <param name="Text">The campaign file with all overrides applied.</param>
/// <param name="BlockPaths">Paths of a block.</param>
/// <param name="Spread">True when each scenario is stepped by parts on several silos.</param>
/// <param name="Priority">low, normal or high.</param>
/// <param name="Id">The id that was asked for.</param>
public sealed record SubmissionDocument(string Text, int BlockPaths, bool Spread, Priority Priority, string? Id)
    : ApiDocument
{
    public static SubmissionDocument Of(CampaignSubmission s) => new(s.Text, s.BlockPaths, s.Spread, s.Priority, s.Id);

    /// <summary>The same as the grid's own type.</summary>
    public CampaignSubmission ToSubmission() => new(Text, BlockPaths, Spread, Priority, Id);
}
