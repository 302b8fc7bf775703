using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Shocks;
using ScenarioGrid.Models.Tests.References;
using static ScenarioGrid.Models.Tests.Lending.LendingCases;

namespace ScenarioGrid.Models.Tests.Lending;

public class MakerLendingTests
{
    private static readonly MakerLending.Parameters Clip = new()
    {
        Policy = BorrowerPolicy.Passive, GasPolicy = KeeperGas.Dynamic, KeeperLatency = new(0), InsuranceStart = new(0),
        MintCapacity = new(0), RateElasticity = new(0), StabilityFee = new(0), Hole = new(1e12), Debt = new(100e6),
    };

    private static readonly MakerLending.Parameters Flip = Clip with { Auction = AuctionKind.Flip };

    // C24: bidders 1.78 per lot, an oracle one hour late, the path of 12 March 2020; published 36 % of lots for
    // nothing, and a deficit of 5.67M on 8.32M of collateral taken for nothing.
    [Fact]
    public void Flip_at_Black_Thursday_gives_a_third_of_the_lots_away()
    {
        var (flip, lending) = BlackThursday(Flip with { Bidders = new(1.78), KeeperCapital = new(1e12) });
        Assert.InRange(flip.Free, 0.33, 0.39);
        Assert.InRange(flip.DeficitShare, 0.5, 0.9);
        Assert.True(lending.BadDebt.Span[0] > 1e6);
        ReferenceCases.Check("C24", flip.Free);
    }

    // C24, second half.
    [Fact]
    public void Clip_at_Black_Thursday_gives_nothing_away()
    {
        var (flip, _) = BlackThursday(Flip with { Bidders = new(1.78), KeeperCapital = new(1e12) });
        var (clip, _) = BlackThursday(Clip);
        Assert.Equal(0, clip.Free);
        Assert.True(clip.BadDebt < 0.5 * flip.BadDebt, $"{clip.BadDebt} against {flip.BadDebt}");
    }

    [Fact]
    public void Static_bids_reproduce_the_share_of_a_calm_day_and_of_the_crisis()
    {
        // 7.31 bidders when all can bid: 1 % free lots at the usual gas, 36 % at six times as much.
        double Share(double gas) => Bids.SoleBidderShare(7.31 * Bids.Included(3, gas, 1));
        Assert.InRange(Share(1), 0.008, 0.013);
        Assert.InRange(Share(6), 0.33, 0.39);
    }

    [Theory]
    [InlineData(AuctionKind.Flip)]
    [InlineData(AuctionKind.Clip)]
    public void What_is_barked_is_raised_lost_or_still_in_auction(AuctionKind auction) =>
        Gen.Select(Gen.Double[0.2, 1.2], Gen.Double[0.05, 0.5], Gen.Double[0.5, 8], Gen.Double[6.0, 9])
            .Sample((depth, frequency, bidders, pool) =>
            {
                var lending = new MakerLending(Flip with { Auction = auction, Bidders = new(bidders) });
                var rig = new LendingRig(lending, poolQuote: Math.Pow(10, pool));
                for (var tick = 0; tick < 60; tick++)
                {
                    Disturb(rig, new LendingCase(new(), depth, frequency, 40), tick);
                    var owed = Enumerable.Range(0, 16).Sum(a => lending.AuctionOwed.AllRows[a * 8 + 1]);
                    var raised = lending.Recovered.Span[1] - lending.Surplus.Span[1];
                    var total = raised + lending.BadDebtRealised.Span[1] + owed;
                    Assert.Equal(rig.Total[1], total, 1e-9 * (1 + rig.Total[1] + lending.Surplus.Span[1]));
                }
            }, iter: 40);

