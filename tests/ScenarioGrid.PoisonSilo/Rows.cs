using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ScenarioGrid.Grains;
using ScenarioGrid.Measures;
using ScenarioGrid.Silo;

namespace ScenarioGrid.PoisonSilo;

/// <summary>Reads every stored row of a campaign through the HTTP door, as it is, and prints a line per row.</summary>
/// <remarks>This is the count of lost and repeated cells that does not trust the ledger's own counters.</remarks>
internal static class Rows
{
    /// <summary>Prints "CELL HASH ERROR" of every row, then "shards S rows R" on the error stream.</summary>
    /// <param name="url">Address of a silo.</param>
    /// <param name="tokenFile">File with the bearer token.</param>
    /// <param name="campaign">Id of the campaign.</param>
    public static async Task<int> Print(string url, string tokenFile, string campaign)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(tokenFile));
        var status = JsonSerializer.Deserialize<JsonElement>(await Get(http, $"/api/v1/campaigns/{campaign}"));
        var shards = Shard.Of(status.GetProperty("cells").GetInt64());
        var rows = 0;
        for (var shard = 0; shard < shards; shard++)
        {
            for (long from = 0; ;)
            {
                var page = ResultsWire.Read(
                    await Get(http, $"/api/v1/campaigns/{campaign}/results?shard={shard}&from={from}"));
                foreach (var result in page.Batches.SelectMany(PackedResults.Read))
                {
                    rows++;
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{result.Cell} {HashOf(result)} {result.Error}"));
                }

                if (page.Next == from)
                {
                    break;
                }

                from = page.Next;
            }
        }

        await Console.Error.WriteLineAsync($"shards {shards} rows {rows}");
        return 0;
    }

    private static string HashOf(CellResult result) =>
        Convert.ToHexStringLower(SHA256.HashData(result.CanonicalBytes()))[..16];

    private static Task<byte[]> Get(HttpClient http, string path) =>
        http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
}
