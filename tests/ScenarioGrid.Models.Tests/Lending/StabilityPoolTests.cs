using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Tests.References;

namespace ScenarioGrid.Models.Tests.Lending;

public class StabilityPoolTests
{
    // C19b.
    [Fact]
    public void Each_of_three_deposits_bears_a_third()
    {
        var start = StabilityPool.Of(30_000);
        var after = start.Offset(10_000, 100 * 0.995);
        ReferenceCases.Check("C19b", after.LeftOf(10_000, start)[0], after.GainOf(10_000, start)[0]);
    }

    [Fact]
    public void Product_and_sum_agree_with_books_kept_deposit_by_deposit() =>
        Gen.Select(Gen.Double[1.0, 1e6].Array[1, 6],
            Gen.Select(Gen.Double[0.0, 0.9], Gen.Double[0.0, 100]).Array[1, 20]).Sample((deposits, debts) =>
            {
                var pool = StabilityPool.Of(0);
                var (books, gains) = (new List<double>(), new List<double>());
                var then = new List<StabilityPool>();
                for (var step = 0; step < debts.Length; step++)
                {
                    if (step < deposits.Length)
                    {
                        then.Add(pool);
                        books.Add(deposits[step]);
                        gains.Add(0);
                        pool = pool.Add(deposits[step]);
                    }

                    var (share, tokens) = debts[step];
                    pool = pool.Offset(pool.Coins * share, tokens);
                    var all = books.Sum();
                    for (var k = 0; k < books.Count; k++)
                    {
                        gains[k] += share > 0 ? tokens * books[k] / all : 0;
                        books[k] *= 1 - share;
                    }
                }

                for (var k = 0; k < books.Count; k++)
                {
                    Assert.Equal(books[k], pool.LeftOf(deposits[k], then[k])[0], 1e-9 * deposits[k]);
                    Assert.Equal(gains[k], pool.GainOf(deposits[k], then[k])[0], 1e-9 * (1 + gains[k]));
                }

                Assert.Equal(books.Sum(), pool.Coins[0], 1e-9 * books.Sum());
            });

    [Fact]
    public void A_debt_as_large_as_the_pool_empties_it()
    {
        var after = StabilityPool.Of(100).Offset(100, 5);
        Assert.Equal((0.0, 0.0, 0.05), (after.Coins[0], after.Product[0], after.Sum[0]));
        Assert.Equal(after, after.Offset(10, 1));
    }
}