    [Fact]
    public void Everybody_bidding_raises_the_tab_and_returns_the_rest()
    {
        var lending = new MakerLending(Flip with { Bidders = new(1000), BidMargin = new(0) });
        var rig = new LendingRig(lending, poolQuote: 1e13);
        rig.Step(_ => 190);
        for (var tick = 0; tick < 6; tick++)
        {
            rig.Step(_ => 190);
        }

        Assert.True(rig.Total[0] > 0);
        Assert.Equal(rig.Total[0] * 1.13, lending.Recovered.Span[0], 1e-6 * rig.Total[0]);
        Assert.Equal((0.0, 0.0, 0.0), (lending.BadDebt.Span[0], lending.ZeroBidShare.Span[0],
            lending.AuctionsOpen.Span[0]));
        Assert.True(lending.Returned.Span[0] > 0);
    }

    [Fact]
    public void Nobody_bidding_leaves_the_lots_where_they_are()
    {
        var lending = new MakerLending(Flip with { Bidders = new(0) });
        var rig = new LendingRig(lending);
        for (var tick = 0; tick < 20; tick++)
        {
            rig.Step(_ => 190);
        }

        Assert.True(lending.AuctionsOpen.Span[0] > 0);
        Assert.Equal(0, lending.Recovered.Span[0]);
    }

    // At half the price the lots are worth less than the tab, so a step of 5 % costs the protocol 1 - 1/1.05.
    [Fact]
    public void A_step_between_bids_is_what_the_winner_saves()
    {
        double Raised(double step)
        {
            var lending = new MakerLending(Flip with { Bidders = new(1000), BidMargin = new(0), BidStep = new(step) });
            var rig = new LendingRig(lending, poolQuote: 1e15);
            rig.Set(rig.Lending.Inclusion, 1);
            rig.Step(_ => 100);
            for (var tick = 0; tick < 6; tick++)
            {
                rig.Step(_ => 100);
            }

            Assert.Equal((0.0, 0.0), (lending.Returned.Span[0], lending.AuctionsOpen.Span[0]));
            return lending.Recovered.Span[0];
        }

        Assert.Equal(Raised(0) / 1.05, Raised(0.05), 1e-9 * Raised(0));
    }

    // 100 s ticks, bids counted every 600 s: a lot may be sold at 600, 1200 and 1800 s, after which it has to be
    // started again.
    [Fact]
    public void A_lot_without_bids_in_time_is_started_again_by_a_keeper_who_pays_the_gas()
    {
        var lending = new MakerLending(Flip with { Bidders = new(0), AuctionTime = new(1800) });
        var rig = new LendingRig(lending, seconds: 100);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Step(_ => 190);
        var costs = new List<double>();
        for (var tick = 0; tick < 40; tick++)
        {
            rig.Step(_ => 190);
            costs.Add(lending.CostBefore.Span[0]);
        }

        var first = costs.FindIndex(1, c => c > 0);
        var gas = lending.AuctionsOpen.Span[0] * 350_000 * 20e-9 * 200;
        Assert.Equal(gas, costs[first], 1e-6 * gas);
        Assert.Equal(first + 19, costs.FindIndex(first + 1, c => c > 0));
    }

    [Fact]
    public void A_lot_whose_time_is_over_is_not_sold_before_a_keeper_starts_it_again()
    {
        var lending = new MakerLending(Flip with { Bidders = new(1000), AuctionTime = new(1800) });
        var rig = new LendingRig(lending, seconds: 100);
        rig.Set(rig.Lending.Inclusion, 1);
        rig.Step(_ => 190);
        rig.Step(_ => 190);

        // Nobody can bid for an hour, and afterwards nobody is there to start what has run out.
        rig.Set(rig.Lending.VenueIsUp, 0);
        for (var tick = 0; tick < 36; tick++)
        {
            rig.Step(_ => 190);
        }

        rig.Set(rig.Lending.VenueIsUp, 1);
        rig.Set(rig.Lending.GatewayRejects, 1);
        for (var tick = 0; tick < 36; tick++)
        {
            rig.Step(_ => 190);
        }

        Assert.Equal(0, lending.Recovered.Span[0]);
        rig.Set(rig.Lending.GatewayRejects, 0);
        for (var tick = 0; tick < 8; tick++)
        {
            rig.Step(_ => 190);
        }

        Assert.True(lending.Recovered.Span[0] > 0);
    }

