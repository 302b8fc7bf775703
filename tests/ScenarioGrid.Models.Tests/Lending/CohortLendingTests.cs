using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Tests.Kernel;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

/// <summary>Laws of the book, on every protocol that keeps one.</summary>
public class CohortLendingTests
{
    public static TheoryData<string> Kinds =>
        ["cdp-lending", "compound-lending", "maker-lending", "maker-flip", "liquity-lending"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dollars_and_collateral_change_only_by_what_enters_and_leaves(string kind)
    {
        var rig = new LendingRig(Make(kind), count: 90);
        Books usd = new(rig.Lending, "usd", 8), tokens = new(rig.Lending, "base", 8);
        for (var tick = 0; tick < 90; tick++)
        {
            Disturb(rig, Wave(0.9), tick);
            usd.Check();
            tokens.Check();
        }

        Assert.True(rig.Total.Min() > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cohorts_add_up_to_the_totals(string kind)
    {
        var rig = new LendingRig(Make(kind), count: 91);
        for (var tick = 0; tick < 90; tick++)
        {
            Disturb(rig, Wave(0.9), tick);
            var positions = Positions(rig.Lending);
            Assert.All(positions, q => Assert.True(q.Collateral >= 0 && q.Debt >= 0));
            Assert.Equal(positions.Sum(q => q.Debt) * rig.Lending.Index.Span[1], rig.Lending.BorrowersDebt.Span[1],
                1e-9 * 100e6);
            Assert.Equal(positions.Sum(q => q.Collateral), rig.Lending.Collateral.Span[1], 1e-9 * 1e6);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Positions_with_health_above_one_are_never_liquidated(string kind)
    {
        var rig = new LendingRig(Make(kind, BorrowerPolicy.Passive), poolQuote: 1e9);
        var lending = rig.Lending;
        for (var tick = 0; tick < 60; tick++)
        {
            var before = Positions(lending);
            Disturb(rig, Wave(0.6), tick);
            if (lending is LiquityLending liquity && liquity.Redistributed.Span[1] + liquity.RecoveryMode.Span[1] > 0)
            {
                return;
            }

            var scaled = lending.OraclePrice.Span[1] / lending.Index.Span[1] * ThresholdOf(kind);
            var after = Positions(lending).Select(q => q.Collateral).ToHashSet();
            Assert.All(before.Where(q => q.Collateral * scaled > q.Debt * (1 + 1e-12)),
                q => Assert.Contains(q.Collateral, after));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bad_debt_rises_with_the_severity_of_the_fall_when_the_price_does_not_feed_back(string kind)
    {
        // Same random numbers, a pool so deep that sales do not move it.
        var losses = new[] { 0.0, 0.25, 0.5, 0.75, 1.0, 1.25 }.Select(severity =>
        {
            var rig = new LendingRig(Make(kind, BorrowerPolicy.Passive, bidders: 1000), poolQuote: 1e13, count: 60);
            for (var tick = 0; tick < 60; tick++)
            {
                var fall = tick < 5 ? 0 : severity;
                rig.Step(_ => 200 * Math.Exp(-fall));
            }

            return rig.Lending.BadDebt.Span.ToArray();
        }).ToArray();
        for (var i = 1; i < losses.Length; i++)
        {
            Assert.All(losses[i].Zip(losses[i - 1]), q => Assert.True(q.First >= q.Second - 1e-3,
                $"{kind}: {q.First} after {q.Second} at severity {i}"));
        }

        Assert.True(losses[^1].Min() > losses[0].Max());
    }

    [Theory]
    [InlineData("compound-lending", 0.04)]
    [InlineData("maker-lending", 0.2)]
    [InlineData("liquity-lending", 0.03)]
    public void A_gap_inside_the_buffer_leaves_no_bad_debt(string kind, double gap)
    {
        var rig = new LendingRig(Make(kind, BorrowerPolicy.Passive, latency: 0), poolQuote: 1e13, count: 60);
        rig.Set(rig.Lending.Inclusion, 1);
        for (var tick = 0; tick < 60; tick++)
        {
            rig.Step(_ => 200 * (1 - gap));
        }

        Assert.True(rig.Total[0] > 0, $"{rig.Total[0]}");
        Assert.Equal(0, rig.Lending.BadDebt.Span[0]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Doubling_the_unit_of_money_doubles_every_amount_exactly(string kind)
    {
        LendingRig single = new(Make(kind, debt: 100e6), 200, 20e6, count: 60),
            twice = new(Make(kind, debt: 200e6, scale: 2), 400, 40e6, count: 60);
        for (var tick = 0; tick < 60; tick++)
        {
            var price = 200 - 2.0 * tick;
            single.Step(_ => price);
            twice.Step(_ => 2 * price);
        }

        Assert.True(single.Total[0] > 0);
        Assert.Equal(2 * single.Lending.BadDebt.Span[0], twice.Lending.BadDebt.Span[0]);
        Assert.Equal(2 * single.Lending.Debt.Span[0], twice.Lending.Debt.Span[0]);
        Assert.Equal(2 * single.KeeperProfit, twice.KeeperProfit);
        Assert.Equal(single.GainMax, twice.GainMax);
    }

    [Fact]
    public void Losses_go_to_fund_stake_and_mint_before_anybody_else()
    {
        var bare = Crash(Deep);
        var backed = Crash(Deep with
        {
            InsuranceStart = new(1e6), SafetyStake = new(10e6), SafetyShare = new(0.3), MintCapacity = new(4e6),
            TokenBeta = new(1), MintImpact = new(0.1),
        });

        // At half the price the stake raises 0.3 10M 0.5 0.9, the mint 4M 0.5 0.9.
        Assert.Equal(1e6 + 1.35e6, backed.InsuranceDraw.Span[0], 20_000.0);
        Assert.Equal(1.8e6, backed.Minted.Span[0], 20_000.0);
        Assert.Equal(4.15e6, bare.Uncovered.Span[0] - backed.Uncovered.Span[0], 40_000.0);
        Assert.Equal(0, backed.Backstop.Span[0], 1.0);

        static CohortLending Crash(CdpLending.Parameters p)
        {
            var rig = new LendingRig(p, poolQuote: 1e12, count: 9);
            for (var tick = 0; tick < 9; tick++)
            {
                rig.Step(_ => 100);
            }

            return rig.Lending;
        }
    }

    [Fact]
    public void Penalties_count_as_saved_when_the_price_comes_to_where_they_would_have_fallen_due()
    {
        var attentive = Deep with
        {
            Policy = BorrowerPolicy.TopUp, Attentive = new(1), BorrowerCash = new(2), ReactionDelay = new(0),
            CloseFactor = new(0.5), RatioHeadroom = new(1.01),
        };
        var rig = new LendingRig(attentive);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Step(_ => 200);
        rig.Step(_ => 200);
        var acted = rig.Lending.RescuedPenalty.Span[0];
        Assert.True(acted > 0);
        Assert.Equal(0, rig.Lending.PenaltySaved.Span[0]);
        rig.Step(_ => 185);
        rig.Step(_ => 185);

        // Half of the debt at 5 %: what a liquidation would have taken.
        Assert.True(rig.Lending.PenaltySaved.Span[0] >= acted);
        Assert.Equal(0, rig.Total[0]);
    }

    [Fact]
    public void Withdrawals_are_blocked_when_everything_is_lent()
    {
        LendingRig full = new(Deep with { UtilisationStart = new(1) }), half = new(Deep);
        full.Step(_ => 200);
        half.Step(_ => 200);
        Assert.Equal((1.0, 0.0), (full.Lending.WithdrawalsBlocked.Span[0], half.Lending.WithdrawalsBlocked.Span[0]));
    }

    [Theory]
    [InlineData("compound-lending", 24372510.183828942, 21442015.421341386, 868192.93850509869)]
    [InlineData("maker-lending", 2710066.481587966, 20095034.833720129, 32365478.95307561)]
    [InlineData("maker-flip", 1113128.4067604067, 13173143.92348369, 28365857.903802)]
    [InlineData("liquity-lending", 0, 39905956.554621711, 8875581.9969345294)]
    public void A_fixed_key_gives_a_fixed_result(string kind, double badDebt, double debt, double profit)
    {
        var rig = new LendingRig(Make(kind), count: 60);
        for (var tick = 0; tick < 60; tick++)
        {
            var price = 200 - 2.0 * tick;
            rig.Step(_ => price);
        }

        Assert.Equal((badDebt, debt, profit),
            (rig.Lending.BadDebt.Span[0], rig.Lending.Debt.Span[3], rig.KeeperProfit));
    }

    private static LendingCase Wave(double depth) => new(new(), depth, 0.15, 40);

    private static double ThresholdOf(string kind) => kind switch
    {
        "cdp-lending" => 0.83,
        "compound-lending" => 0.895,
        "liquity-lending" => 1 / 1.1,
        _ => 1 / 1.5,
    };

    /// <summary>A market of a kind with a book of its own defaults; amounts may be told in another unit.</summary>
    private static CohortLending Make(
        string kind, BorrowerPolicy policy = BorrowerPolicy.TopUp, double debt = 100e6, double scale = 1,
        double latency = 12, double bidders = 7.31)
    {
        return kind switch
        {
            "cdp-lending" => new CdpLending(Set(new CdpLending.Parameters())),
            "compound-lending" => new CompoundLending(
                Set(new CompoundLending.Parameters { TargetReserves = new(5e6 * scale) })),
            "liquity-lending" => new LiquityLending(
                Set(new LiquityLending.Parameters { GasCompensation = new(200 * scale) })),
            _ => new MakerLending(Set(new MakerLending.Parameters
            {
                Auction = kind == "maker-flip" ? AuctionKind.Flip : AuctionKind.Clip,
                Bidders = new(bidders), Hole = new(35e6 * scale), Tip = new(300 * scale), Dust = new(5000 * scale)
            })),
        };

        T Set<T>(T p)
            where T : LendingParameters => (T)(p with
            {
                Debt = new(debt), Policy = policy, KeeperLatency = new(latency), GasPolicy = KeeperGas.Dynamic,
                RateElasticity = new(0), PositionSize = new(50_000 * scale), KeeperCapital = new(50e6 * scale),
                InsuranceStart = new(1e6 * scale), RatioHeadroom = new(1.02), RatioHigh = new(6), MintCapacity = new(0),
            });
    }
}
