using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Venues;

/// <content>The books of a pool while a tick is made.</content>
public abstract partial class PoolVenue
{
    /// <summary>Eight paths of a curve and of what flows in and out of it.</summary>
    private ref struct Pool<TCurve>
        where TCurve : struct, ICurve<TCurve>
    {
        public TCurve Curve;
        private Vec _baseIn, _baseOut, _quoteIn, _quoteOut, _volume, _fees, _loss, _baseBefore, _quoteBefore;

        public Pool(PoolVenue venue, int i, Vec fee)
        {
            Curve = TCurve.Load(venue, i);
            Gamma = 1.0 - fee;
            Remember();
        }

        public Vec Gamma { get; }

        public void Scale(Vec factor)
        {
            Vec x = Curve.Base, y = Curve.Quote;
            Curve.Scale(factor);
            Vec baseMore = Curve.Base - x, quoteMore = Curve.Quote - y;
            Vec moreBase = Vec.Max(baseMore, Vec.Zero), moreQuote = Vec.Max(quoteMore, Vec.Zero);
            _baseIn += moreBase;
            _baseOut += moreBase - baseMore;
            _quoteIn += moreQuote;
            _quoteOut += moreQuote - quoteMore;
            Remember();
        }

        /// <summary>Sells base into the pool; returns the quote paid out.</summary>
        public Vec SellBase(Vec sold)
        {
            var fill = Curve.Sell(sold, Gamma);
            _baseIn += sold;
            _quoteOut += fill.Out;
            _volume += fill.Out;
            _fees += fill.Fee;
            if (!TCurve.KeepsFees)
            {
                _baseOut += (1.0 - Gamma) * sold;
            }

            return fill.Out;
        }

        /// <summary>Spends quote on base; returns the base paid out.</summary>
        public Vec BuyBase(Vec spent)
        {
            var fill = Curve.Buy(spent, Gamma);
            _baseOut += fill.Out;
            _quoteIn += spent;
            _volume += spent;
            _fees += fill.Fee;
            if (!TCurve.KeepsFees)
            {
                _quoteOut += fill.Fee;
            }

            return fill.Out;
        }

        /// <summary>A buy and a sell of the same value at the spot: each pays its fee.</summary>
        public void Cross(Vec value)
        {
            Vec fee = (1.0 - Gamma) * value, coins = Curve.Coins(value), baseFee = (1.0 - Gamma) * coins;
            _baseIn += coins;
            _quoteIn += value;
            if (TCurve.KeepsFees)
            {
                Curve.Add(baseFee, fee);
                _baseOut += coins - baseFee;
                _quoteOut += value - fee;
            }
            else
            {
                _baseOut += coins;
                _quoteOut += value;
            }

            _volume += 2.0 * value;
            _fees += 2.0 * fee;
        }

        public void Arbitrage(in Arbitrage trade, Mask acts, Vec fair)
        {
            var fees = Curve.Apply(trade, acts, Gamma, fair);
            Vec quoteIn = Vec.Where(acts, trade.QuoteIn), baseIn = Vec.Where(acts, trade.BaseIn);
            Vec quoteOut = Vec.Where(acts, trade.QuoteOut), baseOut = Vec.Where(acts, trade.BaseOut);
            _baseIn += baseIn;
            _baseOut += baseOut;
            _quoteIn += quoteIn;
            _quoteOut += quoteOut;
            if (!TCurve.KeepsFees)
            {
                _baseOut += (1.0 - Gamma) * baseIn;
                _quoteOut += (1.0 - Gamma) * quoteIn;
            }

            _volume += quoteIn + quoteOut;
            _fees += fees;
            _loss += Vec.Where(acts, trade.Profit) + fees;
        }

        public readonly void Publish(PoolVenue venue, int i, Vec market)
        {
            Vecs x = venue.ReserveBase.Vecs, y = venue.ReserveQuote.Vecs, spot = venue.Spot.Vecs;
            Vecs baseIn = venue.BaseIn.Vecs, baseOut = venue.BaseOut.Vecs;
            Vecs quoteIn = venue.QuoteIn.Vecs, quoteOut = venue.QuoteOut.Vecs;
            Vecs volume = venue.Volume.Vecs, fees = venue.Fees.Vecs, loss = venue.LossVersusRebalancing.Vecs;
            Vecs mispricing = venue.Mispricing.Vecs, mispricingMax = venue.MispricingMax.Vecs;
            var price = Curve.Spot;
            x[i] = Curve.Base;
            y[i] = Curve.Quote;
            spot[i] = price;
            baseIn[i] = _baseIn;
            baseOut[i] = _baseOut;
            quoteIn[i] = _quoteIn;
            quoteOut[i] = _quoteOut;
            volume[i] = _volume;
            fees[i] = _fees;
            loss[i] = _loss;
            Curve.Store(venue, i, market);
            var gap = Vec.Abs(LaneMath.Log(price / market));
            mispricing[i] = gap;
            mispricingMax[i] = gap;
            if (TCurve.IsLadder)
            {
                var before = _baseBefore * market + _quoteBefore;
                var kept = TCurve.KeepsFees ? Vec.Zero : _fees;
                var gain = (Curve.Base - _baseBefore) * market + (Curve.Quote - _quoteBefore) + kept;
                ((LadderVenue)venue).PublishOrders(i, market, gain / before);
            }
        }

        /// <summary>The holdings that trades start from: what they add at the market price is the providers'
        /// return.</summary>
        private void Remember()
        {
            if (TCurve.IsLadder)
            {
                (_baseBefore, _quoteBefore) = (Curve.Base, Curve.Quote);
            }
        }
    }
}
