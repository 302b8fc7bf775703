namespace ScenarioGrid.Tests.Campaigns;

/// <summary>The files that must be refused, each with the lines it must be refused with.</summary>
internal static class Corpus
{
    public static string Root { get; } = FindRoot();

    public static string BadFolder { get; } = Path.Combine(Root, "tests", "corpus", "bad");

    /// <summary>Names without extension, in order.</summary>
    public static IEnumerable<string> BadNames =>
        Directory.GetFiles(BadFolder, "*.yaml")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(BadFolder, name + ".yaml"));

    /// <summary>The expected output, line by line, with the file name in front.</summary>
    public static string[] Expected(string name) =>
        [.. File.ReadAllLines(Path.Combine(BadFolder, name + ".expected")).Select(line => $"{name}.yaml:{line}")];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "corpus", "bad")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("tests/corpus/bad is not above the tests");
        }

        return folder.FullName;
    }
}
