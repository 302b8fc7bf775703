using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace ScenarioGrid.Silo;

/// <summary>How often one token may ask.</summary>
/// <remarks>The one caller of a silo without tokens owns the machine and is not limited.</remarks>
public static class RequestLimits
{
    /// <summary>Policy of the route that takes campaigns.</summary>
    public const string Submit = "submit";

    private const int Segments = 6;
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);

    /// <summary>Sets the limits up.</summary>
    public static void Configure(RateLimiterOptions options, HttpLimits limits)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            Key(context) is { } key ? RateLimitPartition.GetTokenBucketLimiter(key, _ => Requests(limits)) : None());
        options.AddPolicy(Submit, context =>
            Key(context) is { } key ? RateLimitPartition.GetSlidingWindowLimiter(key, _ => Submits(limits)) : None());
        options.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : DefaultWait;
            await HttpProblem.Write(
                rejected.HttpContext, HttpProblem.RateLimited, "this token asks more often than it may", wait);
        };
    }

    private static RateLimitPartition<string> None() => RateLimitPartition.GetNoLimiter("");

    /// <summary>Whom to count; null for callers without a token, who are refused or need none.</summary>
    private static string? Key(HttpContext context) =>
        context.TokenIdOf() is { } id && id != Callers.LocalId ? id : null;

    private static TokenBucketRateLimiterOptions Requests(HttpLimits limits) => new()
    {
        TokenLimit = 2 * limits.RequestsPerSecond,
        TokensPerPeriod = limits.RequestsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    private static SlidingWindowRateLimiterOptions Submits(HttpLimits limits) => new()
    {
        PermitLimit = limits.SubmitsPerMinute,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = Segments,
        QueueLimit = 0,
    };
}

/// <summary>Counts open event streams by token.</summary>
public sealed class StreamLimit(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = [];

    /// <summary>Opens one.</summary>
    /// <returns>What closes it again, or null when the token has as many as it may.</returns>
    public IDisposable? Open(string token)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(token);
            if (open >= most)
            {
                return null;
            }

            _open[token] = open + 1;
            return new Stream(this, token);
        }
    }

    private void Close(string token)
    {
        lock (_lock)
        {
            if (--_open[token] == 0)
            {
                _open.Remove(token);
            }
        }
    }

    private sealed class Stream(StreamLimit limit, string token) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                limit.Close(token);
            }
        }
    }
}
