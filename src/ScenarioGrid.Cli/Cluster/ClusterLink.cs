using ScenarioGrid.Campaigns;
using ScenarioGrid.Cli.Commands;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Cli;

/// <summary>A connection to a cluster.</summary>
public sealed class ClusterLink : IAsyncDisposable
{
    /// <summary>How long a silent cluster is asked again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object _inner;

    private ClusterLink(ICampaignFront front, object inner, string address) =>
        (Front, _inner, Address) = (front, inner, address);

    /// <summary>The way to the campaigns.</summary>
    public ICampaignFront Front { get; }

    /// <summary>The address, without secrets.</summary>
    public string Address { get; }

    /// <summary>Who asks, where no token says it: inside the trust zone the user of this machine.</summary>
    public static Caller Caller { get; } = new(NameOf(Environment.UserName), Role.Operator);

    /// <summary>Connects to a cluster.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="terminal">Hears of trouble.</param>
    /// <param name="stop">Stops.</param>
    /// <param name="patience">How long a silent cluster is asked again; <see cref="Patience"/> when null.</param>
    /// <exception cref="CommandException">It does not answer.</exception>
    public static async Task<ClusterLink> Open(
        ClusterAddress address, Terminal terminal, CancellationToken stop, TimeSpan? patience = null)
    {
        var time = patience ?? Patience;
        ICampaignFront front = address switch
        {
            HttpAddress http => new HttpCampaignFront(http.Fronts, Token(http, terminal)),
            RedisAddress redis => await Connect(redis, time, stop),
            _ => throw new InvalidOperationException($"no way to {address}"),
        };
        return new ClusterLink(
            new PatientFront(front, address.Text, time, TimeProvider.System, terminal.Note, stop), front, address.Text);
    }

    /// <summary>The campaign that an id or the beginning of one names.</summary>
    /// <exception cref="CommandException">There is none, or several.</exception>
    public async Task<CampaignStatus> Find(string id)
    {
        CommonOptions.CheckName(id);
        try
        {
            return await Front.Status(id, Caller);
        }
        catch (GridException e) when (e.Code == "UNKNOWN_CAMPAIGN")
        {
            var all = await Front.List(Caller);
            var found = all.Where(c => c.Campaign.StartsWith(id, StringComparison.Ordinal)).ToList();
            return found.Count switch
            {
                1 => found[0],
                0 => throw new CommandException(Exit.NotFound,
                    $"there is no campaign '{id}' at {Address}{Suggestion.Text(id, all.Select(c => c.Campaign))}"),
                _ => throw new CommandException(
                    Exit.NotFound, $"'{id}' may be {string.Join(" or ", found.Select(c => c.Campaign))}"),
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_inner is IAsyncDisposable slow)
        {
            await slow.DisposeAsync();
        }
        else
        {
            (_inner as IDisposable)?.Dispose();
        }
    }

    private static async Task<OrleansCampaignFront> Connect(
        RedisAddress redis, TimeSpan patience, CancellationToken stop)
    {
        try
        {
            return await OrleansCampaignFront.Connect(redis, Secrets.RedisPassword(), patience, stop);
        }
        catch (LostConnectionException e)
        {
            throw new CommandException(Exit.Unreachable,
                FormattableString.Invariant(
                    $"no answer from {redis.Text} for {patience.TotalSeconds:0} s: {e.Message}"));
        }
    }

    private static string? Token(HttpAddress http, Terminal terminal)
    {
        var token = Secrets.Token();
        if (token is not null && http.Fronts.FirstOrDefault(f => f.Scheme == "http" && !f.IsLoopback) is { } open)
        {
            terminal.Note($"the token goes to {open.Authority} unencrypted; use https outside of a protected network");
        }

        return token;
    }

    private static string NameOf(string user)
    {
        var name = string.Concat(user.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_'));
        return name.Length == 0 ? "user" : name[..Math.Min(64, name.Length)];
    }
}
