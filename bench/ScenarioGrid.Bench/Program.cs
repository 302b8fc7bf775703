using ScenarioGrid.Bench.Commands;
using ScenarioGrid.Scenarios;

return args switch
{
    ["instances", var file, .. var rest] =>
        InstanceCosts.Run(file, ReferenceRun.Option(rest, "--block", ScenarioPlan.DefaultBlockPaths)),
    ["reference", .. var rest] => ReferenceRun.Run(rest),
    ["cells", .. var rest] => EmptyCells.Run(rest),
    ["kernels", .. var rest] => KernelBenchmarks.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: bench reference [--paths N] [--block N] [--workers N] [--filter] [--bare]  the reference campaign
               bench cells [--count N] [--workers N]                                      empty cells through the grains
               bench instances FILE [--block N]                                           cost of each instance
               bench kernels [BenchmarkDotNet options]                                    kernels by BenchmarkDotNet
        """);
    return 2;
}
