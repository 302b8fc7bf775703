namespace ScenarioGrid.Models.Bridges;

/// <summary>A token bucket that limits what a bridge lets through; immutable, in whole units and seconds.</summary>
/// <remarks>
/// <code>
/// tokens = min(capacity, tokens + (now - updated) rate)
/// request above capacity: never;  above tokens: wait ceil((request - tokens) / rate)
/// </code>
/// <para>Source: smartcontractkit/ccip at dee09c7, RateLimiter._consume.</para>
/// </remarks>
/// <param name="Capacity">Most tokens that it holds.</param>
/// <param name="Rate">Tokens that come back per second; below the capacity.</param>
/// <param name="Tokens">Tokens in it at <paramref name="Updated"/>.</param>
/// <param name="Updated">Second of the last change.</param>
public readonly record struct TokenBucket(long Capacity, long Rate, long Tokens, long Updated)
{
    /// <summary>A full bucket.</summary>
    public static TokenBucket Full(long capacity, long rate, long now = 0) => new(capacity, rate, capacity, now);

    /// <summary>The bucket refilled up to a moment not before the last change.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before the last change.</exception>
    public TokenBucket At(long now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, Updated);

        // In 128 bits, as elapsed time and rate are free to be large.
        var refilled = Int128.Min(Capacity, Tokens + (Int128)(now - Updated) * Rate);
        return this with { Tokens = (long)refilled, Updated = now };
    }

    /// <summary>Asks for an amount at a moment.</summary>
    /// <returns>The bucket afterwards, whether the amount went through, and seconds to wait: 0 if it did, null for
    /// never.</returns>
    public (TokenBucket Bucket, bool IsThrough, long? Wait) Request(long amount, long now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var bucket = At(now);
        if (amount > Capacity || (amount > bucket.Tokens && Rate <= 0))
        {
            return (bucket, false, null);
        }

        return amount <= bucket.Tokens
            ? (bucket with { Tokens = bucket.Tokens - amount }, true, 0)
            : (bucket, false, (amount - bucket.Tokens + Rate - 1) / Rate);
    }
}
