using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Models.Pricing;

/// <summary>One order walks down a book and along a constant-product curve, eight paths at once.</summary>
/// <remarks>
/// <para>The order gives one asset (the input) for the other: base for quote at bids, or quote for base at asks. A
/// level takes up to its capacity of input at a rate, output per input; the curve has reserves R of input and Q of
/// output, g = 1 - fee, and its marginal rate is g Q/R:</para>
/// <code>
/// at each level, best rate first:
///   curve   takes input until R reaches sqrt(g R Q / rate), where its marginal rate is that of the level
///   level   takes what is left, up to its capacity
/// rest      what is left after the last level goes to the curve, until it has nothing left to give
/// </code>
/// <para>The fee is kept aside, so R Q is constant. Reserves may be virtual (concentrated liquidity): the curve then
/// ends where R reaches the limit given. A curve of zeros is none.</para>
/// <para>Source: own derivation, see <see cref="HybridMatch"/>.</para>
/// </remarks>
public partial struct HybridWalk
{
    private const double Hair = 1e-9, Bare = 1e-6;

    private readonly Vec _gamma;
    private readonly Vec _perGamma;
    private readonly Vec _inputMost;
    private readonly PostedOrders _orders;
    private readonly bool _isPosted;
    private Vec _worst;
    private Vec _waiting;

    /// <param name="amount">Input to give, at least 0.</param>
    /// <param name="reserveIn">Input reserve of the curve; 0 is no curve.</param>
    /// <param name="reserveOut">Output reserve of the curve.</param>
    /// <param name="gamma">1 - fee, positive.</param>
    /// <param name="reserveInMost">Input reserve at which the curve has no output left.</param>
    public HybridWalk(Vec amount, Vec reserveIn, Vec reserveOut, Vec gamma, Vec reserveInMost)
    {
        (Left, ReserveIn, ReserveOut, _gamma, _inputMost) = (amount, reserveIn, reserveOut, gamma, reserveInMost);
        _perGamma = 1.0 / gamma;
    }

    /// <summary>The order meets the orders of a pool instead of its curve.</summary>
    /// <param name="amount">Input to give, at least 0.</param>
    /// <param name="orders">Orders of the pool.</param>
    /// <param name="reserveIn">Input reserve that their fills have come to.</param>
    /// <param name="gamma">1 - fee, positive.</param>
    public HybridWalk(Vec amount, in PostedOrders orders, Vec reserveIn, Vec gamma)
        : this(amount, reserveIn, Vec.Zero, gamma, orders.Most) => (_orders, _isPosted) = (orders, true);

    /// <summary>Input that is not filled yet.</summary>
    public Vec Left { get; private set; }

    /// <summary>Input reserve of the curve now, fees aside.</summary>
    public Vec ReserveIn { get; private set; }

    /// <summary>Output reserve of the curve now.</summary>
    public Vec ReserveOut { get; private set; }

    /// <summary>Input that the curve took, fee included.</summary>
    public Vec CurveIn { get; private set; }

    /// <summary>The same without the fee.</summary>
    public Vec CurveNet { get; private set; }

    /// <summary>Output that the curve gave.</summary>
    public Vec CurveOut { get; private set; }

    /// <summary>Input that the book took.</summary>
    public Vec BookIn { get; private set; }

    /// <summary>Output that the book gave.</summary>
    public Vec BookOut { get; private set; }

    /// <summary>Output per input of the last unit filled: the lowest rate of both legs; 0 where nothing was.</summary>
    public readonly Vec Marginal
    {
        get
        {
            var curve = Vec.Where(CurveIn > Vec.Zero, CurveLast);
            return Vec.Select(BookIn > Vec.Zero,
                Vec.Select(CurveIn > Vec.Zero, Vec.Min(_worst, curve), _worst), curve);
        }
    }

    /// <summary>Paths on which a leg was filled at a rate worse than the other leg still offers.</summary>
    public readonly Mask TradedThrough
    {
        get
        {
            var next = _isPosted ? _orders.NextRate(ReserveIn) : CurveLast;
            var pastBook = (CurveIn > Vec.Zero) & (CurveLast * (1 + Hair) < _waiting);
            var pastCurve = (BookIn > Vec.Zero) & (_worst < next * (1 - Hair)) & (ReserveIn < _inputMost);
            return pastBook | pastCurve;
        }
    }

    /// <summary>Output per input of the last unit that the curve or its orders filled.</summary>
    private readonly Vec CurveLast => _isPosted ? _orders.LastRate(ReserveIn) : _gamma * ReserveOut / ReserveIn;

    /// <summary>Comes to a level.</summary>
    /// <param name="reserveTarget">Input reserve at which the curve's marginal rate is that of the level.</param>
    /// <param name="rate">Output per input at the level.</param>
    /// <param name="capacity">Input that the level takes.</param>
    /// <returns>Input that the level took.</returns>
    public Vec Level(Vec reserveTarget, Vec rate, Vec capacity)
    {
        Along(Vec.Min(reserveTarget, _inputMost) - ReserveIn);
        var fill = Vec.Min(Left, capacity);
        Left -= fill;
        BookIn += fill;
        BookOut += fill * rate;
        var isFilled = fill > Vec.Zero;
        _worst = Vec.Select(isFilled, rate, _worst);
        _waiting = Vec.Select(isFilled & (fill < capacity), rate, _waiting);
        return fill;
    }

    /// <summary>Gives what is left to the curve.</summary>
    public void Rest() => Along(_inputMost - ReserveIn);

    /// <summary>Gives input to the curve until it has taken so much, fee aside.</summary>
    private void Along(Vec room)
    {
        var trades = (room > Vec.Zero) & (Left > Vec.Zero);
        if (trades.None)
        {
            return;
        }

        var wanted = Left * _gamma;
        var isAll = wanted <= room;
        var net = Vec.Where(trades, Vec.Select(isAll, wanted, room));
        var gross = Vec.Where(trades, Vec.Select(isAll, Left, Vec.Min(room * _perGamma, Left)));
        var given = Vec.Where(
            trades, _isPosted ? _orders.Output(ReserveIn, net) : ReserveOut * net / (ReserveIn + net));
        // Where nearly all went out the difference has few digits left, and the curve tells.
        var rest = Vec.Max(ReserveOut - given, Vec.Zero);
        var isBare = (given > Vec.Zero) & (rest <= Bare * ReserveOut);
        ReserveOut = isBare.None ? rest : Vec.Select(isBare, ReserveOut * (ReserveIn / (ReserveIn + net)), rest);
        ReserveIn += net;
        Left -= gross;
        CurveIn += gross;
        CurveNet += net;
        CurveOut += given;
    }
}
