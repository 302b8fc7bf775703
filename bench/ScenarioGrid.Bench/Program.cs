using System.Diagnostics;
using ScenarioGrid.Bench;
using ScenarioGrid.Scenarios;

var paths = args.Length > 0 ? int.Parse(args[0]) : 65536;
var block = args.Length > 1 ? int.Parse(args[1]) : 128;
var skip = args.Length > 2 && args[2] == "1";
var plan = new ScenarioPlan(ReferenceCampaign.Read(ReferenceCampaign.Text(paths, skip)), block);
for (var rep = 0; rep < 3; rep++)
{
    var runner = new CellRunner(plan, ScenarioFactory.Instances(plan), [0]);
    var clock = Stopwatch.StartNew();
    while (!runner.IsDone)
    {
        runner.Advance(CellRunner.DefaultWindow);
    }

    var seconds = clock.Elapsed.TotalSeconds;
    var result = runner.TakeResults()[0];
    Console.WriteLine($"{paths * 1000.0 / seconds:e3} path-steps/s  {result.Error}");
    for (var m = 0; m < plan.Campaign.Measures.Count; m++)
    {
        Console.WriteLine($"  {plan.Campaign.Measures[m].Name}: " + string.Join(" ", plan.Campaign.Statistics.Select((s, i) => $"{s}={result.At(m, i, plan.Campaign.Statistics.Count).Value:G8}±{result.At(m, i, plan.Campaign.Statistics.Count).StandardError:G4}")));
    }
}
