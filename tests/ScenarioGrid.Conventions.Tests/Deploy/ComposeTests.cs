using System.Net;
using System.Text.RegularExpressions;

namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>The cluster of docker-compose.yml is closed, confined and complete.</summary>
public partial class ComposeTests
{
    private static readonly Tree File = Tree.Load("docker-compose.yml").Single();

    private static readonly IReadOnlyDictionary<string, Tree> Services = File["services"].Entries;

    private static IEnumerable<KeyValuePair<string, Tree>> Silos =>
        Services.Where(s => s.Key.StartsWith("silo", StringComparison.Ordinal));

    [Fact]
    public void There_are_one_Redis_and_three_silos()
    {
        Assert.Equal(["redis", "silo-1", "silo-2", "silo-3"], Services.Keys.Order(StringComparer.Ordinal));
        Assert.All(Silos, s => Assert.Equal("service_healthy", s.Value["depends_on"]["redis"]["condition"].Text));
    }

    [Fact]
    public void Every_service_is_confined() => Faults.None(Services.SelectMany(s => Unconfined(s.Value)));

    [Fact]
    public void A_silo_has_more_time_to_end_than_it_needs() => Faults.None(Silos
        .Where(s => Seconds(s.Value["stop_grace_period"].Text) <= Contract.DrainSeconds).Select(s => s.Key));

    [Fact]
    public void Only_the_HTTP_port_of_one_silo_is_published_and_only_to_this_machine()
    {
        var ports = Services.SelectMany(s => s.Value["ports"].Texts.Select(p => (Service: s.Key, Port: p))).ToArray();
        var (service, port) = Assert.Single(ports);
        Assert.Equal("silo-1", service);
        Assert.Matches(@"^127\.0\.0\.1:.+:8080$", port);
        Assert.All(Services, s => Assert.False(s.Value["network_mode"].IsThere || s.Value["expose"].IsThere, s.Key));
    }

    [Fact]
    public void All_meet_on_an_internal_network_and_only_the_front_is_on_another()
    {
        Assert.Equal("true", File["networks"]["grid"]["internal"].Text);
        foreach (var (name, service) in Services)
        {
            var networks = service["networks"].Entries.Keys.Concat(service["networks"].Texts).Order().ToArray();
            Assert.Equal(name == "silo-1" ? ["front", "grid"] : ["grid"], networks);
        }
    }

    [Fact]
    public void Every_silo_binds_its_own_address_of_the_internal_network()
    {
        var subnet = IPNetwork.Parse(File["networks"]["grid"]["ipam"]["config"].Items.Single()["subnet"].Text);
        var addresses = Silos.Select(s => s.Value["networks"]["grid"]["ipv4_address"].Text).ToArray();
        Assert.Equal(addresses, Silos.Select(s => s.Value["environment"]["SCENARIOGRID_ADDRESS"].Text));
        Assert.Equal(addresses.Length, addresses.Distinct().Count());
        Assert.All(addresses, a => Assert.True(subnet.Contains(IPAddress.Parse(a)), a));
    }

    [Fact]
    public void Settings_are_those_that_the_silo_knows()
    {
        Faults.None(Services.SelectMany(s => s.Value["environment"].Entries.Keys).Except(Contract.Settings));
        Assert.All(Silos, s => Assert.NotEmpty(s.Value["environment"].Entries));
    }

    [Fact]
    public void No_secret_stands_in_the_file()
    {
        Faults.None(Services.SelectMany(s => s.Value["environment"].Entries
            .Where(e => SecretWord().IsMatch(e.Key) && !e.Key.EndsWith("_FILE", StringComparison.Ordinal))
            .Select(e => e.Value.Where)));
        Assert.All(File["secrets"].Entries, s => Assert.StartsWith("./deploy/secrets/", s.Value["file"].Text));
        Assert.All(Services, s => Assert.Equal(["redis-password"], s.Value["secrets"].Texts));
        Assert.All(Silos, s => Assert.Equal(
            "/run/secrets/redis-password", s.Value["environment"]["SCENARIOGRID_REDIS_PASSWORD_FILE"].Text));
        Assert.Contains("deploy/secrets/", Repository.Lines(".gitignore"));
    }

