using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ScenarioGrid.Reports.Runs;

namespace ScenarioGrid.Cli.Tests.Commands;

[Collection(SmallRun.Collection)]
public class ResumeCommandTests(SmallRun run)
{
    /// <summary>So many paths that a run takes seconds, and is met at work.</summary>
    private static readonly string[] s_long = ["--paths", "512", "--workers", "1", "--id", "long"];

    [Fact]
    public async Task A_killed_run_goes_on_to_the_bytes_of_an_unbroken_one()
    {
        using var folder = new TempFolder();
        using (var unbroken = Child.Start(["run", SmallRun.File, "--runs", folder["a"], .. s_long]))
        using (var killed = Child.Start(["run", SmallRun.File, "--runs", folder["b"], .. s_long]))
        {
            await killed.Says(" ETA ");
            killed.Signal("KILL");
            Assert.Equal(137, (await killed.End()).Exit);
            (await unbroken.End()).Expect(Exit.Ok);
        }

        var broken = Path.Combine(folder["b"], "long");
        Assert.Equal("running", RunManifest.Read(Path.Combine(broken, "manifest.json")).State);
        Assert.Contains("killed", (await ConsoleRun.Of("list", "--runs", folder["b"])).Expect(Exit.Ok).Out,
            StringComparison.Ordinal);
        var resumed = (await ConsoleRun.Of("resume", "long", "--runs", folder["b"])).Expect(Exit.Ok);

        Assert.Matches(@"long: 12 cells x 512 paths x 240 ticks, \d+ workers, \d+ cells known", resumed.ErrorLines[0]);
        Assert.Equal(Files(Path.Combine(folder["a"], "long")), Files(broken));
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_is_there_and_says_how_to_go_on()
    {
        using var folder = new TempFolder();

        // Long enough that it is not over before the signal arrives, however busy the machine is.
        using var child = Child.Start(
            ["run", SmallRun.File, "--runs", folder.Path, "--id", "long", "--paths", "16384"]);
        await child.Says(" ETA ");
        child.Signal("INT");
        var ended = (await child.End()).Expect(Exit.Interrupted);

        Assert.Matches(@"^interrupted with \d+ of 12 cells; go on with: scenariogrid resume long$",
            ended.ErrorLines[^1]);
        Assert.Equal("interrupted", RunManifest.Read(Path.Combine(folder["long"], "manifest.json")).State);
        var shown = (await ConsoleRun.Of("show", "long", "--runs", folder.Path)).Expect(Exit.Ok);
        Assert.Contains("go on with: scenariogrid resume long", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_run_computes_nothing_again()
    {
        using var copy = Copy();
        var before = Files(copy["done"]);
        var ended = (await ConsoleRun.Of("resume", "done", "--runs", copy.Path)).Expect(Exit.Ok);
        Assert.Contains("0 cells in", ended.Error, StringComparison.Ordinal);
        Assert.Equal(before, Files(copy["done"]));
    }

    [Fact]
    public async Task A_run_that_is_being_computed_is_left_alone()
    {
        using var copy = Copy();
        using var held = await RunFolder.Open(copy["done"], Models.Kernel.ComponentCatalog.Default);
        held.Resume(DateTime.UnixEpoch);
        var ended = (await ConsoleRun.Of("resume", "done", "--runs", copy.Path)).Expect(Exit.NotFound);
        Assert.Equal("done is being computed by another process right now", Assert.Single(ended.ErrorLines));
    }

    [Theory]
    [InlineData("manifest.json", "the manifest is cut short or damaged")]
    [InlineData("campaign.yaml", "was changed after the run began")]
    [InlineData("cells/part-0.parquet", "the part is cut short or damaged")]
    public async Task A_file_that_is_cut_short_is_named_in_one_line(string file, string why)
    {
        using var copy = Copy();
        var path = Path.Combine(copy["done"], file);
        using (var stream = new FileStream(path, FileMode.Open))
        {
            stream.SetLength(stream.Length / 2);
        }

        var line = Assert.Single(
            (await ConsoleRun.Of("resume", "done", "--runs", copy.Path)).Expect(Exit.NotFound).ErrorLines);
        Assert.Contains(path, line, StringComparison.Ordinal);
        Assert.Contains(why, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_was_deleted_is_computed_again_to_the_same_bytes()
    {
        using var copy = Copy();
        var before = Files(copy["done"]);
        File.Delete(Path.Combine(copy["done"], "cells", "part-0.parquet"));
        (await ConsoleRun.Of("resume", "done", "--runs", copy.Path)).Expect(Exit.Ok);
        Assert.Equal(before, Files(copy["done"]));
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", Exit.NotFound, "schema 2 is newer than this version reads (1)")]
    [InlineData("\"engine\": \"", "\"engine\": \"9.", Exit.Usage, "mixing would break reproducibility")]
    public async Task A_run_of_a_newer_version_is_refused(string from, string to, int exit, string why)
    {
        using var copy = Copy();
        var path = Path.Combine(copy["done"], "manifest.json");
        await File.WriteAllTextAsync(
            path, (await File.ReadAllTextAsync(path)).Replace(from, to, StringComparison.Ordinal));
        var line = Assert.Single((await ConsoleRun.Of("resume", "done", "--runs", copy.Path)).Expect(exit).ErrorLines);
        Assert.Contains(why, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_leaves_no_half_file_and_the_run_can_go_on()
    {
        using var folder = new TempFolder();
        // A limit on the size of files acts as a full disk does, without a disk to fill. The runtime itself would map
        // larger files for its code pages unless told not to.
        using var child = Child.Shell("trap '' XFSZ; ulimit -f 100; export DOTNET_EnableWriteXorExecute=0; "
            + $"exec $SG run {SmallRun.File} --runs {folder.Path} --id full");
        var ended = (await child.End()).Expect(Exit.CannotWrite);

        Assert.Contains("then: scenariogrid resume full", ended.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder["full"], "report.html")));
        Assert.Empty(Directory.GetFiles(folder["full"], "*.partial", SearchOption.AllDirectories));
        using (JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder["full"], "manifest.json"))))
        {
            (await ConsoleRun.Of("resume", "full", "--runs", folder.Path)).Expect(Exit.Ok);
        }

        Assert.Equal(RunManifest.Read(Path.Combine(run.Run, "manifest.json")).ResultHash,
            RunManifest.Read(Path.Combine(folder["full"], "manifest.json")).ResultHash);
    }

    /// <summary>What must be equal however a run went: name and hash of results, checks and report.</summary>
    private static string Files(string folder)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "cells")).Order(StringComparer.Ordinal)
            .Append(Path.Combine(folder, "checks.json")).Append(Path.Combine(folder, "report.html")))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            text.AppendLine($"{Path.GetFileName(file)} {hash}");
        }

        return text.ToString();
    }

    private TempFolder Copy()
    {
        var copy = new TempFolder();
        foreach (var file in Directory.GetFiles(run.Run, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy["done"], Path.GetRelativePath(run.Run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }
}
