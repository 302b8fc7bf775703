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
            Capital = CapitalLeft(i),
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
        var run = AuctionRun.Row(slot);
        var added = Vec.Where(joins, desk.Seized);
        var all = lot[i] + added;
        var old = Vec.Where(all > Vec.Zero, lot[i] / all);
        top[i] = Vec.Select(joins, top[i] * old + desk.Price * _p.TopMultiple.Value * (1.0 - old), top[i]);
        age[i] = Vec.Select(joins, age[i] * old, age[i]);
        run[i] = Vec.Select(joins, run[i] * old, run[i]);
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
