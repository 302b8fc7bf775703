using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;
using ScenarioGrid.Models.Pricing;
using ScenarioGrid.Models.Tests.Kernel;

namespace ScenarioGrid.Models.Tests.Lending;

/// <summary>A lending market beside a constant-product pool and an oracle that are stepped by hand.</summary>
internal sealed class LendingRig
{
    private readonly Harness _harness;
    private readonly double[] _oracle;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly int _lagTicks;
    private readonly Queue<double[]> _delayed = new();

    public LendingRig(
        CdpLending.Parameters parameters, double price = 200, double poolQuote = 20e6, int paths = 8,
            double seconds = 300,
        int count = 1_000_000, int lagTicks = 0, double gasPrice = 20, double latency = 1, int firstPath = 0)
        : this(new CdpLending(parameters), price, poolQuote, paths, seconds, count, lagTicks, gasPrice, latency,
            firstPath)
    {
    }

    public LendingRig(
        CohortLending lending, double price = 200, double poolQuote = 20e6, int paths = 8, double seconds = 300,
        int count = 1_000_000, int lagTicks = 0, double gasPrice = 20, double latency = 1, int firstPath = 0)
    {
        Lending = lending;
        _harness = new Harness(Lending, paths, seconds, count, firstPath: firstPath);
        _lagTicks = lagTicks;
        (_oracle, _x, _y) = (new double[paths], new double[paths], new double[paths]);
        Array.Fill(_oracle, price);
        Array.Fill(_x, poolQuote / price);
        Array.Fill(_y, poolQuote);
        _harness.Set(Lending.OraclePrice, price).Set(Lending.OracleIsFresh, 1).Set(Lending.VenueFee, 0.003)
            .Set(Lending.VenueIsUp, 1).Set(Lending.Latency, latency).Set(Lending.GasPrice, gasPrice)
            .Set(Lending.NativePrice, price).Set(Lending.Inclusion, 0.9).Set(Lending.Blocks, seconds / 12)
            .Set(Lending.ChainIsUp, 1);
        ShowPool();
        Start();
        Total = new double[paths];
        GainMax = new double[paths];
    }

    public CohortLending Lending { get; }

    /// <summary>Debt repaid by keepers so far, per path.</summary>
    public double[] Total { get; }

    public double[] GainMax { get; }

    public double KeeperProfit { get; private set; }

    public double BonusPaid { get; private set; }

    public double Defended { get; private set; }

    public void Start() => _harness.Start();

    public void Set(Lane lane, double value) => _harness.Set(lane, value);

    /// <summary>One tick: the oracle shows the pool's spot price some ticks late, lending acts, then the pool
    /// trades.</summary>
    public void Step(Func<int, double> market)
    {
        _delayed.Enqueue([.. Lending.Spot.Span]);
        if (_delayed.Count > _lagTicks)
        {
            _delayed.Dequeue().CopyTo(_oracle, 0);
        }

        _oracle.CopyTo(Lending.OraclePrice.Span);
        _harness.Step();
        for (var path = 0; path < _x.Length; path++)
        {
            Trade(path, market(path), Lending.Sell.Span[path]);
            Total[path] += Lending.Liquidated.Span[path];
            GainMax[path] = Math.Max(GainMax[path], Lending.LoopGain.Span[path]);
            KeeperProfit += Lending.KeeperProfit.Span[path];
            BonusPaid += Lending.BonusPaid.Span[path];
            Defended += Lending.Defended.Span[path];
        }

        ShowPool();
    }

    /// <summary>The sale is executed, then arbitrage brings the pool to the market price without a fee.</summary>
    private void Trade(int path, double market, double sale)
    {
        var paid = ConstantProduct.Out(sale, _x[path], _y[path], 0.997);
        Lending.AverageSellPrice.Span[path] = sale > 0 ? paid / sale : 0.997 * _y[path] / _x[path];
        _x[path] += sale;
        _y[path] -= paid;
        var k = _x[path] * _y[path];
        (_x[path], _y[path]) = (Math.Sqrt(k / market), Math.Sqrt(k * market));
    }

    private void ShowPool()
    {
        for (var path = 0; path < _x.Length; path++)
        {
            Lending.ReserveBase.Span[path] = _x[path];
            Lending.ReserveQuote.Span[path] = _y[path];
            Lending.Spot.Span[path] = _y[path] / _x[path];
            if (Lending.AverageSellPrice.Span[path] == 0)
            {
                Lending.AverageSellPrice.Span[path] = 0.997 * _y[path] / _x[path];
            }
        }
    }
}
