using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Lending;

/// <content>Auctions: how they start, who takes what, and how they end.</content>
public sealed partial class MakerLending
{
    /// <summary>What keepers take from all auctions of a path in a tick.</summary>
    private struct Sale
    {
        public Vec X, Y, Gamma, Capital, Sold;
        public Vec Taken, Paid, Back, Gas, Lost, Surplus;
        public Mask Acts;
    }

    /// <summary>Puts what was seized up for auction.</summary>
    protected override void Keep(in Desk desk, int i)
    {
        Vecs collateral = AuctionCollateral.Vecs, bonus = BonusPaid.Vecs;
        var pending = desk.Seized > Vec.Zero;
        bonus[i] -= desk.Seized * desk.Price - desk.Absorbed;
        collateral[i] += desk.Seized;

        // A flip splits a vault into lots, a clip sells it whole.
        var isClip = _p.Auction == AuctionKind.Clip;
        var parts = isClip ? desk.Positions : desk.Seized * (1 / _p.LotSize.Value);
        var lots = Vec.Where(pending, Vec.Max(Vec.Floor(parts + 0.5), 1.0));
        if (isClip)
        {
            Reward(lots, desk.Absorbed * (1 + _p.Penalty.Value), i);
        }

        for (var slot = 0; slot < Slots && pending.Any; slot++)
        {
            var free = pending & !(AuctionLot.Row(slot)[i] > Vec.Zero);
            Join(desk, lots, free, slot, i);
            pending &= !free;
        }

        // All in use: the youngest takes more.
        if (pending.Any)
        {
            var youngest = AuctionAge.Row(0)[i];
            for (var slot = 1; slot < Slots; slot++)
            {
                youngest = Vec.Min(youngest, AuctionAge.Row(slot)[i]);
            }

            for (var slot = 0; slot < Slots; slot++)
            {
                var joins = pending & (AuctionAge.Row(slot)[i] <= youngest);
                Join(desk, lots, joins, slot, i);
                pending &= !joins;
            }
        }
    }

    /// <summary>Auctions go on by a tick.</summary>
    protected override void Proceed(in Tick tick, int i)
    {
        if (!(AuctionCollateral.Vecs[i] > Vec.Zero).Any)
        {
            return;
        }

        var (x, y) = SaleDepth(i);
        var sale = new Sale
        {
            X = x,
            Y = y,
            Gamma = 1.0 - VenueFee.Vecs[i],
            Capital = Vec.Max(_p.KeeperCapital.Value - InFlight.Vecs[i] - CostBefore.Vecs[i], Vec.Zero),
            Sold = Sell.Vecs[i],
            Acts = (ChainIsUp.Vecs[i] > 0.5) & (VenueIsUp.Vecs[i] > 0.5),
        };
        if (_p.Auction == AuctionKind.Flip)
        {
            Flip(tick, ref sale, i);
        }
        else
        {
            Clip(tick, ref sale, i);
        }

        Close(sale, i);
    }

    private void Join(in Desk desk, Vec lots, Mask joins, int slot, int i)
    {
        if (joins.None)
        {
            return;
        }

        Vecs tab = AuctionTab.Row(slot), lot = AuctionLot.Row(slot), owed = AuctionOwed.Row(slot);
        Vecs top = AuctionTop.Row(slot), age = AuctionAge.Row(slot), count = AuctionCount.Row(slot);
        var added = Vec.Where(joins, desk.Seized);
        var all = lot[i] + added;
        var old = Vec.Where(all > Vec.Zero, lot[i] / all);
        top[i] = Vec.Select(joins, top[i] * old + desk.Price * _p.TopMultiple.Value * (1.0 - old), top[i]);
        age[i] = Vec.Select(joins, age[i] * old, age[i]);
        tab[i] += Vec.Where(joins, desk.Absorbed * (1 + _p.Penalty.Value));
        owed[i] += Vec.Where(joins, desk.Absorbed);
        count[i] += Vec.Where(joins, lots);
        lot[i] = all;
    }

