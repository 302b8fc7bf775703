using System.Diagnostics;
using ScenarioGrid.Grains;

namespace ScenarioGrid.Silo.Tests.Store;

/// <summary>The store for a machine without redis-server.</summary>
public class StoreProgramTests
{
    [Fact]
    public async Task It_ends_when_asked_and_has_everything_at_its_next_start()
    {
        var server = new RedisServer(redis: false);
        await server.InitializeAsync();
        try
        {
            await using var store = await RedisStore.Open(RedisOptions.Parse(server.Address), "sg:test:");
            Assert.True(await store.Apply(new("r", 0, [1, 0, 2], new StoreEffect.Include("s", "m"))));
            Assert.Equal(0, server.Terminate());
            await server.Start();
            await using var again = await RedisStore.Open(RedisOptions.Parse(server.Address), "sg:test:");
            Assert.Equal([1, 0, 2], (await again.Read("r"))[0].Value!);
            Assert.Equal(["m"], await again.Members("s"));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--port", "0", "--folder", "nowhere")]
    [InlineData("--port", "much", "--folder", "nowhere")]
    [InlineData("--folder", "nowhere")]
    public async Task Wrong_words_are_answered_with_the_usage(params string[] words)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [RedisServer.StoreProgram, .. words])
        {
            RedirectStandardError = true,
        })!;
        Assert.StartsWith("usage: ", await program.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await program.WaitForExitAsync();
        Assert.Equal(2, program.ExitCode);
    }
}
