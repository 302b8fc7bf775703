using ScenarioGrid.Campaigns;
using ScenarioGrid.Cells;
using ScenarioGrid.Frontiers;
using ScenarioGrid.Measures;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Reports;

namespace ScenarioGrid.Tests.Reports;

/// <summary>Outcomes made up of smooth formulas, so that reports can be tested without running a scenario.</summary>
internal static class SampleOutcome
{
    private static readonly ComponentCatalog Catalog = new(typeof(SampleOutcome).Assembly);
    private static readonly string[] Statistics = ["mean", "p50", "p95", "p99", "es99"];

    /// <summary>Two axes, 9 x 6 = 54 cells, two cells over time.</summary>
    public static RunOutcome TwoAxes() => Of([Window(9), Threshold(6)]);

    public static RunOutcome OneAxis() => Of([Window(8)]);

    public static RunOutcome NothingSwept() => Of([]);

    /// <summary>Four axes, among them a choice and a switch: 5 x 4 x 2 x 2 = 80 cells.</summary>
    public static RunOutcome FourAxes() => Of([Window(5), Threshold(4), Sale(), Breaker()]);

    /// <summary>128 Sobol points over three axes.</summary>
    public static RunOutcome Sampled() => Of([Window(9), Threshold(6), Capital()], design: Design.Sobol, points: 128);

    /// <summary>80 x 80 = 6,400 cells.</summary>
    public static RunOutcome Large() => Of([Window(9, 80), Threshold(80)]);

    /// <summary>No cell passes, and some cells fail.</summary>
    public static RunOutcome Failing() => Of([Window(9), Threshold(6)], limit: 1, failEvery: 7);

    public static RunOutcome WithoutObjectives() => Of([Window(4)], withObjectives: false);

    public static RunOutcome LongNames() => Of(
        [Window(6), Threshold(5)],
        owner: "the-collateralised-debt-vaults-of-the-second-layer-with-a-very-long-name",
        about: string.Join(' ', Enumerable.Repeat("A campaign whose description goes on for rather a long time.", 6)));

    /// <summary>Every text that a user may choose is an attack on the page.</summary>
    public static RunOutcome Hostile(string attack) =>
        Of([Window(3), Threshold(3)], owner: attack, about: attack, name: attack);

    private static RunOutcome Of(
        Axis[] axes, Design design = Design.Grid, long points = 0, double limit = 2.5e6, int failEvery = 0,
        bool withObjectives = true, string owner = "vaults",
        string about = "How long may the oracle average, and how much may vaults borrow?",
        string name = "oracle-window")
    {
        axes =
        [
            .. axes.Select(a => a with
            {
                Owner = owner, Name = a.Name.Replace("vaults", owner, StringComparison.Ordinal),
            }),
        ];
        var campaign = Campaign(axes, design, points, limit, withObjectives, owner, about, name);
        var grid = new CellGrid(campaign.Sweep, campaign.Seed);
        CellResult[] results =
        [
            .. Enumerable.Range(0, (int)grid.Count).Select(c => failEvery > 0 && c % failEvery == 3
                ? new CellResult(c, [], $"{owner}: equity is not a number on path 17 at tick 204")
                : new CellResult(c, Estimates(campaign, grid, c), null)),
        ];
        var frontier = Frontier.Of(campaign, grid, results);
        return new RunOutcome(
            campaign, grid, results, frontier, Series(campaign, frontier, owner),
            new Provenance(
                "oracle-window-03", "0.1.0", new string('a', 64), CellResult.Hash(results),
                "linux-x64, 8 cores, avx2"));
    }

    private static Campaign Campaign(
        Axis[] axes, Design design, long points, double limit, bool withObjectives, string owner, string about,
        string name)
    {
        InstanceSpec[] instances =
        [
            Instance("eth", "sample-market"),
            Instance(owner, "sample-vaults") with
            {
                Slots = new Dictionary<string, IReadOnlyList<string>> { ["market"] = ["eth"] },
            },
        ];
        MeasureSpec[] measures =
        [
            .. instances.SelectMany((s, i) => s.Kind.Ports.Where(p => p.Over != Over.None)
                .Select(p => new MeasureSpec($"{s.Name}.{p.Name}", i, p))),
        ];
        int At(string port) => Array.FindIndex(measures, m => m.Name == $"{owner}.{port}");
        return new Campaign
        {
            Name = name,
            About = about,
            Seed = 20_200_312,
            Paths = 4096,
            TickSeconds = 60,
            Ticks = 4320,
            Instances = instances,
            Shocks =
            [
                Shock("crash", owner, 86_400), Shock("second-wave", owner, 90_000), Shock("aftershock", owner, 216_000),
            ],
            Correlations = [],
            Sweep = new Sweep(axes, design, points),
            Objectives = withObjectives
                ?
                [
                    new ObjectiveSpec("robustness", At("badDebt"), "es99", false),
                    new ObjectiveSpec("scalability", At("lag"), "p95", false),
                    new ObjectiveSpec("efficiency", At("capitalEfficiency"), "mean", true),
                ]
                : [],
            Thresholds =
            [
                new ThresholdSpec(
                    At("badDebt"), "p99", "<", limit,
                    $"{owner}.badDebt.p99 < {QuantityFormat.Text(limit, Usd.Info)}"),
                new ThresholdSpec(
                    At("capitalEfficiency"), "mean", ">", 0.6, $"{owner}.capitalEfficiency.mean > 60 %"),
            ],
            Measures = measures,
            Statistics = Statistics,
            Text = $"version: 1\ncampaign: {name}\nabout: {about}\n",
        };
    }

