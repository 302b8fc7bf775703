using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using ScenarioGrid.Models.Kernel;

namespace ScenarioGrid.Bench.Commands;

/// <summary>The kernels that every step is made of, 4,096 paths a call.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Paths = 4096;
    private readonly double[] _x = new double[Paths];
    private readonly double[] _y = new double[Paths];
    private Tick _tick;

    public static int Run(string[] args)
    {
        BenchmarkSwitcher.FromTypes([typeof(KernelBenchmarks)]).Run(args.Length > 0 ? args : ["--filter", "*"]);
        return 0;
    }

    [GlobalSetup]
    public void Setup()
    {
        _tick = new Tick(1, 2, 1, 0, Paths, PhiloxKey.Of(1, "bench"), PhiloxKey.Of(1, ""));
        for (var i = 0; i < _tick.Vectors; i++)
        {
            _tick.Uniform(0, i).Store(_x, i);
        }
    }

    [Benchmark(OperationsPerInvoke = Paths)]
    public void Uniform() => Each((tick, i) => tick.Uniform(1, i));

    [Benchmark(OperationsPerInvoke = Paths)]
    public void Normal() => Each((tick, i) => tick.Normal(1, i));

    [Benchmark(OperationsPerInvoke = Paths)]
    public void Exp() => Map(LaneMath.Exp);

    [Benchmark(OperationsPerInvoke = Paths)]
    public void Log() => Map(LaneMath.Log);

    [Benchmark(OperationsPerInvoke = Paths)]
    public void NormalCdf() => Map(LaneMath.NormalCdf);

    [Benchmark(OperationsPerInvoke = Paths)]
    public void NormalInverse() => Map(LaneMath.NormalInverse);

    [Benchmark(OperationsPerInvoke = Paths)]
    public void Sin() => Map(LaneMath.Sin);

    private void Map(Func<Vec, Vec> function)
    {
        for (var i = 0; i < Paths / Vec.Width; i++)
        {
            function(Vec.Load(_x, i)).Store(_y, i);
        }
    }

    private void Each(Func<Tick, int, Vec> draw)
    {
        for (var i = 0; i < Paths / Vec.Width; i++)
        {
            draw(_tick, i).Store(_y, i);
        }
    }
}
