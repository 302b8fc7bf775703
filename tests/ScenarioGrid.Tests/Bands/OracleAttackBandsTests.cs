using ScenarioGrid.Campaigns;

namespace ScenarioGrid.Tests.Bands;

/// <summary>Attacks on oracles as they were, and the bounds of window, liquidity and loans at which they stop to
/// pay.</summary>
[Trait("Length", "Long")]
public class OracleAttackBandsTests
{
    /// <summary>What differs between the two incidents.</summary>
    private sealed record Incident(
        string Name, string Lender, double Window, double Budget, double Multiple, double Hold, double[] Multiples)
    {
        public Campaign Read(params string[] overrides) => Band.Read(Name, overrides) with { Paths = 64 };

        /// <summary>Means of a run; the attack goes on at any price where it is forced.</summary>
        public Func<string, double> Run(Campaign campaign, double window, double multiple, double hold, bool forced) =>
            Band.Means(
                campaign, ("twap.window", window), (Attack("rational"), forced ? 0 : 1),
                (Attack("budget"), forced ? 1e9 : Budget), (Attack("targetMultiple"), multiple),
                (Attack("holdTime"), hold));

        public string Attack(string port) => $"{Name}-twap-manipulation.{port}";
    }

    private static readonly Incident Inverse =
        new("inverse-2022", "anchor", 12, 1.1e6, 50, 12, [15, 33, 50]);

    private static readonly Incident Mango = new("mango-2022", "mango", 60, 10e6, 13, 1800, [5, 13]);

    private static readonly double[] Holds = [12, 120, 1800];

    /// <summary>A2 (Inverse, 15.6M USD borrowed on 644,000) and A1 (Mango, 110 to 116M drained): it paid.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_pays_at_the_published_depth(bool isInverse)
    {
        var incident = isInverse ? Inverse : Mango;
        var run = incident.Run(incident.Read(), incident.Window, incident.Multiple, incident.Hold, forced: false);
        Assert.Equal(1, run(incident.Attack("success")));
        Assert.True(run(incident.Attack("profit")) > 0);
        Assert.True(run($"{incident.Lender}.badDebt") > 0);
    }

    /// <summary>With a window of 1800 s and R* of full-range liquidity, R* by the plan that needs most, every plan
    /// loses, whatever its capital; with half of it the best plan pays.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_plan_pays_with_a_long_window_and_the_liquidity_that_it_asks_for(bool isInverse)
    {
        var incident = isInverse ? Inverse : Mango;
        var plans = (from multiple in incident.Multiples from hold in Holds select (multiple, hold)).ToArray();
        var needed = plans.ToDictionary(p => p, p =>
            incident.Run(incident.Read(), 1800, p.multiple, p.hold, forced: true)(incident.Attack("minimumLiquidity")));
        var (best, side) = needed.MaxBy(n => n.Value);
        var deep = incident.Read(FormattableString.Invariant($"pool.liquidity={2 * side:R} USD"));
        foreach (var (multiple, hold) in plans)
        {
            Assert.True(incident.Run(deep, 1800, multiple, hold, forced: true)(incident.Attack("profit")) < 0);
        }

        var thin = incident.Read(FormattableString.Invariant($"pool.liquidity={side:R} USD"));
        Assert.True(incident.Run(thin, 1800, best.multiple, best.hold, forced: true)(incident.Attack("profit")) > 0);
    }

    /// <summary>With the window of the incident, no more to lend than the push costs: the attack as it was loses, and
    /// whoever reckons stays away.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_does_not_pay_where_no_more_is_lent_than_the_push_costs(bool isInverse)
    {
        var incident = isInverse ? Inverse : Mango;
        var published = incident.Read();
        var asItWas = incident.Run(published, incident.Window, incident.Multiple, incident.Hold, forced: false);
        var cost = asItWas(incident.Attack("expectedCost"));
        var debt = asItWas($"{incident.Lender}.debt") - asItWas($"{incident.Lender}.attackBorrowed");
        var capped = incident.Read(FormattableString.Invariant(
            $"{incident.Lender}.utilisationStart={100 * debt / (debt + cost):R} %"));
        var forced = incident.Run(capped, incident.Window, incident.Multiple, incident.Hold, forced: true);
        Assert.True(forced(incident.Attack("profit")) < 0);
        var rational = incident.Run(capped, incident.Window, incident.Multiple, incident.Hold, forced: false);
        Assert.Equal(0, rational(incident.Attack("engaged")));
    }
}
