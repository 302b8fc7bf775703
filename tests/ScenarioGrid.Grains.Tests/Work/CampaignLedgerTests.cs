namespace ScenarioGrid.Grains.Tests.Work;

public sealed class CampaignLedgerTests
{
    private static readonly CampaignSubmission Submission = new("campaign: a", 64, false);

    [Fact]
    public void A_ledger_takes_one_campaign_and_knows_it_again()
    {
        var ledger = new CampaignLedger();
        Assert.True(ledger.IsNew(Submission, "a"));
        ledger.Submission = Submission;
        Assert.False(ledger.IsNew(Submission with { }, "a"));
        Assert.Same(ledger, ledger.Known("a"));
        var conflict = Assert.Throws<GridException>(() => ledger.IsNew(Submission with { BlockPaths = 128 }, "a"));
        Assert.Equal("CONFLICT", conflict.Code);
    }

    [Fact]
    public void An_empty_ledger_knows_no_campaign()
    {
        var unknown = Assert.Throws<GridException>(() => new CampaignLedger().Known("a"));
        Assert.Equal("UNKNOWN_CAMPAIGN", unknown.Code);
        Assert.Contains("'a'", unknown.Message, StringComparison.Ordinal);
    }
}
