using System.Diagnostics;
using System.Globalization;
using ScenarioGrid.Campaigns;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Scenarios;

namespace ScenarioGrid.Bench.Commands;

/// <summary>What each instance of a campaign costs: nanoseconds per path and tick, ledger checks included.</summary>
public static class InstanceCosts
{
    public static int Run(string file, int blockPaths)
    {
        var problems = new Problems();
        var campaign = CampaignFile.Read(file, File.ReadAllBytes(file), ComponentCatalog.Default, problems)
            ?? throw new InvalidOperationException(problems.ToString());
        var plan = new ScenarioPlan(campaign with { Paths = 8192 }, blockPaths);
        var instances = ScenarioFactory.Instances(plan);
        var nanoseconds = new double[instances.Length];
        double all = 0;
        ScenarioBlock? block = null;
        for (var index = 0; index < plan.Blocks; index++)
        {
            block = ScenarioFactory.Block(plan, plan.Cells.Settings(plan.Cells.Count / 2), instances, index, block);
            for (var tick = 0; tick < campaign.Ticks; tick++)
            {
                var begin = Stopwatch.GetTimestamp();
                block.OpenTick(tick);
                for (var i = 0; i < instances.Length; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    block.StepOne(i, tick);

                    // The first half warms up.
                    nanoseconds[i] += index < plan.Blocks / 2 ? 0 : Stopwatch.GetElapsedTime(start).TotalNanoseconds;
                }

                all += index < plan.Blocks / 2 ? 0 : Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
            }
        }

        var pathTicks = (double)(plan.Blocks - plan.Blocks / 2) * plan.BlockPaths * campaign.Ticks;
        for (var i = 0; i < instances.Length; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{nanoseconds[i] / pathTicks,8:0.0} ns  {instances[i].Name} ({instances[i].Kind.Name}), "
                + $"{instances[i].Bytes / 1024.0:0} KiB a block"));
        }

        Console.WriteLine(FormattableString.Invariant($"{all / pathTicks,8:0.0} ns  the whole tick"));
        return 0;
    }
}
