using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Pricing;

namespace ScenarioGrid.Tests.Laws;

/// <summary>The world around a component on one path: one price, reserves that agree with it, and habits for all
/// else.</summary>
internal sealed class SignalWorld
{
    private const int ItemsMax = 16;

    private static readonly string[] SignedFlows = ["netFlow", "liquidityFlow"];

    /// <summary>Totals since the start: they only grow.</summary>
    private static readonly string[] Totals = ["stolen", "slashed", "badDebt", "griefBurn"];

    private readonly Random _random;
    private readonly double _deviation;
    private readonly double _idle;
    private readonly int _latency;
    private readonly double[] _share = new double[ItemsMax];
    private readonly double[] _premium = new double[ItemsMax];
    private double _price;
    private double _reserve;

    /// <param name="random">Random numbers of this path.</param>
    /// <param name="seconds">Length of a tick.</param>
    /// <param name="calm">0 for a busy scenario, 1 for one in which hardly anything flows or breaks.</param>
    /// <param name="latency">Ticks until the result of an order can be read.</param>
    /// <param name="common">Price and base reserve that all paths start at, or null for a world of its own.</param>
    public SignalWorld(Random random, double seconds, double calm, int latency, (double Price, double Reserve)? common)
    {
        _random = random;
        _deviation = Math.Min((0.2 + 1.5 * random.NextDouble()) * Math.Sqrt(seconds / Tick.YearSeconds), 0.2);
        _idle = calm;
        _latency = latency;
        var (price, reserve) = (LogUniform(1, 1e5), LogUniform(1e2, 1e7));
        (_price, _reserve) = common ?? (price, reserve);
        Array.Fill(_share, 1);
        Array.Fill(_premium, 1);
        for (var item = 1; item < ItemsMax; item++)
        {
            (_share[item], _premium[item]) = (LogUniform(0.03, 1), Math.Exp(0.01 * Normal()));
        }
    }

    /// <summary>Moves price and reserves to the next tick.</summary>
    public void Advance()
    {
        var jump = Chance(0.02) ? 0.15 * Normal() : 0;
        _price = Math.Clamp(_price * Math.Exp(_deviation * Normal() + jump), 1, 1e5);
        _reserve = Math.Clamp(_reserve * Math.Exp(0.01 * Normal()), 1e2, 1e7);
    }

    /// <summary>The value of a port in this tick.</summary>
    /// <param name="port">Input, inbox, dial or factor.</param>
    /// <param name="item">Which instance of a list it comes from.</param>
    /// <param name="row">Which of its values.</param>
    /// <param name="last">Its value in the last tick; not a number in the first.</param>
    public double Next(PortInfo port, int item, int row, double last)
    {
        var name = port.Route?.Port ?? port.Name;
        var value = port.Kind switch
        {
            LaneKind.Factor => Normal(),
            LaneKind.Dial => Dial(port, last),
            LaneKind.Inbox => Flow(port, name),
            _ => Input(port, name, item, row, last),
        };
        var (low, high) = PortRanges.Of(name, port);
        return Math.Clamp(value, low, high);
    }

    private double Input(PortInfo port, string name, int item, int row, double last) => (port.Unit.Name, name) switch
    {
        (_, "latency") => _latency,
        (_, "liquidityScale" or "demandScale") => Slow(last, 0.3, 3),
        (_, "reserveBase") => _reserve * _share[item],
        (_, "reserveQuote") => _reserve * _share[item] * _price * _premium[item],
        (_, "liquidityMoved") => Chance(0.5) ? 1e12 : -1e12,
        (_, "curve") => _share[item] is > 0.1 and < 0.5 ? 1 : 0,
        (_, "sellDepths") => Depth(item) * (LiquidityLadder.SellRoots[row] - 1),
        (_, "buyDepths") => Depth(item) * _price * _premium[item] * (LiquidityLadder.BuyRoots[row] - 1),
        (_, "fee") => double.IsNaN(last) ? 0.02 * _random.NextDouble() * _random.NextDouble() : last,
        _ when name.StartsWith("is", StringComparison.Ordinal) || name.Contains("Is", StringComparison.Ordinal) =>
            Flag(last),
        _ when Totals.Contains(name) => (double.IsNaN(last) ? 0 : last) + (Chance(0.95) ? 0 : LogUniform(1, 1e8)),
        _ when port.Unit == UsdPerToken.Info => _price * _premium[item] * Math.Exp(0.005 * Normal()),
        _ when port.Unit == Fraction.Info => Share(last),
        _ when port.Unit == Volatility.Info => Slow(last, 0.05, 4),
        _ when port.Unit == Gwei.Info => Slow(last, 1, 500),
        _ when port.Unit == Gas.Info => Slow(last, 1e4, 1e8),
        _ when port.Unit == Second.Info => Slow(last, 1, 1e6),
        _ when port.Unit == PerYear.Info => Slow(last, 1e-3, 10),
        _ when port.Unit == Count.Info => Math.Round(Slow(last, 1, 20)),
        _ when port.Unit == Block.Info => Chance(0.1) ? 0 : Math.Round(LogUniform(1, 100)),
        _ when port.Unit == Token.Info => Slow(last, 1e-2, 1e6),
        _ when port.Unit == Number.Info => 0.1 * Normal(),
        _ => Slow(last, 1, 1e9),
    };

    /// <summary>Base reserve of the constant product that is as deep as a venue with a ladder: four times its
    /// own.</summary>
    private double Depth(int item) => 4 * _reserve * _share[item];

    /// <summary>What others send: mostly nothing, at times a lot.</summary>
    private double Flow(PortInfo port, string name)
    {
        if (Chance(0.3 + 0.68 * _idle))
        {
            return 0;
        }

        var isSigned = SignedFlows.Contains(name);
        var amount = port.Unit == Fraction.Info ? _random.NextDouble()
            : port.Unit == Token.Info ? _reserve * LogUniform(1e-6, 0.3)
            : port.Unit == Usd.Info ? Math.Min(_reserve * _price * LogUniform(1e-6, 0.3), 1e9)
            : LogUniform(1e-2, 1e4);
        return isSigned && Chance(0.5) ? -amount : amount;
    }

    /// <summary>A shock comes now and then, holds, and goes.</summary>
    private double Dial(PortInfo port, double last)
    {
        var neutral = PortRanges.Neutral(port);
        if (double.IsNaN(last) || Chance(0.15))
        {
            return neutral;
        }

        if (!Chance(0.02 + 0.08 * (1 - _idle)))
        {
            return last;
        }

        return neutral != 0 ? LogUniform(0.05, 20)
            : port.Unit == Fraction.Info ? _random.NextDouble()
            : 0.3 * Normal();
    }

    private double Flag(double last) => double.IsNaN(last) || last < 0.5
        ? Chance(double.IsNaN(last) ? 0.95 : 0.3) ? 1 : 0
        : Chance(0.002 + 0.05 * (1 - _idle)) ? 0 : 1;

    private double Share(double last)
    {
        if (double.IsNaN(last) || Chance(0.03))
        {
            return _random.Next(4) switch { 0 => 0, 1 => 1, _ => _random.NextDouble() };
        }

        return Math.Clamp(last + 0.03 * Normal(), 0, 1);
    }

    private double Slow(double last, double low, double high) => double.IsNaN(last) || Chance(0.02)
        ? LogUniform(low, high)
        : Math.Clamp(last * Math.Exp(0.05 * Normal()), low, high);

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private double LogUniform(double low, double high) => low * Math.Pow(high / low, _random.NextDouble());

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
