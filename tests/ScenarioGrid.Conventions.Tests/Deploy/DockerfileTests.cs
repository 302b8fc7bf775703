using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The image of the silo is small, built from locked packages, and runs as nobody special.</summary>
public partial class DockerfileTests
{
    private static readonly string[] Instructions = [.. Continued()
        .Replace(Repository.Read("deploy/Dockerfile"), " ").Split('\n')
        .Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];

    private static string[] LastStage => Instructions[Array.FindLastIndex(Instructions, i => i.StartsWith("FROM "))..];

    [Fact]
    public void Images_are_pinned_and_the_last_one_has_no_shell()
    {
        var images = Instructions.Where(i => i.StartsWith("FROM ")).Select(i => i.Split(' ').First(IsImage)).ToArray();
        Assert.All(images, i => Assert.True(Contract.IsPinned(i), i));
        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", images[^1]);

        static bool IsImage(string word) => word.Contains('/', StringComparison.Ordinal)
            && !word.StartsWith("--", StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_stage_takes_only_what_was_published()
    {
        Assert.All(LastStage.Where(i => i.StartsWith("COPY ") || i.StartsWith("ADD ")),
            i => Assert.StartsWith("COPY --from=build /app ", i));
        Assert.DoesNotContain(LastStage, i => i.StartsWith("RUN "));
    }

    [Fact]
    public void It_does_not_run_as_root() =>
        Assert.Equal("USER $APP_UID", LastStage.Last(i => i.StartsWith("USER ")));

    [Fact]
    public void It_starts_the_silo()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src/ScenarioGrid.Silo/ScenarioGrid.Silo.csproj"));
        Assert.Empty(project.Descendants("AssemblyName"));
        Assert.Equal("""ENTRYPOINT ["/app/ScenarioGrid.Silo"]""", LastStage.Single(i => i.StartsWith("ENTRYPOINT")));
        Assert.Equal("linux-x64;linux-arm64", project.Descendants("RuntimeIdentifiers").Single().Value);
    }

    [Fact]
    public void Packages_are_the_locked_ones()
    {
        var restore = Instructions.Single(i => i.Contains("dotnet restore", StringComparison.Ordinal));
        Assert.Contains("--locked-mode", restore);
        var publish = Instructions.Single(i => i.Contains("dotnet publish", StringComparison.Ordinal));
        Assert.Contains("--no-restore", publish);
        Assert.All([restore, publish], i => Assert.Contains("-p:PublishReadyToRun=true", i));
    }

    [Fact]
    public void Every_project_that_the_silo_needs_is_restored_and_every_copied_file_exists()
    {
        var copied = Instructions.Where(i => i.StartsWith("COPY ") && !i.Contains("--from", StringComparison.Ordinal))
            .SelectMany(i => i.Split(' ')[1..^1]).ToArray();
        Faults.None(copied.Where(c => !Repository.Exists(c)));
        Faults.None(Projects("src/ScenarioGrid.Silo/ScenarioGrid.Silo.csproj")
            .SelectMany(p => new[] { p, $"{Path.GetDirectoryName(p)}/packages.lock.json" }).Except(copied));
    }

    [Fact]
    public void No_secret_can_reach_a_layer()
    {
        Faults.None(Instructions.Where(i => SecretWord().IsMatch(i)));
        var ignored = Repository.Lines(".dockerignore").Where(l => l.Length > 0 && l[0] != '#').ToArray();
        Assert.Equal("*", ignored[0]);
        Assert.Equal(["!.editorconfig", "!Directory.Build.props", "!Directory.Packages.props", "!global.json", "!src"],
            ignored.Where(l => l[0] == '!').Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Projects(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        return XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(r => Path.GetFullPath(Path.Combine(Repository.Root, folder, r.Attribute("Include")!.Value)))
            .SelectMany(p => Projects(Path.GetRelativePath(Repository.Root, p).Replace('\\', '/')))
            .Prepend(project).Distinct();
    }

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex("password|secret|token", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWord();
}
