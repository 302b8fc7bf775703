using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a rollup.</summary>
[PreferLocalPlacement]
[GrainType("rollups")]
public sealed class RollupGrain(PlanCache plans) : InstanceGrain(plans);
