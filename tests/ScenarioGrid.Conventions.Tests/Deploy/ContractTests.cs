using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>What the files of deployment rely on is what the silo's source declares.</summary>
public partial class ContractTests
{
    [Fact]
    public void Settings_are_those_of_the_silo()
    {
        var declared = Setting().Matches(Repository.Read("src/ScenarioGrid.Silo/Settings/Setting.cs"))
            .Select(m => m.Groups[2].Success ? m.Groups[2].Value : Variable(m.Groups[1].Value));
        Assert.Equal(Contract.Settings.Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
    }

    private static string Variable(string flag) => "SCENARIOGRID_" + flag.Replace('-', '_').ToUpperInvariant();

    [GeneratedRegex("""static Setting \w+ \{ get; \} = new\(\s*"([a-z-]+)"(?:[^{}]*?, "(OTEL_[A-Z_]+)")?""")]
    private static partial Regex Setting();
}
