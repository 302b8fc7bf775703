using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a governance system.</summary>
[PreferLocalPlacement]
[GrainType("governance")]
public sealed class GovernanceGrain(PlanCache plans) : InstanceGrain(plans);
