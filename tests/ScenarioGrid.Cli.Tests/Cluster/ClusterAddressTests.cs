namespace ScenarioGrid.Cli.Tests.Cluster;

public class ClusterAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("https://grid.example.org", "https://grid.example.org")]
    [InlineData("http://a:1, http://b:2", "http://a:1,http://b:2")]
    [InlineData("redis://store", "redis://store:6379/scenariogrid")]
    [InlineData("rediss://store:7000/prod", "rediss://store:7000/prod")]
    public void Addresses_are_read(string text, string shown) => Assert.Equal(shown, ClusterAddress.Parse(text).Text);

    [Theory]
    [InlineData("grid.example.org")]
    [InlineData("ftp://grid")]
    [InlineData("http://a:1,redis://b")]
    [InlineData("redis://a,redis://b")]
    [InlineData("redis://a/b/c")]
    [InlineData("http://a/path")]
    [InlineData("")]
    public void What_is_no_address_is_answered_with_the_forms_there_are(string text)
    {
        var fault = Assert.Throws<CommandException>(() => ClusterAddress.Parse(text));
        Assert.Equal(Exit.Usage, fault.ExitCode);
        Assert.Contains("http(s)://host:port, redis://host:port[/clusterId]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_an_address_is_refused_and_not_repeated() => Assert.DoesNotContain("hush",
        Assert.Throws<CommandException>(() => ClusterAddress.Parse("redis://user:hush@store")).Message,
        StringComparison.Ordinal);
}
