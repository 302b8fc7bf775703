using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Tests.Campaigns;

public class WiringTests
{
    [Fact]
    public void A_list_skips_what_an_instance_does_not_have_and_keeps_its_places()
    {
        var (campaign, problems) = Read("[bare, chained]");
        Assert.Equal("", problems);
        Assert.Equal([(1, "delay")], WiresOf(campaign!, "venueDelay"));
        Assert.Equal([(0, "curve"), (1, "curve")], WiresOf(campaign!, "venueCurve"));
        Assert.Equal([(0, "price"), (1, "price")], WiresOf(campaign!, "venueMarket"));
    }

    [Fact]
    public void A_list_that_needs_its_port_says_who_lacks_it() =>
        Assert.Contains("'oracle' is a twap-oracle, which has no output 'reserveBase'", Read("[bare, oracle]").Problems,
            StringComparison.Ordinal);

    private static (int Item, string Port)[] WiresOf(Campaign campaign, string port)
    {
        var router = Enumerable.Range(0, campaign.Instances.Count).Single(i => campaign.Instances[i].Name == "router");
        return
        [
            .. new Wiring(campaign.Instances).Inputs
                .Where(w => w.To.Instance == router && campaign.Instances[router].Kind.Ports[w.To.Port].Name == port)
                .Select(w => (w.To.Item, campaign.Instances[w.From.Instance].Kind.Ports[w.From.Port].Name)),
        ];
    }

    private static (Campaign? Campaign, string Problems) Read(string venues)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read($$"""
            version: 1
            campaign: wiring
            seed: 1
            paths: 8
            scenario:
              horizon: 10m
              tick: 1m
              instances:
                eth: {kind: merton-jump-market}
                ethereum: {kind: proof-of-stake-chain, market: eth}
                bare: {kind: constant-product-venue, market: eth}
                chained: {kind: constant-product-venue, market: eth, chain: ethereum}
                oracle: {kind: twap-oracle, venue: bare}
                router: {kind: optimal-router, venues: {{venues}}}
            objectives:
              robustness: minimise router.slippage.mean
            """, ComponentCatalog.Default, problems);
        return (campaign, problems.ToString()!);
    }
}