    /// <summary>Pays a keeper for the start of auctions, out of the reserve.</summary>
    private void Reward(Vec lots, Vec tab, int i)
    {
        Vecs reserve = Reserve.Vecs, profit = KeeperProfit.Vecs;
        var reward = lots * _p.Tip.Value + tab * _p.Chip.Value;
        reserve[i] -= reward;
        profit[i] += reward;
    }

    /// <summary>English auctions: lots whose time is up go to who has bid.</summary>
    private void Flip(in Tick tick, ref Sale sale, int i)
    {
        var (able, isKnown) = (Vec.Zero, false);
        for (var slot = 0; slot < Slots; slot++)
        {
            Vecs lot = AuctionLot.Row(slot), age = AuctionAge.Row(slot);
            var open = lot[i] > Vec.Zero;
            age[i] = Vec.Where(open, age[i] + Vec.Where(sale.Acts, tick.Seconds));
            var due = open & sale.Acts & (age[i] >= _p.BidTime.Value);
            if (due.None)
            {
                continue;
            }

            able = isKnown ? able : BiddersAt(tick, i);
            isKnown = true;
            FlipBatch(tick, ref sale, due, able, slot, i);
        }
    }

    private void FlipBatch(in Tick tick, ref Sale sale, Mask due, Vec able, int slot, int i)
    {
        Vecs tab = AuctionTab.Row(slot), lot = AuctionLot.Row(slot), owed = AuctionOwed.Row(slot);
        Vecs age = AuctionAge.Row(slot), count = AuctionCount.Row(slot);
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
        var paid = Vec.Min(wonTab, value * wonLot);
        var taken = Vec.Where(value > Vec.Zero, Vec.Min(wonLot, paid / value));
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
        count[i] = Vec.Select(due, unsold, count[i]);
        lot[i] = Vec.Where(!ends, lot[i] * stays);
        tab[i] = Vec.Where(!ends, tab[i] * stays);
        owed[i] = Vec.Where(!ends, owed[i] * stays);
    }

    /// <summary>Mean number of bidders per lot, but for what they can fund.</summary>
    private Vec BiddersAt(in Tick tick, int i)
    {
        var time = _p.BidTime.Value;
        var latency = _p.KeeperLatency.Value + GatewayDelay.Vecs[i];
        var reacts = Vec.Select(latency > Vec.Zero, -LaneMath.Expm1(-time / latency), 1.0);
        var blocks = Vec.Max(Blocks.Vecs[i], Vec.Zero) * Math.Max(time / tick.Seconds, 1);
        var passed = 1.0 - Vec.Clamp(GatewayRejects.Vecs[i], Vec.Zero, 1.0);
        return _p.Bidders.Value * BidsThatClear(i) * Included(blocks, i) * reacts * passed;
    }

