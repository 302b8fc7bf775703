using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Oracles;

namespace ScenarioGrid.Models.Tests.Oracles;

public class SortingNetworkTests
{
    // By the principle of zeros and ones a network that sorts all of them sorts everything.
    [Fact]
    public void Every_row_of_zeros_and_ones_is_sorted()
    {
        for (var rows = 1; rows <= 13; rows++)
        {
            var order = SortingNetwork.Of(rows);
            for (var word = 0; word < 1 << rows; word++)
            {
                Vec[] values = [.. Enumerable.Range(0, rows).Select(j => new Vec((word >> j) & 1))];
                SortingNetwork.Sort(values, order);
                Assert.Equal(int.PopCount(word), values.Reverse().TakeWhile(v => v[0] == 1).Count());
            }
        }
    }

    [Fact]
    public void Rows_are_sorted_path_by_path() =>
        Gen.Double[-10, 10].Array[63 * Vec.Width].Sample(values =>
        {
            Vec[] rows = [.. Enumerable.Range(0, 63).Select(j => Vec.Load(values, j))];
            SortingNetwork.Sort(rows, SortingNetwork.Of(63));
            for (var path = 0; path < Vec.Width; path++)
            {
                var expected = values.Where((_, k) => k % Vec.Width == path).Order();
                Assert.Equal(expected, rows.Select(r => r[path]));
            }
        }, iter: 20);

    [Fact]
    public void Thirty_two_rows_take_191_comparisons() => Assert.Equal(2 * 191, SortingNetwork.Of(32).Length);
}