    [Fact]
    public void Images_are_pinned() => Faults.None(Services.Select(s => s.Value["image"].Text)
        .Where(i => !Contract.IsPinned(i)));

    [Fact]
    public void A_silo_is_healthy_when_it_makes_progress() => Assert.All(Silos, s =>
    {
        Assert.Equal(["CMD", "/app/ScenarioGrid.Silo", "--health", "http://127.0.0.1:8080/health/live"],
            s.Value["healthcheck"]["test"].Texts);
        Assert.Equal("http://0.0.0.0:8080", s.Value["environment"]["SCENARIOGRID_HTTP"].Text);
    });

    [Fact]
    public void What_is_mounted_and_started_is_in_the_repository()
    {
        var mounts = Services.SelectMany(s => s.Value["volumes"].Texts)
            .Where(v => v.StartsWith("./", StringComparison.Ordinal)).Select(v => v[2..].Split(':')[0]);
        Faults.None(mounts.Where(m => !m.StartsWith("deploy/secrets/", StringComparison.Ordinal))
            .Where(m => !Repository.Exists(m)));
        var redis = Services["redis"];
        Faults.None(Contract.MissingScripts(redis["entrypoint"].Texts.Concat(redis["healthcheck"]["test"].Texts)));
        Assert.All(Silos, s => Assert.True(Repository.Exists(s.Value["build"]["dockerfile"].Text)));
    }

    [Fact]
    public void Silos_use_a_user_and_a_service_that_the_access_list_has()
    {
        var users = Repository.Read("deploy/redis/users.acl");
        Assert.Contains("user default off", users);
        Assert.All(Silos.Select(s => s.Value["environment"]), e =>
        {
            Assert.Matches($"user {e["SCENARIOGRID_REDIS_USER"].Text} on [>#]PASSWORD(_SHA256)? ", users);
            Assert.Contains($" ~{e["SCENARIOGRID_SERVICE_ID"].Text}/members/", users);
        });
        Assert.Contains(Services["redis"]["healthcheck"]["test"].Texts, t => users.Contains($"user {t} on"));
    }

    private static IEnumerable<string> Unconfined(Tree service)
    {
        var user = service["user"].Text.Split(':');
        var holds = new Dictionary<string, bool>
        {
            ["user is a number and not root's"] = user.Length == 2
                && user.All(u => int.TryParse(u, out var id) && id > 0),
            ["read_only"] = service["read_only"].Text == "true",
            ["cap_drop: [ALL]"] = service["cap_drop"].Texts.SequenceEqual(["ALL"]) && !service["cap_add"].IsThere,
            ["no-new-privileges"] = service["security_opt"].Texts.SequenceEqual(["no-new-privileges:true"]),
            ["not privileged"] = !service["privileged"].IsThere && !service["devices"].IsThere,
            ["pids_limit"] = int.TryParse(service["pids_limit"].Text, out var pids) && pids is > 0 and <= 512,
            ["mem_limit, and no swap beside it"] = service["mem_limit"].Text.Length > 0
                && service["memswap_limit"].Text == service["mem_limit"].Text,
            ["cpus"] = int.TryParse(service["cpus"].Text, out var cores) && cores > 0,
            ["tmpfs /tmp, bounded and without programs"] = service["tmpfs"].Items.Count == 1
                && BoundedTmp().IsMatch(service["tmpfs"].Texts.Single()),
            ["healthcheck"] = new[] { "test", "interval", "timeout", "retries" }
                .All(k => service["healthcheck"][k].IsThere),
            ["restart"] = service["restart"].Text == "unless-stopped",
            ["logs are bounded"] = service["logging"]["options"]["max-size"].IsThere,
        };
        return holds.Where(h => !h.Value).Select(h => $"{service}: {h.Key}");
    }

    private static int Seconds(string duration) => int.Parse(duration.TrimEnd('s'));

    [GeneratedRegex("^/tmp:.*size=[0-9]+m,noexec,nosuid,nodev$")]
    private static partial Regex BoundedTmp();

    [GeneratedRegex("PASSWORD|TOKEN|SECRET|KEY", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWord();
}
