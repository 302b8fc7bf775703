using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a base chain.</summary>
[PreferLocalPlacement]
[GrainType("chains")]
public sealed class ChainGrain(PlanCache plans) : InstanceGrain(plans);
