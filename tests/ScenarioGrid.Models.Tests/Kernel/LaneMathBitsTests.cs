using System.Diagnostics;

namespace ScenarioGrid.Models.Tests.Kernel;

/// <summary>Runs ScenarioGrid.Bits in child processes, each with other instruction sets switched off.</summary>
public class LaneMathBitsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Results_have_the_same_bits_on_every_instruction_set()
    {
        var usual = await RunAsync(null);
        Assert.Equal(64, usual.Hash.Length);
        Assert.Equal(usual.Hash, (await RunAsync("DOTNET_EnableAVX512")).Hash);
        Assert.Equal(usual.Hash, (await RunAsync("DOTNET_EnableAVX2")).Hash);
        var plain = await RunAsync("DOTNET_EnableHWIntrinsic");
        Assert.Equal((usual.Hash, "False"), plain);
    }

    private static async Task<(string Hash, string Accelerated)> RunAsync(string? disabled)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ScenarioGrid.Bits.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program]) { RedirectStandardOutput = true };
        foreach (var name in new[] { "DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic" })
        {
            start.Environment.Remove(name);
        }

        if (disabled is not null)
        {
            start.Environment[disabled] = "0";
        }

        using var child = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var lines = (await child.StandardOutput.ReadToEndAsync(limit.Token)).Split('\n');
            await child.WaitForExitAsync(limit.Token);
            Assert.Equal(0, child.ExitCode);
            return (lines[0].Trim(), lines[1].Trim());
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill(entireProcessTree: true);
            }
        }
    }
}
