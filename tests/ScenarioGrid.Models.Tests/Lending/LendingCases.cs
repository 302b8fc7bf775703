using System.Reflection;
using ScenarioGrid.Models.Kernel;
using ScenarioGrid.Models.Lending;

namespace ScenarioGrid.Models.Tests.Lending;

/// <summary>A random market: its parameters and the waves its price makes.</summary>
internal sealed record LendingCase(CdpLending.Parameters Parameters, double Depth, double Frequency, double GasPrice);

/// <summary>Random lending markets and what the tests read from them.</summary>
internal static class LendingCases
{
    /// <summary>Nobody but keepers acts, and nothing but the rules limits them.</summary>
    public static CdpLending.Parameters Deep { get; } = new()
    {
        Policy = BorrowerPolicy.Passive,
        RateElasticity = new(0),
        KeeperLatency = new(0),
        KeeperCapital = new(1e12),
        LiquidationsPerBlock = new(10_000),
        CloseFactor = new(1),
        InsuranceStart = new(0),
    };

    public static Gen<LendingCase> Cases { get; } =
        from threshold in Gen.Double[0.4, 0.9]
        from bonus in Gen.Double[0.0, 0.1]
        from cohorts in Gen.Int[2, 20]
        from policy in Gen.Int[0, 3]
        from rule in Gen.Int[0, 2]
        from attentive in Gen.Double[0.0, 1]
        from latency in Gen.Double[0.0, 900]
        from scarcity in Gen.Double[4.0, 8]
        from utilisation in Gen.Double[0.3, 1]
        from boost in Gen.Double[1.5, 6]
        from depth in Gen.Double[0.1, 1.2]
        from frequency in Gen.Double[0.1, 0.6]
        from gas in Gen.Double[0.0, 300]
        select new LendingCase(
            new CdpLending.Parameters
            {
                LiquidationThreshold = new(threshold),
                LiquidationBonus = new(bonus),
                Cohorts = new(cohorts),
                Policy = (BorrowerPolicy)policy,
                ToxicStop = (ToxicRule)rule,
                Attentive = new(attentive),
                KeeperLatency = new(latency),
                KeeperCapital = new(Math.Pow(10, scarcity)),
                UtilisationStart = new(utilisation),
                BoostHealth = new(boost),
                SentinelGrace = new(600),
                RateElasticity = new(20),
            },
            depth, frequency, gas);

    /// <summary>One tick of waves, with an attack, stale prices and halts at fixed ticks.</summary>
    public static void Disturb(LendingRig rig, LendingCase c, int tick)
    {
        rig.Set(rig.Lending.AttackCollateral, tick == 6 ? 20_000 : 0);
        rig.Set(rig.Lending.AttackDebt, tick == 6 ? 1e9 : 0);
        rig.Set(rig.Lending.OracleIsFresh, tick % 13 == 7 ? 0 : 1);
        rig.Set(rig.Lending.ChainIsUp, tick % 17 == 5 ? 0 : 1);
        rig.Set(rig.Lending.GasPrice, c.GasPrice);
        rig.Step(path => 200 * Math.Exp(c.Depth * (Math.Cos(c.Frequency * tick + 0.3 * path) - 1) * 0.6));
    }

    public static double Usd(CohortLending lending) => lending.Cash.Span[1] + lending.Fund.Span[1];

    public static double Tokens(CohortLending lending) =>
        lending.Collateral.Span[1] + lending.AttackerCollateral.Span[1] + lending.Treasury.Span[1];

    /// <summary>The cohorts of path 1, debts per unit of the index.</summary>
    public static (double Collateral, double Debt)[] Positions(CohortLending lending) =>
        [.. Enumerable.Range(0, lending.CohortDebt.Rows).Select(row =>
            (lending.CohortCollateral.AllRows[row * lending.Debt.Paths + 1],
             lending.CohortDebt.AllRows[row * lending.Debt.Paths + 1]))];

    /// <summary>All outputs and pushes of all paths, which must be finite.</summary>
    public static double[] Outputs(CohortLending lending)
    {
        var lanes = lending.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(x => (x.Name, Lane: x.GetValue(lending) as Lane))
            .Where(x => x.Lane?.Kind is LaneKind.Output or LaneKind.Push).ToArray();
        Assert.All(lanes, x => Assert.True(x.Lane!.Span.ToArray().All(double.IsFinite), x.Name));
        return [.. lanes.SelectMany(x => x.Lane!.Span.ToArray())];
    }

    /// <summary>True when two values of a parameter give different outputs in some random market.</summary>
    public static bool Moves(ComponentKind kind, Models.Kernel.ParameterInfo parameter)
    {
        var random = new Random(7);
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var values = kind.Parameters.Select(x => random.NextDouble() < 0.2 ? Draw(x) : x.Default).ToArray();
            double[] other = [.. values];
            (values[kind.IndexOf(parameter.Name)], other[kind.IndexOf(parameter.Name)]) = (Draw(parameter),
                Draw(parameter));
            var wave = new LendingCase(new(), 0.2 + random.NextDouble(), 0.1 + 0.4 * random.NextDouble(),
                300 * random.NextDouble());
            if (!kind.Check(values).Concat(kind.Check(other)).Any() && Run(values, wave) != Run(other, wave))
            {
                return true;
            }
        }

        return false;

        double Draw(Models.Kernel.ParameterInfo x)
        {
            var power = x.High > 1000 * Math.Max(x.Low, 1) ? 8 : 1;
            var value = x.Low + (x.High - x.Low) * Math.Pow(random.NextDouble(), power);
            return x.Whole ? Math.Round(value) : value;
        }

        string Run(double[] values, LendingCase wave)
        {
            var rig = new LendingRig((CohortLending)kind.Create(values), count: 25);
            var trace = new System.Text.StringBuilder();
            for (var tick = 0; tick < 25; tick++)
            {
                Disturb(rig, wave, tick);
                trace.AppendJoin(' ', Outputs(rig.Lending));
            }

            return trace.ToString();
        }
    }
}
