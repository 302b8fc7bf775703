using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class SuggestionTests
{
    private static readonly string[] s_known = ["volatility", "spot", "drift", "challengeWindow", "fee"];

    [Theory]
    [InlineData("volatilty", "volatility")]
    [InlineData("challenge_window", "challengeWindow")]
    [InlineData("chalengeWidnow", "challengeWindow")]
    [InlineData("spto", "spot")]
    [InlineData("Fee", "fee")]
    [InlineData("fe", "fee")]
    public void A_mistyped_name_finds_the_known_one(string typed, string expected) =>
        Assert.Equal(expected, Suggestion.For(typed, s_known));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("liquidity")]
    [InlineData("s")]
    public void A_far_name_finds_nothing(string typed) => Assert.Null(Suggestion.For(typed, s_known));

    [Fact]
    public void The_first_of_equally_near_names_wins() => Assert.Equal("abd", Suggestion.For("abc", ["abd", "abe"]));

    [Fact]
    public void A_very_long_name_is_not_compared() =>
        Assert.Null(Suggestion.For(new string('a', 65), [new string('a', 65)]));

    [Fact]
    public void The_text_is_ready_to_append()
    {
        Assert.Equal(" (did you mean 'volatility'?)", Suggestion.Text("volatilty", s_known));
        Assert.Equal("", Suggestion.Text("zzzzzz", s_known));
    }

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_counts_edits_and_swaps(string a, string b, int expected) =>
        Assert.Equal(expected, Suggestion.Distance(a, b));

    [Fact]
    public void Distance_is_symmetric_and_bounded() =>
        Gen.Select(Gen.String[Gen.Char['a', 'c'], 0, 8], Gen.String[Gen.Char['a', 'c'], 0, 8]).Sample((a, b) =>
        {
            var distance = Suggestion.Distance(a, b);
            Assert.Equal(distance, Suggestion.Distance(b, a));
            Assert.InRange(distance, Math.Abs(a.Length - b.Length), Math.Max(a.Length, b.Length));
            Assert.Equal(a == b, distance == 0);
        });
}
