namespace ScenarioGrid.Cli;

/// <summary>Where a cluster is.</summary>
public abstract record ClusterAddress
{
    /// <summary>The word for the cluster that <c>cluster up</c> started here.</summary>
    public const string Local = "local";

    /// <summary>The word for no cluster, whatever the environment says.</summary>
    public const string None = "none";

    /// <summary>The address without any secret, as messages show it.</summary>
    public abstract string Text { get; }

    /// <summary>Reads an address.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static ClusterAddress Parse(string text)
    {
        var uris = new List<Uri>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(part, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Query.Length > 0)
            {
                throw Wrong(text);
            }

            if (uri.UserInfo.Length > 0)
            {
                throw new CommandException(Exit.Usage, "a cluster address has no user or password; "
                    + "see SCENARIOGRID_TOKEN_FILE and SCENARIOGRID_REDIS_PASSWORD_FILE");
            }

            uris.Add(uri);
        }

        return uris[0].Scheme switch
        {
            "http" or "https" when uris.All(u => u.Scheme is "http" or "https" && u.AbsolutePath == "/") =>
                new HttpAddress(uris),
            "redis" or "rediss" when uris.Count == 1 => Redis(uris[0], text),
            _ => throw Wrong(text),
        };
    }

    private static RedisAddress Redis(Uri uri, string text)
    {
        const int port = 6379;
        var id = uri.AbsolutePath.Trim('/');
        return id.Contains('/', StringComparison.Ordinal)
            ? throw Wrong(text)
            : new RedisAddress(
                uri.Host, uri.Port < 0 ? port : uri.Port, id.Length > 0 ? id : "scenariogrid", uri.Scheme == "rediss");
    }

    private static CommandException Wrong(string text) => new(Exit.Usage,
        $"'{text}' is no cluster; write http(s)://host:port, redis://host:port[/clusterId], "
        + $"or {Local} for the cluster that 'cluster up' started here");
}

/// <summary>The way in from outside: HTTP fronts of one cluster, any of which may answer.</summary>
/// <param name="Fronts">The fronts.</param>
/// <param name="Name">A word for them where their ports change from start to start, or null.</param>
public sealed record HttpAddress(IReadOnlyList<Uri> Fronts, string? Name = null) : ClusterAddress
{
    public override string Text => Name ?? string.Join(',', Fronts.Select(f => f.ToString().TrimEnd('/')));
}

/// <summary>The way in inside the trust zone: the silos that Redis lists.</summary>
public sealed record RedisAddress(string Host, int Port, string ClusterId, bool IsTls) : ClusterAddress
{
    public override string Text =>
        FormattableString.Invariant($"{(IsTls ? "rediss" : "redis")}://{Host}:{Port}/{ClusterId}");
}
