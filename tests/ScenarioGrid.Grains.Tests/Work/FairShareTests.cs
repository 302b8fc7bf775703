namespace ScenarioGrid.Grains.Tests.Work;

public sealed class FairShareTests
{
    [Fact]
    public void Campaigns_share_by_priority_whatever_the_size_of_their_cells() =>
        Gen.Select(Gen.Double[1, 100], Gen.Double[1, 100], Gen.Double[1, 100]).Sample((low, normal, high) =>
        {
            var (fair, given) = (new FairShare(), new Dictionary<string, double>());
            CampaignRecord[] all =
                [Record("l", Priority.Low), Record("n", Priority.Normal), Record("h", Priority.High)];
            double[] sizes = [low, normal, high];
            for (var turn = 0; turn < 40_000; turn++)
            {
                var next = fair.Order(all)[0];
                var size = sizes[Array.IndexOf(all, next)];
                fair.Charge(next, size);
                given[next.Id] = given.GetValueOrDefault(next.Id) + size;
            }

            var total = given.Values.Sum();
            foreach (var campaign in all)
            {
                var share = FairShare.WeightOf(campaign.Priority) / 21;
                Assert.InRange(given[campaign.Id] / total, 0.95 * share, 1.05 * share);
            }
        }, iter: 5);

    [Fact]
    public void A_new_campaign_neither_waits_nor_takes_all_though_another_had_nothing_to_give()
    {
        var fair = new FairShare();
        CampaignRecord[] two = [Record("busy", Priority.Normal), Record("stuck", Priority.Normal)];
        for (var turn = 0; turn < 1000; turn++)
        {
            fair.Order(two);
            fair.Charge(two[0], 1);
        }

        CampaignRecord[] three = [.. two, Record("new", Priority.Normal)];
        var turns = new Dictionary<string, int>();
        for (var turn = 0; turn < 100; turn++)
        {
            var next = fair.Order(three).First(c => c.Id != "stuck");
            fair.Charge(next, 1);
            turns[next.Id] = turns.GetValueOrDefault(next.Id) + 1;
        }

        Assert.InRange(turns["new"], 48, 52);
        for (var turn = 0; turn < 90; turn++)
        {
            var next = fair.Order(three)[0];
            fair.Charge(next, 1);
            turns[next.Id] = turns.GetValueOrDefault(next.Id) + 1;
        }

        Assert.InRange(turns["stuck"], 28, 32);
    }

    private static CampaignRecord Record(string id, Priority priority) => new(id, "ann", "1", 10, priority, id, 0);
}
