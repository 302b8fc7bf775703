using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Venues;

/// <content>What a tick works on, for eight paths.</content>
public abstract partial class BookVenue
{
    /// <summary>The pool beside the book: what it holds, and what concentrated liquidity adds to that on the
    /// curve.</summary>
    private protected struct Pool
    {
        private const double Bare = 1e-6;

        public Vec Base;
        public Vec Quote;
        public Vec BaseAdded;
        public Vec QuoteAdded;
        public Vec Gamma;
        public Vec PerGamma;

        public readonly Vec X => Base + BaseAdded;

        public readonly Vec Y => Quote + QuoteAdded;

        public readonly Vec Product => X * Y;

        /// <summary>Base reserve at which the quote is spent; without end for a pool over all prices.</summary>
        public readonly Vec BaseMost => Product / QuoteAdded;

        /// <summary>Quote reserve at which the base is spent.</summary>
        public readonly Vec QuoteMost => Product / BaseAdded;

        /// <summary>Price before the fee: it buys at gamma of that, and sells at it over gamma.</summary>
        public readonly Vec Price => Y / X;

        /// <summary>Takes input and gives output; never more than there is.</summary>
        public Vec Swap(bool isBaseIn, Vec net, Vec wanted)
        {
            var given = Vec.Min(wanted, isBaseIn ? Quote : Base);
            if (isBaseIn)
            {
                Quote = After(isBase: false, given, X + net);
                Base += net;
            }
            else
            {
                Base = After(isBase: true, given, Y + net);
                Quote += net;
            }

            return given;
        }

        /// <summary>Reserve that is left when so much of it went out and the other came to so much. A pool over all
        /// prices is never spent: where the difference has no digits left, the curve tells.</summary>
        public readonly Vec After(bool isBase, Vec given, Vec other)
        {
            Vec held = isBase ? Base : Quote, rest = held - given;
            var isBare = (rest <= Bare * held) & (given > Vec.Zero)
                & Vec.Equal(isBase ? BaseAdded : QuoteAdded, Vec.Zero);
            return isBare.None ? rest : Vec.Select(isBare, Product / other, rest);
        }
    }

    /// <summary>Eight paths of the venue while a tick is made.</summary>
    private protected struct Desk
    {
        public Vec Fair;
        public Vec Sigma;

        /// <summary>Base that a side would show had nothing been traded.</summary>
        public Vec Shown;

        /// <summary>Users' trades of a side per second.</summary>
        public Vec Rate;

        /// <summary>Best prices that makers quote, whether anything is left there or not.</summary>
        public Vec BidTop;
        public Vec AskTop;

        public Mask Up;
        public Mask BookUp;

        /// <summary>Paths on which the makers' prices stayed, and with them the queues.</summary>
        public Mask Stays;
        public Pool Pool;
        public Quotes Quotes;
        public Vec BaseIn;
        public Vec BaseOut;
        public Vec QuoteIn;
        public Vec QuoteOut;
        public Vec BookMatched;
        public Vec CurveVolume;
        public Vec TakerVolume;
        public Vec Fees;
        public Vec CurveFees;
        public Vec CurveLoss;
        public Vec UncrossProfit;
        public Vec MakerLoss;
        public Vec MakerRevenue;
        public Vec Failed;
        public Vec NetFlow;
        public Vec Through;

        /// <summary>Places the pool's orders anew where nothing keeps it waiting.</summary>
        public void Renew()
        {
            if (Quotes.IsPrompt)
            {
                Quotes.Place(Pool, Up);
            }
        }

        /// <summary>Books a change of what is held: in where it is above 0, else out.</summary>
        public void AddBase(Vec change)
        {
            var more = Vec.Max(change, Vec.Zero);
            BaseIn += more;
            BaseOut += more - change;
        }

        public void AddQuote(Vec change)
        {
            var more = Vec.Max(change, Vec.Zero);
            QuoteIn += more;
            QuoteOut += more - change;
        }
    }

    /// <summary>What a side of a tick's orders got.</summary>
    private readonly record struct Fill(Vec In, Vec Out);

    /// <summary>What does not depend on the path.</summary>
    private readonly struct Pace
    {
        public readonly double Lag;
        public readonly double AnchorKept;
        public readonly double Refill;
        public readonly double KeptFalling;
        public readonly double KeptRising;
        public readonly double LatencyYears;
        public readonly double SettlementRoot;
        public readonly double UnsettledKept;
        public readonly int Slot;

        public Pace(BookParameters p, in Tick tick)
        {
            var late = p.MakerLatency.Value / tick.Seconds;
            AnchorKept = late > 0 ? LaneMath.Exp(-1 / late) : 0;
            Lag = Math.Sqrt(late * (1 - AnchorKept));
            Refill = -LaneMath.Log(2.0) * tick.Seconds / p.RefillHalfLife.Value;
            KeptFalling = LaneMath.Exp(-p.WithdrawalRate.Value * tick.Years);
            KeptRising = LaneMath.Exp(-p.ReturnRate.Value * tick.Years);
            LatencyYears = p.MakerLatency.Value / Tick.YearSeconds;
            SettlementRoot = Math.Sqrt(p.SettlementLatency.Value / Tick.YearSeconds);
            UnsettledKept = p.SettlementLatency.Value > 0
                ? LaneMath.Exp(-tick.Seconds / p.SettlementLatency.Value) : 0;
            Slot = (int)(Math.Floor(tick.Start / HighSeconds) % HighRows);
        }
    }
}