    /// <summary>Dutch auctions: prices fall, and keepers take what pays.</summary>
    private void Clip(in Tick tick, ref Sale sale, int i)
    {
        var acts = sale.Acts & (tick.Uniform(SaleDraw, i) < KeeperChance(tick, i));
        var gas = GasBill(i);
        var lotsSold = LotsSold.Vecs;
        for (var slot = 0; slot < Slots; slot++)
        {
            Vecs lots = AuctionLot.Row(slot), tabs = AuctionTab.Row(slot), owed = AuctionOwed.Row(slot);
            Vecs ages = AuctionAge.Row(slot), tops = AuctionTop.Row(slot), counts = AuctionCount.Row(slot);
            Vec lot = lots[i], tab = tabs[i], top = tops[i];
            var open = lot > Vec.Zero;
            if (open.None)
            {
                continue;
            }

            ages[i] += Vec.Where(open, tick.Seconds);
            var price = PriceOf(top, ages[i]);
            var isOver = open & ((ages[i] > _p.Tail.Value) | (price < top * _p.Cusp.Value));
            var restarts = isOver & acts & (OracleIsFresh.Vecs[i] > 0.5);
            if (restarts.Any)
            {
                Reward(Vec.Where(restarts, counts[i]), Vec.Where(restarts, tab), i);
                ages[i] = Vec.Where(!restarts, ages[i]);
                tops[i] = Vec.Select(restarts, OraclePrice.Vecs[i] * _p.TopMultiple.Value, top);
            }

            var least = price * (1 + _p.KeeperMargin.Value + _p.FlashFee.Value) + gas * counts[i] / lot;
            var wanted = FixedSpread.SellableAtProfit(least, 1.0, sale.X, sale.Y, sale.Gamma) - sale.Sold;
            wanted = Vec.Min(wanted, sale.Capital / price);
            var takes = open & acts & !isOver & (price > Vec.Zero) & (wanted > Vec.Zero);
            if (takes.None)
            {
                continue;
            }

            Vec tabLeft = tab, lotLeft = lot;
            var (taken, paid) = DutchAuction.Take(
                ref tabLeft, ref lotLeft, Vec.Max(wanted, Vec.Zero), price, _p.Dust.Value * counts[i]);
            (taken, paid) = (Vec.Where(takes, taken), Vec.Where(takes, paid));
            var part = Vec.Where(takes, taken / lot);
            sale.Gas += gas * counts[i] * part;
            sale.Taken += taken;
            sale.Sold += taken;
            sale.Paid += paid;
            sale.Capital = Vec.Max(sale.Capital - paid, Vec.Zero);
            owed[i] -= paid;

            var isRaised = takes & !(tabLeft > Vec.Zero);
            var ends = takes & (isRaised | !(lotLeft > Vec.Zero));
            sale.Back += Vec.Where(isRaised, lotLeft);
            sale.Lost += Vec.Where(ends, Vec.Max(owed[i], Vec.Zero));
            sale.Surplus += Vec.Where(ends, Vec.Max(-owed[i], Vec.Zero));
            lotsSold[i] += Vec.Where(ends, counts[i]);
            tabs[i] = Vec.Select(takes, Vec.Where(!ends, tabLeft), tab);
            lots[i] = Vec.Select(takes, Vec.Where(!ends, lotLeft), lot);
            owed[i] = Vec.Where(!ends, owed[i]);
            counts[i] = Vec.Where(!ends, counts[i]);
        }
    }

    private Vec PriceOf(Vec top, Vec age) => DutchAuction.PriceAt(
        _p.PriceForm, top, _p.PriceForm == AuctionPrice.Exponential ? age / _p.StepTime.Value : age, _p.Cut.Value,
        _p.StepTime.Value, _p.LineTime.Value);

    /// <summary>Books what was sold.</summary>
    private void Close(in Sale sale, int i)
    {
        Vecs sell = Sell.Vecs, sold = SoldBefore.Vecs, cost = CostBefore.Vecs, bonus = BonusPaid.Vecs;
        Vecs cash = Cash.Vecs, usdIn = UsdIn.Vecs, baseOut = BaseOut.Vecs, recovered = Recovered.Vecs;
        Vecs reserve = Reserve.Vecs, surplus = Surplus.Vecs, collateral = AuctionCollateral.Vecs;
        Vecs back = Returned.Vecs, open = AuctionsOpen.Vecs, inAuction = InAuction.Vecs, share = ZeroBidShare.Vecs;
        Vec tabs = Vec.Zero, counts = Vec.Zero, left = Vec.Zero;
        for (var slot = 0; slot < Slots; slot++)
        {
            tabs += AuctionTab.Row(slot)[i];
            left += AuctionLot.Row(slot)[i];
            counts += AuctionCount.Row(slot)[i];
        }

        (inAuction[i], open[i]) = (tabs, counts);
        share[i] = Vec.Where(LotsSold.Vecs[i] > Vec.Zero, LotsFree.Vecs[i] / LotsSold.Vecs[i]);
        collateral[i] = left;
        sell[i] += sale.Taken;
        sold[i] += sale.Taken;
        cost[i] += sale.Paid * (1 + _p.FlashFee.Value) + sale.Gas;
        bonus[i] += sale.Taken * OraclePrice.Vecs[i] - sale.Paid;
        cash[i] += sale.Paid;
        usdIn[i] += sale.Paid;
        baseOut[i] += sale.Taken + sale.Back;
        recovered[i] += sale.Paid;
        back[i] += sale.Back;
        surplus[i] += sale.Surplus;
        reserve[i] += sale.Surplus;
        Lose(sale.Lost, i);
    }
}
