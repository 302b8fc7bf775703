using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Campaigns;

public class ProblemsTests
{
    [Fact]
    public void Problems_come_sorted_by_place_and_once()
    {
        var problems = new Problems();
        problems.Add("f", 3, 1, "B", "late");
        problems.Add("f", 1, 9, "A", "early, right");
        problems.Add("f", 1, 2, "A", "early, left");
        problems.Add("f", 3, 1, "B", "late");

        Assert.Equal(["early, left", "early, right", "late"], problems.Sorted().Select(p => p.Message));
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Two_problems_of_one_place_are_both_kept()
    {
        var problems = new Problems();
        problems.Add("f", 3, 1, "MISSING", "key 'a' is missing");
        problems.Add("f", 3, 1, "MISSING", "key 'b' is missing");

        Assert.Equal("f:3:1: MISSING: key 'a' is missing\nf:3:1: MISSING: key 'b' is missing", problems.ToString());
    }

    [Fact]
    public void A_settled_place_takes_no_later_problem()
    {
        var problems = new Problems();
        problems.Settle("f", 3, 1, "ID_CHARS", "first");
        problems.Add("f", 3, 1, "UNKNOWN_KEY", "a consequence");
        problems.Add("f", 3, 2, "RANGE", "elsewhere");

        Assert.Equal(["first", "elsewhere"], problems.Sorted().Select(p => p.Message));
    }

    [Theory]
    [InlineData(100, 100, null)]
    [InlineData(101, 101, "1 more problem is not shown")]
    [InlineData(350, 101, "250 more problems are not shown")]
    public void The_last_line_counts_what_is_not_shown(int count, int lines, string? last)
    {
        var problems = new Problems();
        for (var line = count; line >= 1; line--)
        {
            problems.Add("f", line, 1, "X", "wrong");
        }

        var sorted = problems.Sorted();
        Assert.Equal(lines, sorted.Count);
        Assert.Equal(last ?? "wrong", sorted[^1].Message);
        Assert.Equal(Enumerable.Range(1, lines), sorted.Select(p => p.Line));
    }
}
