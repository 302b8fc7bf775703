using System.Net;

namespace ScenarioGrid.Silo;

/// <summary>Asks a health address, for container engines whose images hold no other program that could.</summary>
public static class HealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks once.</summary>
    /// <returns>0 when the address answers 200, else 1.</returns>
    public static async Task<int> Ask(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"scenariogrid silo: {address} is no http address");
            return SiloExit.Unhealthy;
        }

        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(uri);
            return answer.StatusCode == HttpStatusCode.OK ? SiloExit.Ok : SiloExit.Unhealthy;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"scenariogrid silo: {uri}: {e.Message}");
            return SiloExit.Unhealthy;
        }
    }
}
