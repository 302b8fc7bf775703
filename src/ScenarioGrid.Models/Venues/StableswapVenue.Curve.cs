using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>The curve while a tick is made.</content>
public sealed partial class StableswapVenue
{
    private struct Stable : ICurve<Stable>
    {
        private StableswapVenue _own;
        private double _ann;
        private Vec _par, _d;

        public Vec Base { get; private set; }

        public Vec Quote { get; private set; }

        public readonly Vec Spot => _par * StableSwap.Price(Base * _par, Quote, _d, _ann);

        public static Stable Load(PoolVenue venue, int i)
        {
            var own = (StableswapVenue)venue;
            return new Stable
            {
                _own = own, _ann = own._ann, _par = own.PegRatio.Vecs[i] * own.QuotePrice.Vecs[i],
                _d = own.Invariant.Vecs[i], Base = own.ReserveBase.Vecs[i], Quote = own.ReserveQuote.Vecs[i],
            };
        }

        public readonly Vec Coins(Vec value) => value / Spot;

        public readonly Vec Depth() => (Base * Spot + Quote) / _own.LiquidityStart;

        public readonly Vec LossRate(Vec sigma)
        {
            Vec x = Base * _par / _d, y = Quote / _d, price = StableSwap.Price(x, y, 1.0, _ann);
            return 0.5 * sigma * sigma * price * StableSwap.Elasticity(x, y, _ann) / (price * x + y);
        }

        public void Scale(Vec factor) => (Base, Quote, _d) = (Base * factor, Quote * factor, _d * factor);

        public readonly Vec SellLimit(double share, Vec gamma) => share >= 1
            ? double.PositiveInfinity
            : Vec.Max(StableSwap.Balance(Quote * (1 - share), _d, _ann) / _par - Base, Vec.Zero);

        public readonly Vec BuyLimit(double share, Vec gamma) => share >= 1
            ? double.PositiveInfinity
            : Vec.Max(StableSwap.Balance(Base * (_par * (1 - share)), _d, _ann) - Quote, Vec.Zero);

        public Fill Sell(Vec sold, Vec gamma)
        {
            Vec held = Base * _par, input = sold * _par;
            var gross = Vec.Where(sold > Vec.Zero, StableSwap.Out(input, held, Quote, _d, _ann));
            var left = Left(Quote, gross, held + input);
            gross = Vec.Min(gross, Quote);
            var fee = (1.0 - gamma) * gross;
            Base += sold;
            Quote = Vec.Select(sold > Vec.Zero, left + fee, Quote);
            Solve(sold > Vec.Zero);
            return new Fill(gross - fee, fee);
        }

        public Fill Buy(Vec spent, Vec gamma)
        {
            Vec held = Base * _par, spot = Spot;
            var gross = Vec.Where(spent > Vec.Zero, StableSwap.Out(spent, Quote, held, _d, _ann));
            var left = Left(held, gross, Quote + spent);
            gross = Vec.Min(gross, held) / _par;
            var fee = (1.0 - gamma) * gross;
            Base = Vec.Select(spent > Vec.Zero, left / _par + fee, Base);
            Quote += spent;
            Solve(spent > Vec.Zero);
            return new Fill(gross - fee, fee * spot);
        }

        public void Add(Vec baseFee, Vec quoteFee)
        {
            Base += baseFee;
            Quote += quoteFee;
            Solve((baseFee + quoteFee) > Vec.Zero);
        }

        public readonly Mask IsOutside(Vec gamma, Vec fair) => PoolVenue.IsOutside(Spot, gamma, fair);

        public readonly Arbitrage ArbitrageTo(Vec gamma, Vec fair)
        {
            var isUp = gamma * fair > Spot;
            var (first, second) = StableSwap.At(Vec.Select(isUp, gamma * fair, fair / gamma) / _par, _ann);
            Vec coins = first * _d / _par - Base, quote = second * _d - Quote;
            var quoteIn = Vec.Where(isUp, Vec.Max(quote, Vec.Zero));
            var baseIn = Vec.Where(!isUp, Vec.Max(coins, Vec.Zero));
            var baseOut = Vec.Where(isUp, Vec.Max(-coins, Vec.Zero) * gamma);
            var quoteOut = Vec.Where(!isUp, Vec.Max(-quote, Vec.Zero) * gamma);
            return Arbitrage.At(fair, quoteIn, baseOut, baseIn, quoteOut);
        }

        public Vec Apply(in Arbitrage trade, Mask acts, Vec gamma, Vec fair)
        {
            Vec quoteOut = Vec.Where(acts, trade.QuoteOut), baseOut = Vec.Where(acts, trade.BaseOut);
            Base += Vec.Where(acts, trade.BaseIn) - baseOut;
            Quote += Vec.Where(acts, trade.QuoteIn) - quoteOut;
            Solve(acts);
            return (1.0 - gamma) / gamma * (quoteOut + baseOut * fair);
        }

        public readonly void Store(PoolVenue venue, int i, Vec market)
        {
            Vecs tvl = _own.Tvl.Vecs, impermanent = _own.ImpermanentLoss.Vecs, depth = _own.Depth100.Vecs;
            Vecs invariant = _own.Invariant.Vecs, imbalance = _own.Imbalance.Vecs;
            Vec held = Base * _par, x = held / _d, y = Quote / _d, price = StableSwap.Price(x, y, 1.0, _ann);
            var value = price * x + y;
            var hold = price * _own.BaseStart.Vecs[i] + _own.ShareStart.Vecs[i];
            invariant[i] = _d;
            tvl[i] = value * _d;
            impermanent[i] = Vec.Clamp(value / hold - 1.0, -1.0, Vec.Zero);
            imbalance[i] = held / (held + Quote);
            Vec ratio = 1.0, ratioUp = 1.0;
            for (var move = 0; move < Moves.Length; move++)
            {
                Vecs sell = _own.SellDepths.Row(move), buy = _own.BuyDepths.Row(move);
                var (down, less) = StableSwap.At(price * (1 - Moves[move]), _ann, ref ratio);
                var (_, up) = StableSwap.At(price * (1 + Moves[move]), _ann, ref ratioUp);
                sell[i] = Vec.Max(down - x, Vec.Zero) * _d / _par;
                buy[i] = Vec.Max(up - y, Vec.Zero) * _d;
                if (move == Percent)
                {
                    depth[i] = Vec.Max(y - less, Vec.Zero) * _d;
                }
            }
        }

        /// <summary>What a payment leaves of a reserve: where that is little, from the curve and not as a
        /// difference.</summary>
        private readonly Vec Left(Vec reserve, Vec gross, Vec other) =>
            Vec.Select(gross < 0.5 * reserve, reserve - gross, StableSwap.Balance(other, _d, _ann));

        private void Solve(Mask changed)
        {
            if (changed.Any)
            {
                _d = Vec.Select(changed, StableSwap.Invariant(Base * _par, Quote, _ann, _d), _d);
            }
        }
    }
}
