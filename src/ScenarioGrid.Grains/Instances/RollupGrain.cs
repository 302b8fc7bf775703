namespace ScenarioGrid.Grains;

/// <summary>Holds a rollup.</summary>
[GrainType("rollups")]
public sealed class RollupGrain(PlanCache plans) : InstanceGrain(plans);
