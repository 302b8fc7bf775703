namespace ScenarioGrid.Grains;

/// <summary>Holds a governance system.</summary>
[GrainType("governance")]
public sealed class GovernanceGrain(PlanCache plans) : InstanceGrain(plans);
