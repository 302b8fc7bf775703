using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds a staking system.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("staking")]
public sealed class StakingGrain(PlanCache plans) : InstanceGrain(plans);
