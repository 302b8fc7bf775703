using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.References;

namespace ScenarioGrid.Models.Tests.References;

public class ReferenceCaseTests
{
    private static readonly ReferenceCase Sample = ReferenceCase.Parse(
        ["# comment", "", " X1 | twap-oracle optimal-router | two and three | 2 3 | 1e-3 | 2e-4 | own "]).Single();

    [Fact]
    public void A_line_is_read_cell_by_cell()
    {
        Assert.Equal(("X1", "two and three", "own"), (Sample.Id, Sample.Case, Sample.Source));
        Assert.Equal(["twap-oracle", "optimal-router"], Sample.Kinds);
        Assert.Equal([2.0, 3.0], Sample.Expected);
        Assert.Equal((1e-3, 2e-4), (Sample.Tolerance, Sample.Error));
    }

    [Fact]
    public void The_largest_relative_error_counts()
    {
        Assert.Equal(0.5, Sample.ErrorOf([3, 3.3]), 1e-12);
        Assert.Equal(0, Sample.ErrorOf([2, 3]));
        Assert.Throws<ArgumentException>(() => Sample.ErrorOf([2]));
    }

    [Fact]
    public void A_line_without_all_columns_is_refused() =>
        Assert.Contains("7 columns, not 2",
            Assert.Throws<FormatException>(() => ReferenceCase.Parse(["A | b"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_case_is_called_once_and_rests_under_a_kind_that_exists()
    {
        var rows = Rows();
        Assert.Equal(rows.Length, rows.DistinctBy(r => r.Id).Count());
        Assert.All(rows, r => Assert.All(r.Kinds, k => Assert.Contains(k, ComponentCatalog.Default.Components.Keys)));
    }
    /// <summary>Two records of prices that may not be shipped: the statistics are held against other numbers by their
    /// own tests, these numbers by whoever has the files.</summary>
    [Fact]
    public void Only_what_needs_files_of_others_is_not_reached_here_and_says_how_to_check_it()
    {
        var unreached = Rows().Where(r => r.Error is null).ToArray();

        Assert.Equal(["E20", "E21"], unreached.Select(r => r.Id));
        Assert.All(unreached, r => Assert.Contains("scenariogrid series", r.Case, StringComparison.Ordinal));
    }

    private static ReferenceCase[] Rows() => [.. Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "References"), "*.txt")
        .SelectMany(f => ReferenceCase.Parse(File.ReadLines(f)))];
}
