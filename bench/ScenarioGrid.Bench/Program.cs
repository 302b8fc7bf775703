using ScenarioGrid.Bench.Commands;

return args switch
{
    ["instances", var file] => InstanceCosts.Run(file),
    ["reference", .. var rest] => ReferenceRun.Run(rest),
    ["cells", .. var rest] => EmptyCells.Run(rest),
    ["kernels", .. var rest] => KernelBenchmarks.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: bench reference [--paths N] [--block N] [--workers N] [--filter] [--bare]   the reference campaign
               bench cells [--count N] [--workers N]                                        empty cells through the grains
               bench instances FILE                                                         cost of each instance of a campaign
               bench kernels [BenchmarkDotNet options]                                      kernels by BenchmarkDotNet
        """);
    return 2;
}