    private static ShockSpec Shock(string name, string owner, double onset) =>
        new($"{name}{(owner == "vaults" ? "" : owner)}", Catalog.Shocks["sample-crash"], [0.4], "eth",
            new StressTime(onset, Jitter: 600));

    private static InstanceSpec Instance(string name, string kind)
    {
        var found = Catalog.Components[kind];
        return new InstanceSpec(
            name, found, [.. found.Parameters.Select(p => p.Default)],
            new Dictionary<string, IReadOnlyList<string>>(), null);
    }

    private static Axis Window(int levels, int range = 0)
    {
        string[] written = ["1m", "5m", "15m", "30m", "1h", "2h", "4h", "8h", "12h"];
        double[] seconds = [60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 43_200];
        var axis = Swept("window", Second.Info, levels);
        return range > 0
            ? axis with
            {
                From = 60, To = 43_200, Levels = range, Scale = AxisScale.Log, Suffix = new UnitSuffix("m", 60),
            }
            : axis with { Listed = seconds[..levels], Written = written[..levels] };
    }

    private static Axis Threshold(int levels) => Swept("liquidationThreshold", Fraction.Info, levels) with
    {
        From = 0.7, To = 0.9, Suffix = new UnitSuffix("%", 0.01),
    };

    private static Axis Capital() => Swept("keeperCapital", Usd.Info, 10) with
    {
        From = 1e6, To = 1e8, Scale = AxisScale.Log, Suffix = new UnitSuffix("USD", 1),
    };

    private static Axis Sale() =>
        Swept("sale", null, 2) with { Listed = [0, 1], Written = ["english", "dutch-linear"] };

    private static Axis Breaker() => Swept("breaker", null, 2) with { Listed = [0, 1], Written = ["off", "on"] };

    private static Axis Swept(string parameter, UnitInfo? unit, int levels) => new()
    {
        Name = $"vaults.{parameter}",
        Target = AxisTarget.Instance,
        Owner = "vaults",
        Parameter = Catalog.Components["sample-vaults"].IndexOf(parameter),
        Levels = levels,
        Unit = unit,
    };

    private static Estimate[] Estimates(Campaign campaign, CellGrid grid, long cell)
    {
        var settings = grid.Settings(cell);
        double Of(string parameter, double otherwise) =>
            grid.Axes.Select((a, i) => (a, i)).Where(x => x.a.Name.EndsWith("." + parameter, StringComparison.Ordinal))
                .Select(x => settings[x.i]).DefaultIfEmpty(otherwise).First();
        var (window, threshold) = (Of("window", 1800), Of("liquidationThreshold", 0.83));
        var capital = Of("keeperCapital", 25e6);
        var relief = (1 + 0.3 * Of("sale", 1)) * (1 + 0.15 * Of("breaker", 1)) * Math.Sqrt(Math.Sqrt(capital / 25e6));
        var wobble = 1 + 0.04 * ((cell * 7919 % 97) / 97.0 - 0.5);
        return
        [
            .. campaign.Measures.SelectMany(m => Statistics.Select((_, s) => Estimated(
                m.Port.Name switch
                {
                    "badDebt" => (4e5 + 9e6 / Math.Sqrt(window / 60) + 60 * window) * (threshold - 0.55) / 0.3
                        * wobble / relief * (1 + 0.45 * s),
                    "lag" => window / 2 * (1 + 0.22 * s) + 20 * wobble,
                    "capitalEfficiency" => threshold * (0.98 - window / 9e5) * (1 - 0.04 * Of("breaker", 1)),
                    "equity" => 4e6 - 9e6 * s * (threshold - 0.6),
                    _ => 120.0 - 3 * s,
                },
                s))),
        ];
    }

    private static Estimate Estimated(double value, int statistic)
    {
        var error = Math.Abs(value) * 0.006 * (1 + statistic);
        return new Estimate(value, value - 1.96 * error, value + 1.96 * error, error, 4096);
    }

    /// <summary>Fans of the recommended cell and of the first one; equity goes below zero after the shock.</summary>
    private static List<CellSeries> Series(Campaign campaign, Frontier frontier, string owner)
    {
        var series = new List<CellSeries>();
        if (frontier.Recommendation is not { } choice)
        {
            return series;
        }

        foreach (var cell in new[] { choice.Cell.Index, 0 }.Distinct())
        {
            var loss = cell == 0 ? 5e6 : 2e6;
            series.Add(Fan(cell, $"{owner}.badDebt", campaign,
                (t, z) => t < 86_400 ? 0 : Math.Max(0, loss * (z + 1) * (1 - 8.64e4 / t))));
            series.Add(Fan(cell, $"{owner}.equity", campaign,
                (t, z) => 6e6 + z * (2e5 + 9 * t) - cell * 1e4
                    - (t < 86_400 ? 0 : 8e6 * (1 - 0.5 * (t - 86_400) / 172_800))));
        }

        return series;
    }

    private static CellSeries Fan(long cell, string measure, Campaign campaign, Func<double, double, double> value)
    {
        double[] normals = [-2.33, -1.64, -0.67, 0, 0.67, 1.64, 2.33];
        double[] seconds = [.. Enumerable.Range(0, 145).Select(i => i * campaign.Ticks * campaign.TickSeconds / 144)];
        return new CellSeries(
            cell, measure, seconds, [.. normals.Select(z => seconds.Select(t => value(t, z)).ToArray())]);
    }
}
