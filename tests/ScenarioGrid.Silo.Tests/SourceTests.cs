namespace ScenarioGrid.Silo.Tests;

/// <summary>What must not be written anywhere in the product.</summary>
public class SourceTests
{
    [Theory]
    [InlineData("AllowAllTypes")]
    [InlineData("TypeNameHandling")]
    [InlineData("BinaryFormatter")]
    [InlineData("Newtonsoft")]
    [InlineData("AddDashboard")]
    [InlineData("UseDashboard")]
    public void Nothing_deserialises_by_type_name_and_no_dashboard_is_open(string word)
    {
        var generated = $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}";
        var files = Directory.GetFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains(generated, StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 100, "the source is read");
        Assert.DoesNotContain(files, f => File.ReadAllText(f).Contains(word, StringComparison.Ordinal));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ScenarioGrid.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
