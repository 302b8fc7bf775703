using System.Runtime.Versioning;
using ScenarioGrid.Cli.Tests.Cluster;

namespace ScenarioGrid.Cli.Tests.Commands;

/// <summary>Tokens: made by one command, sent from a file that nobody else can read.</summary>
[Collection(SmallRun.Collection)]
[UnsupportedOSPlatform("windows")]
public class TokenCommandTests
{
    [Fact]
    public async Task A_new_token_opens_what_its_role_may_do_and_no_more()
    {
        using var folder = new TempFolder();
        await using var cluster = await Guarded(folder);
        (await List(cluster, folder["viewer"])).Expect(Exit.Ok);
        var ended = (await With(new() { ["SCENARIOGRID_TOKEN_FILE"] = folder["viewer"] },
            "submit", SmallRun.File, "--no-wait", "-c", cluster.Address)).Expect(Exit.NotAllowed);
        Assert.StartsWith("FORBIDDEN: ", ended.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_or_with_a_wrong_one_nothing_opens()
    {
        using var folder = new TempFolder();
        await using var cluster = await Guarded(folder);
        (await With([], "list", "-c", cluster.Address)).Expect(Exit.NotAllowed);
        (await With(new() { ["SCENARIOGRID_TOKEN"] = "sg_wrong" }, "list", "-c", cluster.Address))
            .Expect(Exit.NotAllowed);
    }

    [Fact]
    public async Task A_token_file_that_others_can_read_is_refused()
    {
        using var folder = new TempFolder();
        await using var cluster = await Guarded(folder);
        File.SetUnixFileMode(folder["viewer"], UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var ended = (await List(cluster, folder["viewer"])).Expect(Exit.Usage);
        Assert.Contains("chmod 600", Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(cluster.Front.Calls);
    }

    [Theory]
    [InlineData("--name", "a b", "--role", "viewer")]
    [InlineData("--name", "ada", "--role", "king")]
    [InlineData("--name", "ada", "--role", "viewer", "--expires", "2001-01-01")]
    [InlineData("--name", "ada", "--role", "viewer", "--expires", "9999d")]
    [InlineData("--name", "ada", "--role", "viewer", "--expires", "soon")]
    public async Task What_no_token_can_be_is_refused(params string[] options) =>
        Assert.Empty((await ConsoleRun.Of(["token", "new", .. options])).Expect(Exit.Usage).Out);

    private static async Task<FakeCluster> Guarded(TempFolder folder)
    {
        var made = (await ConsoleRun.Of("token", "new", "--name", "ada", "--role", "viewer", "--expires", "2d"))
            .Expect(Exit.Ok);
        var token = Assert.Single(made.OutLines);
        Assert.DoesNotContain(token, made.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["viewer"], token + "\n");
        File.SetUnixFileMode(folder["viewer"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(folder["tokens"], made.Error);
        File.SetUnixFileMode(folder["tokens"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return await FakeCluster.Start(tokensFile: folder["tokens"]);
    }

    private static Task<Ended> List(FakeCluster cluster, string token) =>
        With(new() { ["SCENARIOGRID_TOKEN_FILE"] = token }, "list", "-c", cluster.Address);

    private static async Task<Ended> With(Dictionary<string, string> environment, params string[] args)
    {
        using var child = Child.With(environment, args);
        return await child.End();
    }
}
