using ScenarioGrid.Instances;

namespace ScenarioGrid.Scenarios;

/// <summary>Binds instances to a cell and a block of paths.</summary>
public static class ScenarioFactory
{
    /// <summary>Unbound instances of a campaign, in tick order.</summary>
    public static Instance[] Instances(ScenarioPlan plan) =>
        plan.Campaign.Instances.Select(i => new Instance(i.Name, i.Kind)).ToArray();

    /// <summary>A block at its start.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="settings">The cell.</param>
    /// <param name="instances">Instances to bind, in tick order.</param>
    /// <param name="blockIndex">Number of the block.</param>
    /// <param name="last">The previous block of the same cell on the same instances, which is used again when it is as
    /// wide.</param>
    public static ScenarioBlock Block(
        ScenarioPlan plan, double[] settings, Instance[] instances, int blockIndex, ScenarioBlock? last)
    {
        var lanes = plan.LanesOf(blockIndex);
        if (last is null || last.Paths != lanes)
        {
            Bind(plan, settings, instances, lanes);
            last = new ScenarioBlock(plan, settings, instances);
        }

        last.Start(blockIndex * plan.BlockPaths);
        return last;
    }

    /// <summary>Checks the rules between parameters in this very cell: large and sampled sweeps are not checked
    /// ahead.</summary>
    /// <exception cref="ScenarioFault">A rule is broken.</exception>
    public static void CheckRules(ScenarioPlan plan, double[] settings)
    {
        for (var i = 0; i < plan.Campaign.Instances.Count; i++)
        {
            var spec = plan.Campaign.Instances[i];
            foreach (var (parameter, message) in spec.Kind.Check(plan.ValuesOf(i, settings)))
            {
                throw new ScenarioFault("rule", spec.Name, parameter, 0, 0, message);
            }
        }
    }

    /// <summary>Binds instances to a cell without wiring them.</summary>
    public static void Bind(ScenarioPlan plan, double[] settings, Instance[] instances, int lanes)
    {
        var times = plan.TimesOf(settings);
        for (var i = 0; i < instances.Length; i++)
        {
            var spec = plan.Campaign.Instances[i];
            var (values, onset) = spec.Kind.IsAttack
                ? plan.AttackOf(i, settings, times)
                : (plan.ValuesOf(i, settings), 0);
            instances[i].Bind(values, onset, spec.Series, plan.Wiring.ListCounts[i], lanes);
        }
    }
}
