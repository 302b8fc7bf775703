using Orleans.Placement;

namespace ScenarioGrid.Grains;

/// <summary>Holds an attacker.</summary>
[PreferLocalPlacement]
[GrainType("attacks")]
public sealed class AttackGrain(PlanCache plans) : InstanceGrain(plans);
