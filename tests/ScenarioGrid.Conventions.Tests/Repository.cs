namespace ScenarioGrid.Conventions.Tests;

/// <summary>The files of the repository, as they lie on disk.</summary>
internal static class Repository
{
    private static readonly string[] Made =
        ["bin", "obj", "runs", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files under a folder with an ending, as paths from the root with slashes, sorted.</summary>
    public static IReadOnlyList<string> Files(string folder, string ending)
    {
        var start = Path.Combine(Root, folder);
        return Directory.Exists(start)
            ? [.. Walk(start).Where(f => f.EndsWith(ending, StringComparison.Ordinal))
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Every C# file that people write.</summary>
    public static IReadOnlyList<string> Sources() =>
        [.. Files("src", ".cs"), .. Files("tests", ".cs"), .. Files("bench", ".cs")];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder)
            .Where(d => !Made.Contains(Path.GetFileName(d)) && !Path.GetFileName(d).StartsWith('.')).SelectMany(Walk));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ScenarioGrid.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no ScenarioGrid.sln above {AppContext.BaseDirectory}");
    }
}