    [Fact]
    public void The_share_of_free_lots_is_that_of_the_closed_form()
    {
        // 256 paths with hundreds of lots each: a standard error well below a percent.
        var lending = new MakerLending(Flip with { Bidders = new(2.5), KeeperCapital = new(1e12) });
        var rig = new LendingRig(lending, poolQuote: 1e13, paths: 256);
        rig.Set(rig.Lending.Inclusion, 1);
        for (var tick = 0; tick < 30; tick++)
        {
            rig.Step(_ => 150);
        }

        var (sold, free) = (lending.LotsSold.Span.ToArray().Sum(), lending.LotsFree.Span.ToArray().Sum());
        var expected = Bids.SoleBidderShare(2.5);
        Assert.Equal(expected, free / sold, 4 * Math.Sqrt(expected * (1 - expected) / sold));
    }

    [Fact]
    public void The_hole_limits_what_is_in_auction()
    {
        var lending = new MakerLending(Clip with { Hole = new(3e6) });
        var rig = new LendingRig(lending);
        for (var tick = 0; tick < 30; tick++)
        {
            rig.Step(_ => 150);
            Assert.True(lending.InAuction.Span[0] <= 3e6 * (1 + 1e-9));
        }

        Assert.True(lending.InAuction.Span[0] > 0 && rig.Lending.LateLiquidations.Span[0] > 0);
    }

    [Fact]
    public void A_dutch_auction_sells_where_the_price_meets_the_market()
    {
        var lending = new MakerLending(Clip with { StepTime = new(90), Hole = new(1e12) });
        var rig = new LendingRig(lending, poolQuote: 1e13, seconds: 90);
        rig.Set(rig.Lending.Inclusion, 1);
        var ticks = 0;
        for (; lending.Recovered.Span[0] <= 0 && ticks < 100; ticks++)
        {
            rig.Step(_ => 180);
        }

        // 1.2 0.99^n is below 0.997 / 1.0015 for the first time at n = 19; the tick of the bark counts.
        Assert.Equal(20, ticks);
    }

    [Fact]
    public void An_auction_without_takers_starts_again_for_a_reward()
    {
        var lending = new MakerLending(Clip with { Cusp = new(0.9), KeeperMargin = new(0.2) });
        var rig = new LendingRig(lending);
        rig.Set(rig.Lending.Inclusion, 1);
        for (var tick = 0; tick < 60; tick++)
        {
            rig.Step(_ => 180);
        }

        Assert.Equal(0, lending.Recovered.Span[0]);
        Assert.True(rig.KeeperProfit > 0);
    }

    [Fact]
    public void Every_parameter_moves_some_output()
    {
        var kind = ComponentCatalog.Default.Components["maker-lending"];
        Assert.Empty(kind.Parameters.Where(x => !Moves(kind, x)).Select(x => x.Name));
    }

    private static ((double Free, double DeficitShare, double BadDebt) Result, MakerLending Lending) BlackThursday(
        MakerLending.Parameters p)
    {
        const int Paths = 16, Ticks = 576;
        var lending = new MakerLending(p);
        var path = new PricePath(new() { Shape = CrisisShape.BlackThursday2020 });
        var rig = new LendingRig(lending, poolQuote: 60e6, paths: Paths, count: Ticks, lagTicks: 12, gasPrice: 80);
        rig.Set(rig.Lending.Inclusion, 1);
        for (var tick = 0; tick < Ticks; tick++)
        {
            var price = 200 * Math.Exp(path.At(tick * 300.0, 1));
            rig.Step(_ => price);
        }

        var (sold, free) = (lending.LotsSold.Span.ToArray().Sum(), lending.LotsFree.Span.ToArray().Sum());
        var (bad, taken) = (lending.BadDebtRealised.Span.ToArray().Sum(),
            lending.ZeroBidCollateral.Span.ToArray().Sum());
        return ((free / sold, bad / taken, bad / Paths), lending);
    }
}
