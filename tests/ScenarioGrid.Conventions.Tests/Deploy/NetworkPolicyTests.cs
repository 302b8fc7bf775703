namespace ScenarioGrid.Conventions.Tests.Deploy;

/// <summary>Who may open a connection to whom in the cluster's namespace.</summary>
public class NetworkPolicyTests
{
    private static readonly Dictionary<string, string> Silo = new() { ["app.kubernetes.io/name"] = "silo" };

    [Fact]
    public void Nothing_is_allowed_but_what_is_named()
    {
        var policy = Manifests.One("NetworkPolicy", "deny-all")["spec"];
        Assert.True(policy["podSelector"].IsThere);
        Assert.Empty(policy["podSelector"].Entries);
        Assert.Equal(["Ingress", "Egress"], policy["policyTypes"].Texts);
        Assert.False(policy["ingress"].IsThere || policy["egress"].IsThere);
    }

    [Theory]
    [InlineData(Contract.SiloPort)]
    [InlineData(Contract.GatewayPort)]
    [InlineData(Contract.RedisPort)]
    public void Only_silos_reach_the_ports_of_the_trust_zone(int port)
    {
        var rules = Ingress().Where(r => Opens(r, port)).ToArray();
        Assert.NotEmpty(rules);
        Assert.All(rules.SelectMany(r => r["from"].Items), from =>
        {
            Assert.Equal(["podSelector"], from.Entries.Keys);
            Assert.Equal(Silo, from["podSelector"]["matchLabels"].Strings);
        });
    }

    [Fact]
    public void No_rule_lets_everyone_in() => Faults.None(Ingress()
        .Where(r => r["from"].Items.Count == 0 || r["ports"].Items.Count == 0
            || r["from"].Items.Any(f => f.Entries.Values.All(s => s.Entries.Count == 0) || f["ipBlock"].IsThere))
        .Select(r => r.Where));

    [Fact]
    public void HTTP_comes_from_labelled_namespaces()
    {
        var rule = Assert.Single(Ingress(), r => Opens(r, Contract.HttpPort));
        var from = Assert.Single(rule["from"].Items);
        Assert.NotEmpty(from["namespaceSelector"]["matchLabels"].Entries);
    }

    [Fact]
    public void Redis_opens_no_connection_and_silos_reach_what_they_need()
    {
        Assert.Empty(Manifests.One("NetworkPolicy", "redis")["spec"]["egress"].Items);
        var egress = Manifests.One("NetworkPolicy", "silo")["spec"]["egress"].Items;
        int[] needed = [Contract.SiloPort, Contract.GatewayPort, Contract.RedisPort, 53];
        Assert.All(needed, p => Assert.Contains(egress, r => Opens(r, p)));
        var anywhere = egress.Where(r => r["to"].Items.Count == 0).SelectMany(r => r["ports"].Items)
            .Select(p => p["port"].Text);
        Assert.Equal(["443", "6443"], anywhere);
    }

    [Fact]
    public void Every_policy_is_about_pods_that_exist() => Assert.All(Manifests.OfKind("NetworkPolicy"), p =>
        Assert.NotEmpty(Manifests.Selected(p["spec"]["podSelector"]["matchLabels"].Strings)));

    private static IEnumerable<Tree> Ingress() =>
        Manifests.OfKind("NetworkPolicy").SelectMany(p => p["spec"]["ingress"].Items);

    /// <summary>A rule without ports opens them all.</summary>
    private static bool Opens(Tree rule, int port) => rule["ports"].Items.Count == 0
        || rule["ports"].Items.Any(p => p["port"].Text == port.ToString());
}
