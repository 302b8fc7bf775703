using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>The curve while a tick is made.</content>
public sealed partial class ConcentratedLiquidityVenue
{
    private struct Concentrated : ICurve<Concentrated>
    {
        private ConcentratedLiquidityVenue _own;
        private Vec _root, _scale, _anchor, _hold, _rootAfter;

        public static bool KeepsFees => false;

        public static bool IsBounded => true;

        public Vec Base { get; private set; }

        public Vec Quote { get; private set; }

        public readonly Vec Spot => _root * _root * _anchor;

        /// <summary>Base per unit of the grid's.</summary>
        private readonly Vec Unit => _scale / _anchor;

        private readonly Mask IsInside => (_root > _own._grid.Low) & (_root < _own._grid.High);

        public static Concentrated Load(PoolVenue venue, int i)
        {
            var own = (ConcentratedLiquidityVenue)venue;
            return new Concentrated
            {
                _own = own, _root = own.Root.Vecs[i], _scale = own.Scale.Vecs[i], _anchor = own.Anchor.Vecs[i],
                _hold = own.HoldScale.Vecs[i], Base = own.ReserveBase.Vecs[i], Quote = own.ReserveQuote.Vecs[i],
            };
        }

        public readonly Vec Coins(Vec value) => value / Spot;

        public readonly Vec Depth() => InRange() * _scale / _own.LiquidityStart;

        public readonly Vec LossRate(Vec sigma)
        {
            var depth = Vec.Where(IsInside, _own._grid.DepthAt(_root));
            return 0.25 * sigma * sigma * depth * _root * _scale / (Base * Spot + Quote);
        }

        public void Scale(Vec factor)
        {
            (Base, Quote) = (Base * factor, Quote * factor);
            (_scale, _hold) = (_scale * factor, _hold * factor);
        }

        public readonly Vec SellLimit(double share, Vec gamma) => share >= 1
            ? Vec.Max(_own._grid.BaseMax - Base / Unit, Vec.Zero) * Unit / gamma
            : _own._grid.TakeQuote(_root, share * _own._grid.QuoteAt(_root)).Taken * Unit / gamma;

        public readonly Vec BuyLimit(double share, Vec gamma) => share >= 1
            ? Vec.Max(_own._grid.QuoteMax - Quote / _scale, Vec.Zero) * _scale / gamma
            : _own._grid.TakeBase(_root, share * _own._grid.BaseAt(_root)).Taken * _scale / gamma;

        public Fill Sell(Vec sold, Vec gamma)
        {
            var fee = (1.0 - gamma) * sold * Spot;
            var swap = _own._grid.SellBase(_root, gamma * sold / Unit);
            var taken = Vec.Min(swap.Out * _scale, Quote);
            _root = swap.Root;
            Base += gamma * sold;
            Quote -= taken;
            return new Fill(taken, fee);
        }

        public Fill Buy(Vec spent, Vec gamma)
        {
            var swap = _own._grid.BuyBase(_root, gamma * spent / _scale);
            var bought = Vec.Min(swap.Out * Unit, Base);
            _root = swap.Root;
            Base -= bought;
            Quote += gamma * spent;
            return new Fill(bought, (1.0 - gamma) * spent);
        }

        public readonly void Add(Vec baseFee, Vec quoteFee)
        {
            // Fees do not enter the reserves.
        }

        public readonly Mask IsOutside(Vec gamma, Vec fair) => PoolVenue.IsOutside(Spot, gamma, fair);

        public Arbitrage ArbitrageTo(Vec gamma, Vec fair)
        {
            var isUp = gamma * fair > Spot;
            var swap = _own._grid.To(_root, Vec.Sqrt(Vec.Select(isUp, gamma * fair, fair / gamma) / _anchor));
            _rootAfter = swap.Root;
            Vec quoteIn = Vec.Where(isUp, swap.Taken * _scale / gamma), baseOut = Vec.Where(isUp, swap.Out * Unit);
            Vec baseIn = Vec.Where(!isUp, swap.Taken * Unit / gamma), quoteOut = Vec.Where(!isUp, swap.Out * _scale);
            (baseOut, quoteOut) = (Vec.Min(baseOut, Base), Vec.Min(quoteOut, Quote));
            return Arbitrage.At(fair, quoteIn, baseOut, baseIn, quoteOut);
        }

        public Vec Apply(in Arbitrage trade, Mask acts, Vec gamma, Vec fair)
        {
            Vec quoteIn = Vec.Where(acts, trade.QuoteIn), baseIn = Vec.Where(acts, trade.BaseIn);
            Base += gamma * baseIn - Vec.Where(acts, trade.BaseOut);
            Quote += gamma * quoteIn - Vec.Where(acts, trade.QuoteOut);
            _root = Vec.Select(acts, _rootAfter, _root);
            return (1.0 - gamma) * (quoteIn + baseIn * fair);
        }

        public readonly void Store(PoolVenue venue, int i, Vec market)
        {
            Vecs root = _own.Root.Vecs, scale = _own.Scale.Vecs, hold = _own.HoldScale.Vecs, tvl = _own.Tvl.Vecs;
            Vecs impermanent = _own.ImpermanentLoss.Vecs, exhausted = _own.Exhausted.Vecs;
            Vecs inRange = _own.InRange.Vecs;
            root[i] = _root;
            scale[i] = _scale;
            hold[i] = _hold;
            tvl[i] = Base * Spot + Quote;
            exhausted[i] = (!IsInside).AsOne();
            inRange[i] = InRange();
            var held = _hold * (_own._baseAtAnchor * market / _own.PriceStart.Vecs[i] + _own._quoteAtAnchor);
            impermanent[i] = Vec.Clamp((Base * market + Quote) / held - 1.0, -1.0, Vec.Zero);
            StoreLadder(i);
        }

        private readonly void StoreLadder(int i)
        {
            Vecs depth = _own.Depth100.Vecs;
            var grid = _own._grid;
            Vec coins = grid.BaseAt(_root), quote = grid.QuoteAt(_root);
            for (var move = 0; move < Moves.Length; move++)
            {
                Vecs sell = _own.SellDepths.Row(move), buy = _own.BuyDepths.Row(move);
                var down = Vec.Max(_root * Math.Sqrt(1 - Moves[move]), grid.Low);
                var up = Vec.Min(_root * Math.Sqrt(1 + Moves[move]), grid.High);
                sell[i] = Vec.Max(grid.BaseAt(down) - coins, Vec.Zero) * Unit;
                buy[i] = Vec.Max(grid.QuoteAt(up) - quote, Vec.Zero) * _scale;
                if (move == Percent)
                {
                    depth[i] = Vec.Max(quote - grid.QuoteAt(down), Vec.Zero) * _scale;
                }
            }
        }

        private readonly Vec InRange() =>
            Vec.Where(IsInside, Vec.Min(_own._grid.DepthAt(_root) / _own._depthAtAnchor, 1.0));
    }
}
