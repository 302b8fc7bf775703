using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>The pool while a tick is made.</content>
public sealed partial class ConstantProductVenue
{
    /// <summary>Four paths of the pool in registers while a tick is made.</summary>
    private ref struct Pool
    {
        private Vec _baseIn, _baseOut, _quoteIn, _quoteOut, _volume, _fees, _loss;

        public Pool(ConstantProductVenue venue, int i, Vec fee)
        {
            X = venue.ReserveBase.Vecs[i];
            Y = venue.ReserveQuote.Vecs[i];
            Gamma = 1.0 - fee;
        }

        public Vec X { get; private set; }

        public Vec Y { get; private set; }

        public Vec Gamma { get; }

        public void Scale(Vec factor)
        {
            Vec x = X * factor, y = Y * factor;
            Vec moreBase = Vec.Max(x - X, Vec.Zero), moreQuote = Vec.Max(y - Y, Vec.Zero);
            _baseIn += moreBase;
            _baseOut += moreBase - (x - X);
            _quoteIn += moreQuote;
            _quoteOut += moreQuote - (y - Y);
            (X, Y) = (x, y);
        }

        /// <summary>Sells base into the pool; returns the quote paid out.</summary>
        public Vec SellBase(Vec sold)
        {
            var spot = Y / X;
            var taken = ConstantProduct.Out(sold, X, Y, Gamma);
            X += sold;
            Y -= taken;
            _baseIn += sold;
            _quoteOut += taken;
            _volume += taken;
            _fees += (1.0 - Gamma) * sold * spot;
            return taken;
        }

        /// <summary>Spends quote on base; returns the base paid out.</summary>
        public Vec BuyBase(Vec spent)
        {
            var bought = ConstantProduct.Out(spent, Y, X, Gamma);
            X -= bought;
            Y += spent;
            _baseOut += bought;
            _quoteIn += spent;
            _volume += spent;
            _fees += (1.0 - Gamma) * spent;
            return bought;
        }

        /// <summary>A buy and a sell of the same value at the spot: each pays its fee, the price stays.</summary>
        public void Cross(Vec value)
        {
            Vec fee = (1.0 - Gamma) * value, coins = value * X / Y, baseFee = (1.0 - Gamma) * coins;
            X += baseFee;
            Y += fee;
            _baseIn += coins;
            _baseOut += coins - baseFee;
            _quoteIn += value;
            _quoteOut += value - fee;
            _volume += 2.0 * value;
            _fees += 2.0 * fee;
        }

        public void Arbitrage(in Arbitrage trade, Mask acts, Vec fair)
        {
            Vec quoteIn = Vec.Where(acts, trade.QuoteIn), baseIn = Vec.Where(acts, trade.BaseIn);
            Vec quoteOut = Vec.Where(acts, trade.QuoteOut), baseOut = Vec.Where(acts, trade.BaseOut);
            X += baseIn - baseOut;
            Y += quoteIn - quoteOut;
            _baseIn += baseIn;
            _baseOut += baseOut;
            _quoteIn += quoteIn;
            _quoteOut += quoteOut;
            _volume += quoteIn + quoteOut;
            var fees = (1.0 - Gamma) * (quoteIn + baseIn * fair);
            _fees += fees;
            _loss += Vec.Where(acts, trade.Profit) + fees;
        }

        public readonly void Publish(ConstantProductVenue venue, int i, Vec market)
        {
            Vecs x = venue.ReserveBase.Vecs, y = venue.ReserveQuote.Vecs, spot = venue.Spot.Vecs;
            Vecs baseIn = venue.BaseIn.Vecs, baseOut = venue.BaseOut.Vecs;
            Vecs quoteIn = venue.QuoteIn.Vecs, quoteOut = venue.QuoteOut.Vecs;
            Vecs volume = venue.Volume.Vecs, fees = venue.Fees.Vecs, loss = venue.LossVersusRebalancing.Vecs;
            Vecs tvl = venue.Tvl.Vecs, depth = venue.Depth.Vecs, impermanent = venue.ImpermanentLoss.Vecs;
            Vecs mispricing = venue.Mispricing.Vecs, mispricingMax = venue.MispricingMax.Vecs;
            var price = Y / X;
            x[i] = X;
            y[i] = Y;
            spot[i] = price;
            baseIn[i] = _baseIn;
            baseOut[i] = _baseOut;
            quoteIn[i] = _quoteIn;
            quoteOut[i] = _quoteOut;
            volume[i] = _volume;
            fees[i] = _fees;
            loss[i] = _loss;
            tvl[i] = 2.0 * Y;
            depth[i] = Y * ConstantProduct.SellDepth(1, DepthMove);
            impermanent[i] = Vec.Min(ConstantProduct.ImpermanentLoss(price / venue.SpotStart.Vecs[i]), Vec.Zero);
            var gap = Vec.Abs(LaneMath.Log(price / market));
            mispricing[i] = gap;
            mispricingMax[i] = gap;
        }
    }
}
