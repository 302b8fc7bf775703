using ScenarioGrid.Grains;
using StackExchange.Redis;

namespace ScenarioGrid.Silo;

/// <summary>Says what went wrong with Redis, and what to do about it.</summary>
internal static class RedisFault
{
    private const int TextMost = 160;

    private const string Unreachable =
        "Check that it runs and that this machine reaches it; work goes on by itself when it answers.";

    private const string Forbidden =
        "Its user may not do this: compare the access list of Redis with deploy/redis/users.acl.";

    /// <summary>Beginnings of what Redis answers, and what to do then.</summary>
    private static readonly (string Begins, string Do)[] Advice =
    [
        ("NOAUTH", "Give the silo the password of its Redis user."),
        ("WRONGPASS", "Give the silo the name and password that are in the access list of Redis."),
        ("NOPERM", Forbidden),
        ("ERR The user executing the script", Forbidden),
        ("MISCONF", "It cannot write its file: free its disk, then it goes on by itself."),
        ("OOM", "Its memory is full: raise maxmemory, or remove ended campaigns."),
        ("READONLY", "This one only repeats another: name the primary."),
        ("LOADING", "It reads its file after a start: work goes on by itself when it has."),
        ("BUSY", "Another script holds it: look who else uses this Redis."),
        ("WRONGTYPE", "Something else writes under this prefix: give the cluster a prefix of its own."),
    ];

    /// <summary>Whether an exception comes from Redis or the way to it.</summary>
    /// <remarks>Questions that wait while their connection ends fail with InvalidOperationException ("Reading is not
    /// allowed after reader was completed").</remarks>
    public static bool Is(Exception e) =>
        e is RedisException or RedisCommandException or TimeoutException or InvalidOperationException
            or OperationCanceledException or IOException;

    /// <summary>The exception that the ledger knows.</summary>
    /// <param name="e">What happened.</param>
    /// <param name="address">Hosts and ports.</param>
    public static StoreException Named(Exception e, string address)
    {
        var (problem, todo) = e switch
        {
            RedisServerException => ($"says: {First(e.Message)}", ForAnswer(e.Message)),
            RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
                ("refuses the silo", "Give the silo the name and password that are in the access list of Redis."),
            ObjectDisposedException => ("is closed to this silo", "The silo is stopping; ask another."),
            TimeoutException => ($"did not answer in {RedisOptions.OperationMs} ms", Unreachable),
            _ => ($"is not connected ({First(e.Message.Split(" (")[0])})", Unreachable),
        };
        return new($"Redis at {address} {problem}. {todo}", e);
    }

    private static string ForAnswer(string answer)
    {
        foreach (var (begins, todo) in Advice)
        {
            if (answer.StartsWith(begins, StringComparison.Ordinal))
            {
                return todo;
            }
        }

        return "Look into its log.";
    }

    /// <summary>The client's messages run on for a screen of counters; their beginning says what matters.</summary>
    private static string First(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        var line = (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
        return line.Length <= TextMost ? line : line[..TextMost];
    }
}
