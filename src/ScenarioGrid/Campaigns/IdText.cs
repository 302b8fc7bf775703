using System.Globalization;
using System.Text;

namespace ScenarioGrid.Campaigns;

/// <summary>Checks keys and ids: letters that look alike must not name two things, so only ASCII is allowed.</summary>
public static class IdText
{
    /// <summary>The fault <c>ID_CHARS</c> at the first character that is not printable ASCII, or null.</summary>
    public static Fault? Check(string id)
    {
        var offset = 0;
        foreach (var rune in id.EnumerateRunes())
        {
            if (!rune.IsAscii || Rune.IsControl(rune))
            {
                var kind = rune.IsAscii ? "control character" : "non-ASCII";
                var code = rune.Value.ToString("X4", CultureInfo.InvariantCulture);
                return new Fault("ID_CHARS", $"{Problem.Quote(id)} has {kind} U+{code}", offset);
            }

            offset += rune.Utf16SequenceLength;
        }

        return null;
    }
}
