namespace ScenarioGrid.Grains;

/// <summary>Holds an attacker.</summary>
[GrainType("attacks")]
public sealed class AttackGrain(PlanCache plans) : InstanceGrain(plans);
