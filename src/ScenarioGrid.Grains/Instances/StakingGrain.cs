using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a staking system.</summary>
[PreferLocalPlacement]
[GrainType("staking")]
public sealed class StakingGrain(PlanCache plans) : InstanceGrain(plans);
