using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Lending;

/// <content>English auctions.</content>
public sealed partial class MakerLending
{
    /// <summary>Time in which bidders have to come: an auction may end before the time of a bid does.</summary>
    private double BidWindow => Math.Min(_p.BidTime.Value, _p.AuctionTime.Value);

    /// <summary>English auctions: lots whose time is up go to who has bid.</summary>
    private void Flip(in Tick tick, ref Sale sale, int i)
    {
        var (able, isKnown) = (Vec.Zero, false);
        for (var slot = 0; slot < Slots; slot++)
        {
            Vecs lot = AuctionLot.Row(slot), age = AuctionAge.Row(slot), run = AuctionRun.Row(slot);
            var open = lot[i] > Vec.Zero;
            age[i] = Vec.Where(open, age[i] + Vec.Where(sale.Acts, tick.Seconds));
            run[i] += Vec.Where(open, tick.Seconds);
            var isOver = open & (run[i] - age[i] >= _p.AuctionTime.Value);
            if (isOver.Any)
            {
                Restart(tick, ref sale, isOver, slot, i);
            }

            var due = open & !isOver & sale.Acts & (age[i] >= BidWindow);
            if (due.None)
            {
                continue;
            }

            able = isKnown ? able : BiddersAt(tick, i);
            isKnown = true;
            FlipBatch(tick, ref sale, due, able, slot, i);
        }
    }

    /// <summary>Keepers start lots again that nobody has bid for in time.</summary>
    private void Restart(in Tick tick, ref Sale sale, Mask isOver, int slot, int i)
    {
        Vecs age = AuctionAge.Row(slot), run = AuctionRun.Row(slot);
        var starts = isOver & sale.Acts & (tick.Uniform(SaleDraw, i) < KeeperChance(tick, i));
        sale.Gas += Vec.Where(starts, AuctionCount.Row(slot)[i] * GasBill(i));
        age[i] = Vec.Where(!starts, age[i]);
        run[i] = Vec.Where(!starts, run[i]);
    }

    private void FlipBatch(in Tick tick, ref Sale sale, Mask due, Vec able, int slot, int i)
    {
        Vecs tab = AuctionTab.Row(slot), lot = AuctionLot.Row(slot), owed = AuctionOwed.Row(slot);
        Vecs age = AuctionAge.Row(slot), run = AuctionRun.Row(slot), count = AuctionCount.Row(slot);
        Vecs lotsSold = LotsSold.Vecs, lotsFree = LotsFree.Vecs, freeValue = ZeroBidCollateral.Vecs;
        Vec n = Vec.Where(due, count[i]), funded = Vec.Where(due, Vec.Min(sale.Capital / tab[i], 1.0));
        var bidders = able * funded;
        var nobody = LaneMath.Exp(-bidders);
        var unsold = LaneMath.Binomial(n, nobody, tick.Uniform(NobodyDraw + slot, i));
        var sole = Vec.Clamp(bidders * nobody / Vec.Max(1.0 - nobody, 1e-300), Vec.Zero, 1.0);
        var free = LaneMath.Binomial(n - unsold, sole, tick.Uniform(SoleDraw + slot, i));
        Vec each = Vec.Where(due, 1.0 / count[i]), freeShare = free * each, wonShare = (n - unsold - free) * each;

        // Bidders reckon with what the venue pays for all that is sold in this tick.
        var offered = sale.Sold + (freeShare + wonShare) * lot[i];
        var depth = sale.X + sale.Gamma * offered;
        var value = Vec.Where(depth > Vec.Zero, sale.Gamma * sale.Y / depth)
            * (1.0 - _p.BidMargin.Value * Bids.SecondMargin(bidders));
        Vec wonLot = wonShare * lot[i], wonTab = wonShare * tab[i];
        var (taken, paid) = EnglishAuction.Settle(wonTab, wonLot, value, 1 + _p.BidStep.Value);
        var freeLot = freeShare * lot[i];
        var goneShare = freeShare + wonShare;

        sale.Taken += taken + freeLot;
        sale.Back += wonLot - taken;
        sale.Paid += paid;
        sale.Sold += taken + freeLot;
        sale.Capital = Vec.Max(sale.Capital - paid, Vec.Zero);
        sale.Gas += (n - unsold) * GasBill(i);
        var owes = owed[i];
        sale.Lost += freeShare * owes + Vec.Max(wonShare * owes - paid, Vec.Zero);
        sale.Surplus += Vec.Max(paid - wonShare * owes, Vec.Zero);
        lotsSold[i] += n - unsold;
        lotsFree[i] += free;
        freeValue[i] += freeLot * Spot.Vecs[i];

        var ends = due & !(unsold > Vec.Zero);
        var stays = 1.0 - goneShare;
        age[i] = Vec.Where(!due, age[i]);
        run[i] = Vec.Where(!ends, run[i]);
        count[i] = Vec.Select(due, unsold, count[i]);
        lot[i] = Vec.Where(!ends, lot[i] * stays);
        tab[i] = Vec.Where(!ends, tab[i] * stays);
        owed[i] = Vec.Where(!ends, owed[i] * stays);
    }

    /// <summary>Mean number of bidders per lot, but for what they can fund.</summary>
    private Vec BiddersAt(in Tick tick, int i)
    {
        var time = BidWindow;
        var blocks = Vec.Max(Blocks.Vecs[i], Vec.Zero) * Math.Max(time / tick.Seconds, 1);
        return _p.Bidders.Value * BidsThatClear(i) * Included(blocks, i) * Reacting(time, i) * LetThrough(i);
    }
}
