using System.Net;

namespace ScenarioGrid.Silo.Tests.Settings;

public sealed class SiloSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenariogrid-settings-").FullName;
    private readonly Dictionary<string, string> _variables = [];

    private string ConfigFile => Path.Combine(_folder, SettingSource.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_flag_goes_before_the_environment_before_the_file_before_the_default()
    {
        Assert.Equal(("127.0.0.1:6379", "default"), Redis());
        File.WriteAllText(ConfigFile, "redis: file:1\nworkers: 3\n");
        Assert.Equal(("file:1", SettingSource.FileName), Redis());
        _variables["SCENARIOGRID_REDIS"] = "variable:2";
        Assert.Equal(("variable:2", "SCENARIOGRID_REDIS"), Redis());
        Assert.Equal(("flag:3", "--redis"), Redis("--redis", "flag:3"));
        Assert.Equal(("flag:4", "--redis"), Redis("--redis=flag:4"));
        Assert.Equal(3, Settings().Workers);
    }

    [Fact]
    public void Every_setting_has_its_documented_names()
    {
        Assert.Equal(
            [
                "SCENARIOGRID_REDIS", "SCENARIOGRID_REDIS_USER", "SCENARIOGRID_REDIS_PASSWORD_FILE",
                "SCENARIOGRID_REDIS_TLS", "SCENARIOGRID_CLUSTER_ID", "SCENARIOGRID_SERVICE_ID", "SCENARIOGRID_ADDRESS",
                "SCENARIOGRID_SILO_PORT", "SCENARIOGRID_GATEWAY_PORT", "SCENARIOGRID_HTTP", "SCENARIOGRID_HOSTS",
                "SCENARIOGRID_TOKENS_FILE", "SCENARIOGRID_REQUESTS_PER_SECOND", "SCENARIOGRID_SUBMITS_PER_MINUTE",
                "SCENARIOGRID_WORKERS", "SCENARIOGRID_WINDOW_SECONDS", "SCENARIOGRID_RETENTION_DAYS",
                "SCENARIOGRID_CAMPAIGNS_PER_OWNER", "SCENARIOGRID_CELLS_WAITING", "SCENARIOGRID_KUBERNETES",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
            ],
            Setting.All.Select(s => s.Environment));
        Assert.Equal("redisPasswordFile", Setting.RedisPasswordFile.Key);
    }

    [Fact]
    public void Nothing_set_means_loopback_one_worker_per_core_and_no_secret()
    {
        var settings = Settings();
        Assert.Equal(new DnsEndPoint("127.0.0.1", 6379), settings.Redis);
        Assert.Equal((11111, 30000), (settings.SiloPort, settings.GatewayPort));
        Assert.Equal(IPAddress.Loopback, settings.Address);
        Assert.Equal(Environment.ProcessorCount, settings.Workers);
        Assert.Equal((IPAddress.Loopback, 8080), (settings.Http!.Address, settings.Http.Port));
        Assert.Null(settings.Http.TokensFile);
        Assert.Equal((20, 10), (settings.Http.Limits.RequestsPerSecond, settings.Http.Limits.SubmitsPerMinute));
    }

    [Theory]
    [InlineData("--http", "http://0.0.0.0:8080", "tokensFile")]
    [InlineData("--http", "http://192.0.2.1:8080", "tokensFile")]
    [InlineData("--http", "http://[::]:8080", "tokensFile")]
    [InlineData("--http", "https://127.0.0.1:8080", "TLS ends in a proxy")]
    [InlineData("--http", "http://grid.example:8080", "must be an IP address or localhost")]
    [InlineData("--http", "yes", "http://ADDRESS:PORT")]
    [InlineData("--address", "0.0.0.0", "every network")]
    [InlineData("--address", "::", "every network")]
    [InlineData("--address", "here", "IP address or auto")]
    [InlineData("--silo-port", "70000", "whole number")]
    [InlineData("--silo-port", "-1", "whole number")]
    [InlineData("--workers", "0", "whole number")]
    [InlineData("--redis", "user:canary@host", "host:port")]
    [InlineData("--redis", "host:6379,password=canary", "host:port")]
    [InlineData("--redis", "host", "host:port")]
    [InlineData("--redis-tls", "yes", "true or false")]
    [InlineData("--cluster-id", "a/b", "letters")]
    [InlineData("--redis-password-file", "/nonexistent", "does not exist")]
    [InlineData("--tokens-file", "/nonexistent", "does not exist")]
    [InlineData("--otlp-endpoint", "here", "http or https")]
    public void A_setting_that_cannot_be_used_is_named_with_its_origin(string flag, string value, string part)
    {
        var fault = Assert.Throws<SettingException>(() => Settings(flag, value));
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.Contains($"({flag})", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.DoesNotContain("canary", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--reddis", "did you mean '--redis'?")]
    [InlineData("redis", "is no flag")]
    [InlineData("--redis", "needs a value")]
    public void A_flag_that_is_none_is_said_with_the_nearest_one(string flag, string part) =>
        Assert.Contains(part, Assert.Throws<SettingException>(() => Settings(flag)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("redsi: a:1\n", "did you mean 'redis'?")]
    [InlineData("redis: [a, b]\n", "must be a value")]
    [InlineData("redis: a:1\nredis: b:1\n", "redis")]
    [InlineData("redis: {", "scenariogrid.config.yaml:")]
    public void A_file_that_cannot_be_meant_is_refused_with_its_place(string text, string part)
    {
        File.WriteAllText(ConfigFile, text);
        var fault = Assert.Throws<SettingException>(() => Settings());
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.Contains(SettingSource.FileName, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_other_programs_and_an_empty_file_are_left_alone()
    {
        File.WriteAllText(ConfigFile, "theme: dark\nredis: a:1\n");
        Assert.Equal("a", Settings().Redis.Host);
        File.WriteAllText(ConfigFile, "");
        Assert.Equal("127.0.0.1", Settings().Redis.Host);
    }

    [Fact]
    public void Port_0_is_a_free_port_and_auto_is_never_loopback_nor_every_address()
    {
        var settings = Settings("--silo-port", "0", "--gateway-port", "0");
        Assert.NotEqual(0, settings.SiloPort);
        Assert.NotEqual(0, settings.GatewayPort);
        var address = TryAuto();
        Assert.False(IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any));
    }

    [Fact]
    public void The_table_shows_every_value_with_its_origin_and_no_secret()
    {
        var secret = Secret("canary-1\n", UnixFileMode.UserRead);
        string[] flags = ["--redis-password-file", secret, "--otlp-endpoint", "http://user:canary-2@otel:4317"];
        var source = SettingSource.Read(flags, _variables.GetValueOrDefault, ConfigFile);
        var settings = SiloSettings.From(source);
        Assert.Equal("canary-1", settings.RedisPassword);
        var table = SettingTable.Of(source, settings);
        Assert.DoesNotContain("canary", table, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", settings.ToString(), StringComparison.Ordinal);
        Assert.Matches("(?m)^redisPassword +\\(hidden\\) +redisPasswordFile\\r?$", table);
        Assert.Matches("(?m)^siloPort +11111 +default\\r?$", table);
        Assert.All(Setting.All, s => Assert.Contains(s.Key, table, StringComparison.Ordinal));
        Assert.All(Setting.All, s => Assert.Contains(s.Environment, SettingTable.Help(), StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.UserRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, false)]
    public void A_password_that_others_can_read_is_refused(UnixFileMode mode, bool isGood)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix modes");
        var problem = SecretFile.Problem(Secret("x", mode));
        Assert.Equal(isGood, problem is null);
        Assert.True(isGood || problem!.Contains("chmod 600", StringComparison.Ordinal));
    }

    private static IPAddress TryAuto()
    {
        try
        {
            return SiloSettings.From(SettingSource.Read(["--address", "auto"], _ => null, "none")).Address;
        }
        catch (SettingException e) when (e.Message.Contains("no address but loopback", StringComparison.Ordinal))
        {
            // A machine without a network; it was said.
            return IPAddress.Parse("192.0.2.1");
        }
    }

    private string Secret(string text, UnixFileMode mode)
    {
        var file = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }

        return file;
    }

    private (string?, string) Redis(params string[] flags)
    {
        var value = SettingSource.Read(flags, _variables.GetValueOrDefault, ConfigFile).Values
            .Single(v => v.Setting == Setting.Redis);
        return (value.Value, value.Origin);
    }

    private SiloSettings Settings(params string[] flags) =>
        SiloSettings.From(SettingSource.Read(flags, _variables.GetValueOrDefault, ConfigFile));
}
