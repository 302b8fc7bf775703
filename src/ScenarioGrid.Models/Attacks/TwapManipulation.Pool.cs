using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Models.Attacks;

/// <content>The venue as the attacker sees it.</content>
public sealed partial class TwapManipulation
{
    /// <summary>The venue on eight paths: a constant product by its reserves, any other by its ladder.</summary>
    private readonly ref struct Pool
    {
        /// <summary>Vectors of memory that it needs.</summary>
        public const int MemorySize = 2 * LiquidityLadder.MemorySize;

        private readonly Vec _x, _y, _gamma, _spot;
        private readonly Mask _isLadder;
        private readonly LiquidityLadder _sell, _buy;

        public Pool(TwapManipulation attack, int i, Span<Vec> memory)
        {
            _x = attack.ReserveBase.Vecs[i];
            _y = attack.ReserveQuote.Vecs[i];
            _gamma = 1.0 - attack.Fee.Vecs[i];
            _spot = attack.Spot.Vecs[i];
            _isLadder = attack.Curve.Vecs[i] >= 0.5;
            _sell = new LiquidityLadder(memory[..LiquidityLadder.MemorySize]);
            _buy = new LiquidityLadder(memory[LiquidityLadder.MemorySize..]);
            if (_isLadder.Any)
            {
                _sell.Set(isSell: true, _spot, attack.SellDepths, 0, i);
                _buy.Set(isSell: false, _spot, attack.BuyDepths, 0, i);
            }
        }

        /// <summary>What moving the spot from the fair price to a multiple of it takes, fees aside.</summary>
        public Block Move(Vec price, Vec multiple)
        {
            var root = Vec.Sqrt(multiple);
            var isUp = multiple >= 1.0;
            Vec quote = _y * Vec.Abs(root - 1.0), worth = _y * Vec.Abs(1.0 - 1.0 / root);
            var loss = Pricing.TwapManipulation.Loss(_y, multiple);
            if (_isLadder.Any)
            {
                var target = price * multiple;
                var (quoteOfBins, tokens) = Between(Vec.Min(price, target), Vec.Max(price, target));
                quote = Vec.Select(_isLadder, quoteOfBins, quote);
                worth = Vec.Select(_isLadder, tokens * price, worth);
                loss = Vec.Select(_isLadder, Vec.Select(isUp, quote - worth, worth - quote), loss);
            }

            // On the way down tokens go in and quote comes out.
            return new Block(Vec.Select(isUp, quote, worth), Vec.Select(isUp, worth, quote), loss);
        }

        /// <summary>Quote to spend, with the fee, to lift the spot to a multiple of the fair price after arbitrage; 0
        /// where it stands above.</summary>
        public Vec QuoteToLift(Vec price, Vec multiple)
        {
            var trade = ConstantProduct.ArbitrageTo(_x, _y, _gamma, price);
            var x = _x + (trade.BaseIn - trade.BaseOut);
            var y = _y + (trade.QuoteIn - trade.QuoteOut);
            var wanted = ConstantProduct.InputToMultiple(y, multiple * price * x / y, _gamma);
            return _isLadder.None ? wanted
                : Vec.Select(_isLadder, Between(AfterArbitrage(price), price * multiple).Quote / _gamma, wanted);
        }

        /// <summary>Base to sell, with the fee, that lowers the spot after arbitrage by a fraction of itself.</summary>
        public Vec BaseToLower(Vec price, Vec fall)
        {
            var trade = ConstantProduct.ArbitrageTo(_x, _y, _gamma, price);
            var x = _x + (trade.BaseIn - trade.BaseOut);
            var reach = ConstantProduct.InputToMultiple(x, 1.0 / (1.0 - fall), _gamma);
            if (_isLadder.None)
            {
                return reach;
            }

            var spot = AfterArbitrage(price);
            return Vec.Select(_isLadder, Between(spot * (1.0 - fall), spot).Base / _gamma, reach);
        }

        /// <summary>The arbitrage that takes a lifted spot back to the fair price: base in, quote out.</summary>
        public (Vec BaseIn, Vec QuoteOut) SellTo(Vec price)
        {
            var trade = ConstantProduct.ArbitrageTo(_x, _y, _gamma, price);
            if (_isLadder.None)
            {
                return (trade.BaseIn, trade.QuoteOut);
            }

            var net = _sell.SellUntil(price / _gamma);
            return (Vec.Select(_isLadder, net / _gamma, trade.BaseIn),
                Vec.Select(_isLadder, _sell.Out(net), trade.QuoteOut));
        }

        /// <summary>The arbitrage that takes a lowered spot back to the fair price: quote in, base out.</summary>
        public (Vec QuoteIn, Vec BaseOut) BuyTo(Vec price)
        {
            var trade = ConstantProduct.ArbitrageTo(_x, _y, _gamma, price);
            if (_isLadder.None)
            {
                return (trade.QuoteIn, trade.BaseOut);
            }

            var net = _buy.BuyUntil(price * _gamma);
            return (Vec.Select(_isLadder, net / _gamma, trade.QuoteIn),
                Vec.Select(_isLadder, _buy.Out(net), trade.BaseOut));
        }

        /// <summary>Spot after arbitrageurs have taken it to the edge of their band around the fair price.</summary>
        public Vec AfterArbitrage(Vec price) => Vec.Clamp(_spot, price * _gamma, price / _gamma);

        /// <summary>Net quote in and base out on the way up from one price to another; 0 where that is no way
        /// up.</summary>
        private (Vec Quote, Vec Base) Between(Vec from, Vec to)
        {
            var (lowQuote, lowBase) = FromSpot(from);
            var (highQuote, highBase) = FromSpot(to);
            return (Vec.Max(highQuote - lowQuote, Vec.Zero), Vec.Max(highBase - lowBase, Vec.Zero));
        }

        /// <summary>Net quote in and base out from the spot to a price, negative below the spot.</summary>
        private (Vec Quote, Vec Base) FromSpot(Vec price)
        {
            var above = Vec.Max(price, _spot);
            var below = Vec.Min(price, _spot);
            Vec quoteIn = _buy.BuyUntil(above), baseIn = _sell.SellUntil(below);
            return (quoteIn - _sell.Out(baseIn), _buy.Out(quoteIn) - baseIn);
        }
    }

    /// <summary>One block of the attack: what is paid in, what comes out of it, both at the fair price, and the
    /// loss.</summary>
    private readonly record struct Block(Vec In, Vec Out, Vec Loss);
}
