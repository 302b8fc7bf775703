namespace ScenarioGrid.Cli.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class Repository
{
    private static readonly string s_root = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([s_root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "ScenarioGrid.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("ScenarioGrid.sln is not above the tests");
        }

        return folder.FullName;
    }
}
