using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class ProblemTests
{
    [Fact]
    public void A_problem_prints_place_code_and_message() => Assert.Equal(
        "campaign.yaml:42:7: DUPLICATE_KEY: 'vol' first set at line 12",
        new Problem("campaign.yaml", 42, 7, "DUPLICATE_KEY", "'vol' first set at line 12").ToString());

    [Fact]
    public void Input_that_moves_the_cursor_or_reorders_text_is_escaped() => Assert.Equal(
        @"a\u000Ab.yaml:1:1: X: \u001B[2J \u202E \u2028 \uD800 é 😀",
        new Problem("a\nb.yaml", 1, 1, "X", "\u001b[2J \u202e \u2028 \ud800 é 😀").ToString());

    [Fact]
    public void Any_text_gives_one_line() => Gen.Char.Array[0, 20].Select(c => new string(c)).Sample(text =>
        Assert.DoesNotContain(
            new Problem(text, 1, 1, "X", text).ToString(), c => char.IsControl(c) || c is '\u2028' or '\u2029'));

    [Fact]
    public void A_long_quotation_is_cut_between_characters()
    {
        Assert.Equal("'short'", Problem.Quote("short"));
        Assert.Equal($"'{new string('a', 48)}...'", Problem.Quote(new string('a', 1000)));
        Assert.Equal($"'{new string('a', 47)}...'", Problem.Quote(new string('a', 47) + "😀 and more"));
    }
}
