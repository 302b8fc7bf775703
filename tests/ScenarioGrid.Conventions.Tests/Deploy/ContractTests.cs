namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The settings that deployment may use are read from the silo's source.</summary>
public class ContractTests
{
    [Fact]
    public void All_settings_of_the_silo_are_found()
    {
        var source = Repository.Read("src/ScenarioGrid.Silo/Settings/Setting.cs");
        Assert.Equal(source.Split("public static Setting ").Length - 1, Contract.Settings.Count);
        string[] some = ["SCENARIOGRID_REDIS", "SCENARIOGRID_REDIS_PASSWORD_FILE", "SCENARIOGRID_ADDRESS",
            "SCENARIOGRID_HTTP", "SCENARIOGRID_TOKENS_FILE", "OTEL_EXPORTER_OTLP_ENDPOINT"];
        Assert.Subset(Contract.Settings.ToHashSet(), some.ToHashSet());
    }
}
