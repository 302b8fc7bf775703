using StackExchange.Redis;

namespace ScenarioGrid.Silo;

/// <summary>Waits for Redis before the silo starts: with the store down there is nothing to join and nothing to do.
/// </summary>
public static class RedisWait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Connects and asks for a sign of life.</summary>
    /// <param name="options">Where Redis is.</param>
    /// <param name="time">The clock that the patience is measured by.</param>
    /// <param name="say">Takes one line when Redis does not answer, and one when it never did.</param>
    /// <returns>The connection, or null when Redis did not answer for a minute.</returns>
    public static async Task<IConnectionMultiplexer?> Connect(
        ConfigurationOptions options, TimeProvider time, Action<string> say)
    {
        var started = time.GetTimestamp();
        var address = string.Join(", ", options.EndPoints.Select(e => $"{e}".Replace("Unspecified/", "")));
        for (string? said = null; ;)
        {
            var problem = await Ask(options);
            if (problem is null)
            {
                return await ConnectionMultiplexer.ConnectAsync(options);
            }

            if (time.GetElapsedTime(started) >= Patience)
            {
                say($"scenariogrid silo: Redis at {address}: {problem}; gave up after {Patience.TotalSeconds:0} s");
                return null;
            }

            if (problem != said)
            {
                say($"scenariogrid silo: Redis at {address}: {problem}; trying for {Patience.TotalSeconds:0} s");
                said = problem;
            }

            await Task.Delay(Pause, time);
        }
    }

    /// <summary>What is wrong, in a few words that stay the same while it is wrong; null for nothing.</summary>
    /// <remarks>A connection of its own: one that comes back by itself tells only the first why it could not.</remarks>
    private static async Task<string?> Ask(ConfigurationOptions options)
    {
        var once = options.Clone();
        once.AbortOnConnectFail = true;
        once.ConnectRetry = 1;
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(once);
            await redis.GetDatabase().PingAsync();
            return null;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return Refusal(Text(e)) ?? "does not answer";
        }
    }

    private static string Text(Exception e) =>
        e.InnerException is null ? e.Message : e.Message + Text(e.InnerException);

    private static string? Refusal(string text) =>
        text.Contains("WRONGPASS", StringComparison.Ordinal) || text.Contains("NOAUTH", StringComparison.Ordinal)
            || text.Contains("AuthenticationFailure", StringComparison.Ordinal)
            || text.Contains("authentication failure", StringComparison.Ordinal)
            ? "refuses the user or password (redisUser, redisPasswordFile)"
        : text.Contains("LOADING", StringComparison.Ordinal) ? "is loading its data"
        : null;
}
