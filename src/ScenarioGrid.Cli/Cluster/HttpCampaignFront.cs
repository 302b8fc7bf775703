using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ScenarioGrid.Grains;
using ScenarioGrid.Silo;

namespace ScenarioGrid.Cli;

/// <summary>A cluster over HTTP. Who asks is said by the token alone, so the callers of methods are not sent.</summary>
/// <remarks>When a front does not answer, the next call goes to the next one.</remarks>
public sealed class HttpCampaignFront : ICampaignFront, IDisposable
{
    private const string Campaigns = "api/v1/campaigns";
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(3);

    /// <summary>A front answers or refuses within 10 s.</summary>
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(15);

    private readonly IReadOnlyList<Uri> _fronts;
    private readonly HttpClient _http;
    private int _front;

    /// <param name="fronts">Addresses of one cluster.</param>
    /// <param name="token">Bearer token, or null.</param>
    public HttpCampaignFront(IReadOnlyList<Uri> fronts, string? token)
    {
        _fronts = fronts;

        // A redirect would carry the token to another host.
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTime, AllowAutoRedirect = false };
        _http = new HttpClient(handler) { Timeout = CallTime };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public async Task<SubmitAnswer> Submit(CampaignSubmission submission, Caller caller)
    {
        var query = $"?blockPaths={Text(submission.BlockPaths)}&spread={(submission.Spread ? "true" : "false")}"
            + $"&priority={submission.Priority.ToString().ToLowerInvariant()}"
            + (submission.Id is { } id ? $"&id={Uri.EscapeDataString(id)}" : "");
        var answer = await Json<SubmitDocument>(HttpMethod.Post, Campaigns + query, () =>
        {
            var body = new ByteArrayContent(Encoding.UTF8.GetBytes(submission.Text));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
            return body;
        });
        return new SubmitAnswer(answer.Campaign, answer.IsNew, answer.Cells);
    }

    public async Task<CampaignStatus[]> List(Caller caller) =>
        [.. (await Json<CampaignListDocument>(HttpMethod.Get, Campaigns)).Campaigns.Select(c => c.ToStatus())];

    public Task<CampaignStatus> Status(string campaign, Caller caller) => Status(HttpMethod.Get, campaign, "");

    public async Task<CampaignSubmission> Submission(string campaign, Caller caller) =>
        (await Json<SubmissionDocument>(HttpMethod.Get, Path(campaign) + "/submission")).ToSubmission();

    public async Task<ShardPage> Results(string campaign, int shard, long from, Caller caller)
    {
        var bytes = await Send(HttpMethod.Get, $"{Path(campaign)}/results?shard={Text(shard)}&from={Text(from)}",
            null, content => content.ReadAsByteArrayAsync());
        return ResultsWire.Read(bytes);
    }

    public async Task<LogPage> Log(string campaign, long from, Caller caller) =>
        (await Json<LogDocument>(HttpMethod.Get, $"{Path(campaign)}/log?from={Text(from)}")).ToPage();

    public Task<CampaignStatus> Cancel(string campaign, string reason, Caller caller) =>
        Status(HttpMethod.Post, campaign, $"/cancel?reason={Uri.EscapeDataString(reason)}");

    public Task<CampaignStatus> Retry(string campaign, Caller caller) => Status(HttpMethod.Post, campaign, "/retry");

    public Task Remove(string campaign, Caller caller) =>
        Send(HttpMethod.Delete, Path(campaign), null, _ => Task.FromResult(true));

    public async Task<ClusterStatus> Cluster(Caller caller) =>
        (await Json<ClusterDocument>(HttpMethod.Get, "api/v1/cluster")).ToStatus();

    public void Dispose() => _http.Dispose();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Path(string campaign) => $"{Campaigns}/{Uri.EscapeDataString(campaign)}";

    private async Task<CampaignStatus> Status(HttpMethod method, string campaign, string verb) =>
        (await Json<CampaignDocument>(method, Path(campaign) + verb)).ToStatus();

    private async Task<T> Json<T>(HttpMethod method, string path, Func<HttpContent>? body = null) =>
        await Send(method, path, body, async content =>
            await content.ReadFromJsonAsync<T>(ApiDocuments.Options)
                ?? throw new JsonException("the answer is empty"));

    private async Task<T> Send<T>(
        HttpMethod method, string path, Func<HttpContent>? body, Func<HttpContent, Task<T>> read)
    {
        var front = _front;
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_fronts[front], path));
            request.Content = body?.Invoke();
            using var response = await _http.SendAsync(request);
            return response.IsSuccessStatusCode
                ? await read(response.Content)
                : throw await Refusal(response);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException
            or LostConnectionException { IsBusy: false })
        {
            // Calls run one after another or on purpose together; whichever fails first moves all to the next front.
            Interlocked.CompareExchange(ref _front, (front + 1) % _fronts.Count, front);
            throw e as LostConnectionException ?? new LostConnectionException(
                e is OperationCanceledException ? "no answer in time" : Innermost(e).Message);
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException)
        {
            throw new GridException(
                "PROTOCOL", $"{_fronts[front].Authority} does not answer like a ScenarioGrid cluster: {e.Message}");
        }
    }

    /// <summary>What a refusal says: codes that pass with time are worth asking again.</summary>
    private static async Task<Exception> Refusal(HttpResponseMessage response)
    {
        var problem = await Problem(response);
        var wait = response.Headers.RetryAfter?.Delta;
        return (problem?.Code, response.StatusCode) switch
        {
            ("STORE_DOWN" or HttpProblem.Timeout, _) =>
                new LostConnectionException(problem.Detail, wait: wait),
            (HttpProblem.RateLimited, _) => new LostConnectionException(problem.Detail, isBusy: true, wait),
            ({ } code, _) => new GridException(code, problem!.Detail),
            (null, HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout) =>
                new LostConnectionException($"HTTP {(int)response.StatusCode}", wait: wait),
            (null, HttpStatusCode.Unauthorized) => new GridException(HttpProblem.Unauthenticated, "a token is needed"),
            _ => new GridException("PROTOCOL", $"HTTP {(int)response.StatusCode} from "
                + $"{response.RequestMessage!.RequestUri!.Authority}, which is perhaps no ScenarioGrid cluster"),
        };
    }

    private static async Task<ProblemDocument?> Problem(HttpResponseMessage response)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<ProblemDocument>(ApiDocuments.Options) is
                { Code.Length: > 0 } problem ? problem : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static Exception Innermost(Exception e) => e.InnerException is null ? e : Innermost(e.InnerException);
}
