using ScenarioGrid.Measures;

namespace ScenarioGrid.Grains.Tests.Work;

public sealed class ShardResultsTests
{
    [Fact]
    public void A_cell_gets_its_result_once_and_in_the_order_of_arrival()
    {
        var ledger = new ShardLedger();
        var results = new ShardResults(ledger);
        Assert.Equal([7, 3], results.Add(Batch(10, 7, 3)));
        Assert.Equal([5], results.Add(Batch(20, 3, 5)));
        Assert.Equal([7, 3, 5], ledger.Results.Select(r => CellResult.Read(r).Cell));
        Assert.Equal(30, ledger.PathTicks);
        Assert.Equal([3, 5, 7], new ShardResults(ledger).Cells.Order());
    }

    [Fact]
    public void A_live_lease_may_store_what_is_new_or_equal()
    {
        var (ledger, results) = With(1);
        Assert.Equal(CommitAnswer.Stored, results.Judge(Batch(0, 1, 2), true));
        Assert.Equal(1, ledger.Repeated);
    }

    [Fact]
    public void A_stale_lease_is_a_duplicate_when_all_its_results_are_there_and_else_refused()
    {
        var (ledger, results) = With(1, 2);
        Assert.Equal(CommitAnswer.Duplicate, results.Judge(Batch(0, 2, 1), false));
        Assert.Equal(CommitAnswer.Refused, results.Judge(Batch(0, 2, 3), false));
        Assert.Equal(3, ledger.Repeated);
        Assert.Equal(2, ledger.Results.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_result_that_differs_from_the_stored_one_is_refused_and_not_counted(bool isLive)
    {
        var (ledger, results) = With(1);
        var other = new ResultBatch([new CellResult(1, [], "other").ToBytes()], 0);
        Assert.Equal(CommitAnswer.Refused, results.Judge(other, isLive));
        Assert.Equal(0, ledger.Repeated);
    }

    [Fact]
    public void Failed_results_are_counted()
    {
        var (_, results) = With(1, 2);
        results.Add(new ResultBatch([new CellResult(3, [], "broken").ToBytes()], 0));
        Assert.Equal(1, results.Failed);
    }

    private static (ShardLedger Ledger, ShardResults Results) With(params long[] cells)
    {
        var ledger = new ShardLedger();
        var results = new ShardResults(ledger);
        results.Add(Batch(0, cells));
        return (ledger, results);
    }

    private static ResultBatch Batch(long pathTicks, params long[] cells) =>
        new([.. cells.Select(c => new CellResult(c, [], null).ToBytes())], pathTicks);
}
