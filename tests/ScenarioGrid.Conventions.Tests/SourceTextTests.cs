namespace ScenarioGrid.Conventions.Tests;

/// <summary>The counter of lines and braces is trusted by other tests, so it is tested itself.</summary>
public class SourceTextTests
{
    private const string Sample = """"
        namespace A;

        [Name("x { y")]
        public sealed class B(int a) : C
        {
            private const string Text = "{ not a brace \" {";

            public int D { get; } = 1;

            public string E => $"{a switch { 1 => "}", _ => "{" }} {{";

            public void F<T>()
                where T : struct
            {
                // A comment with a brace {
                if (a > '{')
                {
                    G();
                }
            }

            public enum H { One, Two }

            private static int[] I { get; } =
            [
                1,
                2,
            ];

            private int J() => a switch
            {
                1 => 2,
                _ => 3,
            };
        }
        """";

    [Fact]
    public void Members_are_found_with_their_lengths() =>
        Assert.Equal(
            ["D 1", "E 1", "F 7", "I 1", "J 5"],
            SourceText.Members(Sample).Select(m => $"{NameOf(m.Header)} {m.Lines}"));

    [Fact]
    public void Comments_and_strings_are_blanked_and_lines_stay()
    {
        var bare = SourceText.Bare(Sample);
        Assert.Equal(Sample.Length, bare.Length);
        Assert.Equal(Sample.Split('\n').Length, bare.Split('\n').Length);
        Assert.DoesNotContain("not a brace", bare, StringComparison.Ordinal);
        Assert.DoesNotContain("comment", bare, StringComparison.Ordinal);
    }

    private static string NameOf(string header) =>
        header.StartsWith("where", StringComparison.Ordinal) ? "F" : header.Split(' ').Select(w => w.Split('(', '<')[0])
            .Last(w => w.Length == 1 && char.IsUpper(w[0]));
}
