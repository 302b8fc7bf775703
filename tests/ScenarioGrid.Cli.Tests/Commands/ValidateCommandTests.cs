using System.Diagnostics;

namespace ScenarioGrid.Cli.Tests.Commands;

[Collection(SmallRun.Collection)]
public class ValidateCommandTests
{
    private static readonly TimeSpan s_most = TimeSpan.FromMilliseconds(500);

    public static TheoryData<string> BadNames =>
        [.. Directory.GetFiles(BadFolder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Order(StringComparer.Ordinal)];

    private static string BadFolder { get; } = Repository.Path("tests", "corpus", "bad");

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task A_bad_file_gives_exactly_the_expected_lines_in_half_a_second(string name)
    {
        var file = Path.Combine(BadFolder, name + ".yaml");
        var clock = Stopwatch.StartNew();
        var ended = (await ConsoleRun.Of("validate", file)).Expect(Exit.Usage);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, s_most);
        Assert.Equal(File.ReadAllLines(Path.Combine(BadFolder, name + ".expected")).Select(l => $"{file}:{l}"),
            ended.ErrorLines);
        Assert.Empty(ended.Out);
    }

    [Fact]
    public async Task A_file_of_300_KiB_is_refused_by_its_size()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder["big.yaml"], new byte[300 * 1024]);
        var ended = (await ConsoleRun.Of("validate", folder["big.yaml"])).Expect(Exit.Usage);
        Assert.Equal($"{folder["big.yaml"]}:1:1: SPEC_SIZE: 307200 bytes, limit 262144",
            Assert.Single(ended.ErrorLines));
    }

    [Fact]
    public async Task A_device_without_end_is_refused_by_its_size() => Assert.Contains("SPEC_SIZE",
        (await ConsoleRun.Of("validate", "/dev/zero")).Expect(Exit.Usage).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_is_not_there_is_named_in_one_line() =>
        Assert.Equal(["there is no file nowhere.yaml"], (await ConsoleRun.Of("validate", "nowhere.yaml"))
            .Expect(Exit.Usage).ErrorLines);

    [Fact]
    public async Task A_good_file_is_described_on_standard_output()
    {
        var ended = (await ConsoleRun.Of("validate", SmallRun.File)).Expect(Exit.Ok);
        Assert.Equal($"{SmallRun.File}: valid: 4 instances, 0 shocks, 12 cells x 64 paths x 240 ticks\n", ended.Out);
        Assert.Empty(ended.Error);
    }

    [Theory]
    [InlineData("paths", "write name=value")]
    [InlineData("pol.fee=1 bps", "names no key, instance or stress entry")]
    public async Task An_override_that_fits_nothing_is_refused(string set, string why)
    {
        var ended = (await ConsoleRun.Of("validate", SmallRun.File, "--set", set)).Expect(Exit.Usage);
        Assert.Contains(why, Assert.Single(ended.ErrorLines), StringComparison.Ordinal);
    }
}
