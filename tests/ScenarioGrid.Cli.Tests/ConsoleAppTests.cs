namespace ScenarioGrid.Cli.Tests;

[Collection(SmallRun.Collection)]
public class ConsoleAppTests
{
    [Theory]
    [InlineData("there is no command 'shw' (did you mean 'show'?)", "shw")]
    [InlineData("there is no command 'vrify' (did you mean 'verify'?)", "vrify", "x")]
    [InlineData("there is no option '--pths' (did you mean '--paths'?)", "validate", "a.yaml", "--pths", "3")]
    public async Task A_mistyped_word_is_answered_with_the_nearest(string line, params string[] args)
    {
        var ended = (await ConsoleRun.Of(args)).Expect(Exit.Usage);
        Assert.Equal(line, ended.ErrorLines[0]);
        Assert.StartsWith("try: scenariogrid ", ended.ErrorLines[1], StringComparison.Ordinal);
        Assert.Equal(2, ended.ErrorLines.Length);
        Assert.Empty(ended.Out);
    }

    [Theory]
    [InlineData]
    [InlineData("show")]
    [InlineData("trace", "x")]
    [InlineData("run", "x.yaml", "--paths", "many")]
    [InlineData("list", "-o", "xml")]
    [InlineData("export", "done", "--format", "arrow")]
    public async Task Wrong_usage_ends_with_2_and_prints_no_data(params string[] args)
    {
        var ended = (await ConsoleRun.Of(args)).Expect(Exit.Usage);
        Assert.Empty(ended.Out);
        Assert.NotEmpty(ended.ErrorLines);
    }

    [Theory]
    [InlineData("show", "nothing")]
    [InlineData("explain", "nothing-of-that-name-at-all")]
    [InlineData("init", "nothing")]
    public async Task What_is_not_there_ends_with_4(params string[] args) =>
        Assert.Single((await ConsoleRun.Of(args)).Expect(Exit.NotFound).ErrorLines);

    [Fact]
    public async Task Help_goes_to_standard_output_and_names_the_exit_codes()
    {
        using var child = Child.Start("--help");
        var ended = (await child.End()).Expect(Exit.Ok);
        Assert.Contains("130 interrupted", ended.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(ended.Error);
    }

    [Fact]
    public async Task Data_goes_to_standard_output_and_talk_to_standard_error()
    {
        using var folder = new TempFolder();
        using var child = Child.Start(
            "run", SmallRun.File, "--runs", folder.Path, "--cells", "twap.window=5m", "-o", "csv");
        var ended = (await child.End()).Expect(Exit.Ok);
        Assert.StartsWith("cell,status,", ended.Out, StringComparison.Ordinal);
        Assert.Equal(5, ended.OutLines.Length);
        Assert.StartsWith("small-01: 4 cells x 64 paths x 240 ticks", ended.Error, StringComparison.Ordinal);
        Assert.Contains("next: scenariogrid show small-01", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Piped_output_has_no_colour_and_no_redrawn_line()
    {
        using var folder = new TempFolder();
        using var child = Child.With(
            new() { ["TERM"] = "xterm-256color" }, "run", SmallRun.File, "--runs", folder.Path);
        var ended = (await child.End()).Expect(Exit.Ok);
        Assert.DoesNotContain('\u001b', ended.Out + ended.Error);
        Assert.DoesNotContain('\r', ended.Out + ended.Error);
    }

    [Theory]
    [InlineData("TERM=xterm", true)]
    [InlineData("TERM=xterm NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    public async Task Colour_is_for_terminals_that_want_it(string environment, bool isColoured)
    {
        using var child = Child.Shell($"{environment} script -qec \"$SG explain es99\" /dev/null");
        var ended = (await child.End()).Expect(Exit.Ok);
        Assert.Equal(isColoured, ended.Out.Contains("\u001b[1m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_standard_output_ends_with_74()
    {
        using var child = Child.Shell("$SG schema > /dev/full");
        var ended = (await child.End()).Expect(Exit.CannotWrite);
        Assert.Single(ended.ErrorLines);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_fault()
    {
        using var child = Child.Shell("$SG schema | head -1");
        Assert.Equal(["{"], (await child.End()).Expect(Exit.Ok).OutLines);
    }
}
