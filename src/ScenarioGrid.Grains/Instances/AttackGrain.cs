using Orleans.GrainDirectory;
using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds an attacker.</summary>
[PreferLocalPlacement]
[GrainDirectory(SiloDirectory.Name)]
[GrainType("attacks")]
public sealed class AttackGrain(PlanCache plans) : InstanceGrain(plans);
