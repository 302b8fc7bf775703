using ScenarioGrid.Models.Bridges;

namespace ScenarioGrid.Models.Tests.Bridges;

public class TokenBucketTests
{
    [Fact]
    public void Requests_are_answered_as_by_the_contract()
    {
        // XC-7: capacity 100, rate 5; semantics of smartcontractkit/ccip at dee09c7.
        var (bucket, through, _) = TokenBucket.Full(100, 5).Request(50, 0);
        Assert.True(through);
        Assert.Equal(50, bucket.Tokens);
        Assert.Equal(70, bucket.At(4).Tokens);
        Assert.Equal((bucket.At(4), false, (long?)6), bucket.Request(99, 4));
        Assert.Equal((bucket.At(4), false, (long?)null), bucket.Request(101, 4));
        var (empty, all, _) = bucket.Request(100, 100);
        Assert.True(all);
        Assert.Equal(0, empty.Tokens);
    }

    [Fact]
    public void After_the_wait_the_request_goes_through_and_not_a_second_earlier() =>
        Gen.Select(Gen.Long[1, 1000], Gen.Long[1, 50], Gen.Long[1, 1000]).Sample((capacity, rate, amount) =>
        {
            var empty = new TokenBucket(capacity, rate, 0, 0);
            var wait = empty.Request(amount, 0).Wait;
            if (amount > capacity)
            {
                Assert.Null(wait);
                return;
            }

            Assert.True(empty.Request(amount, wait!.Value).IsThrough);
            Assert.False(empty.Request(amount, wait.Value - 1 < 0 ? 0 : wait.Value - 1).IsThrough);
        });

    [Fact]
    public void What_passes_never_exceeds_capacity_plus_refill() =>
        Gen.Select(Gen.Long[1, 1000], Gen.Long[0, 50], Gen.Long[0, 400].Array[1, 50]).Sample((
            capacity, rate, amounts) =>
        {
            var bucket = TokenBucket.Full(capacity, rate);
            var passed = 0L;
            for (var second = 0; second < amounts.Length; second++)
            {
                (bucket, var isThrough, _) = bucket.Request(amounts[second], second);
                passed += isThrough ? amounts[second] : 0;
            }

            Assert.InRange(passed, 0, capacity + rate * amounts.Length);
        });

    [Fact]
    public void Time_does_not_run_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenBucket.Full(1, 1, 10).At(9));
}
